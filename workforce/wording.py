"""The rules' codes in words."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_stubs_ext import StrOrPromise

from workforce.competence.cover import Cover
from workforce.competence.fields_of_study import Fit, Match
from workforce.competence.held import Gap, Why
from workforce.competence.posts import PostState

COVER_NAMES: dict[Cover, StrOrPromise] = {
    Cover.NOBODY: gettext_lazy("nobody can run it"),
    Cover.ONE_PART_TIME: gettext_lazy("hangs on one part-time person"),
    Cover.ONE: gettext_lazy("one full-time person"),
    Cover.SEVERAL: gettext_lazy("several people"),
}
STATE_NAMES: dict[PostState, StrOrPromise] = {
    PostState.VACANT: pgettext_lazy("post", "vacant"),
    PostState.SHORT: gettext_lazy("not fully staffed"),
    PostState.NOT_COMPETENT: gettext_lazy("no competent holder"),
    PostState.UNKNOWN: gettext_lazy("holder’s skills out of your sight"),
    PostState.ONE_PART_TIME: gettext_lazy("one part-time holder"),
    PostState.FINE: pgettext_lazy("post", "in order"),
}
WHY_NAMES: dict[Why, StrOrPromise] = {
    Why.NOT_LEARNT: gettext_lazy("not learnt"),
    Why.TOO_LOW: gettext_lazy("level too low"),
    Why.EXPIRED: gettext_lazy("expired"),
    Why.DECLARED: gettext_lazy("own statement only"),
}


def match_said(match: Match | None, field_of_study: str = "") -> str:
    """Whether the field of study suits the post, and why (专业对口)."""
    if match is None:
        return ""
    numbers = {"field": field_of_study, "by": match.by, "of": match.of}
    said = {
        Fit.ANY: _("the post accepts any field of study"),
        Fit.SAME_MAJOR: _("suits: the post names %(field)s"),
        Fit.SAME_CLASS: _("suits: %(field)s belongs to %(by)s"),
        Fit.OTHER: _("does not suit: %(field)s (%(of)s) is not among those accepted")
        if match.of
        else _("does not suit: %(field)s is not among those accepted"),
        Fit.NOT_RECORDED: _("cannot tell: no field of study is recorded"),
    }
    return said[match.fit] % numbers


def gaps_said(gaps: Iterable[Gap], names: Mapping[int, str]) -> str:
    """Such as "Network fault-finding (level too low), Stock-taking (not learnt)"."""
    said = (
        _("%(skill)s (%(why)s)") % {"skill": names[gap.skill], "why": WHY_NAMES[gap.why]}
        for gap in gaps
        if gap.skill in names
    )
    return _(", ").join(said)
