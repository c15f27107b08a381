"""What an asset was judged by on a day: the policy and its numbers, the days of evidence, what was recorded since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.actions.marking import Verdict
from inventory.marks.kind import Kind
from inventory.marks.policy import Policy
from inventory.models import Asset, PolicyVersion
from inventory.policy_words import OF_KIND, SETTING_NAMES
from inventory.proofs import days as so_many_days
from inventory.wording import NEED_NAMES
from itops.audit.models import VIEW, changes_of
from itops.crud.parts import Link
from itops.database.kept import Given, Kept, one_of
from itops.organisation.models import User
from itops.organisation.scope import granted_paths

GENERAL = (
    "window_days",
    "observable_share",
    "observable_minutes",
    "found_within_days",
    "sighting_holds_days",
)
ENTERED = ("inventory.asset", "inventory.fact", "inventory.sighting", "inventory.repair", "inventory.waiver")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """`window`: first and last day looked at. `later`: entries recorded after the day, which change nothing of it."""

    policies: Sequence[Link]
    window: tuple[date, date]
    observed: Sequence[tuple[str, str]]
    thresholds: Sequence[tuple[str, str]]
    later: int


def judging(asset: Asset, verdict: Verdict, policy: Policy, day: date, user: User) -> Judging:
    window = verdict.window
    return Judging(
        policies=_policies(policy),
        window=(window.start, window.end),
        observed=[
            (_("Office days"), so_many_days(window.office_days)),
            (_("Days that count"), so_many_days(window.observable_days)),
            (_("Days with a sign"), so_many_days(window.seen_days)),
            (_("Silent office days in a row"), so_many_days(window.silent_days)),
        ],
        thresholds=_thresholds(policy, verdict.known.facts.kind),
        later=_recorded_later(asset, day, user),
    )


def _policies(policy: Policy) -> list[Link]:
    """Each version that has a part in it; the one that comes with the program is on the list of all."""
    names = policy.version.split("+")
    pages = dict(VERSIONS.all(names=names))
    return [Link(label=name, url=_policy_url(pages.get(name))) for name in names]


VERSIONS: Kept[tuple[str, int]] = Kept(
    lambda: (
        PolicyVersion.objects.filter(one_of("version", Given("names", "text[]")))
        .order_by()
        .values_list("version", "pk")
    )
)


def _policy_url(pk: int | None) -> str:
    return reverse("inventory:policy", args=[pk]) if pk else reverse("inventory:policies")


def _thresholds(policy: Policy, kind: Kind) -> list[tuple[str, str]]:
    limits = policy.kinds[kind]
    own = [(str(SETTING_NAMES[key]), getattr(limits, key)) for key in OF_KIND]
    needs = [(str(name), limits.needs.get(key)) for key, name in NEED_NAMES.items()]
    general = [(str(SETTING_NAMES[key]), getattr(policy, key)) for key in GENERAL]
    return [(name, str(value)) for name, value in [*own, *needs, *general] if value is not None]


def _recorded_later(asset: Asset, day: date, user: User) -> int:
    """Changes of the asset and of what belongs to it, made after the day's end; 0 for those who may see none."""
    if day >= timezone.localdate() or not granted_paths(user, VIEW):
        return 0
    end = timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
    return changes_of(asset).seen_by(user).filter(at__gte=end, model__in=ENTERED).count()
