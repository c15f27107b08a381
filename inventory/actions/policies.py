"""Policies of a day, and how they come about: drafted, tried out, published for a day to come, withdrawn."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import DateField
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.marks.layers import Layer, Policies, Settings, by_place, in_force, laid_over
from inventory.marks.policy import Policy, policies, policy_for
from inventory.models import PolicyTrial, PolicyVersion
from itops.database.kept import Given, Kept
from itops.database.statements import run
from itops.organisation.actions.places import tree_on
from itops.organisation.models import Place

STARTED: Kept[PolicyVersion] = Kept(lambda: PolicyVersion.objects.started(Given("day", "date", DateField())))
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('inventory.policyversion'))"


def policies_on(day: date, *, draft: PolicyVersion | None = None, usual: Policy | None = None) -> Policies:
    """What each place is judged by on a day; with a draft as if it were in force, or with another for all."""
    usual = usual or policy_for(day)
    layers = in_force((layer(one) for one in STARTED.all(day=day)), day)
    if draft is not None:
        layers |= {draft.place_id: layer(draft)}
    return by_place(usual, layers, _paths(layers, day) if layers else {})


def layer(version: PolicyVersion) -> Layer:
    """As the rules take it."""
    return Layer(
        version=str(version),
        place=version.place_id,
        in_force_on=version.in_force_on,
        settings=version.settings,
    )


def all_layers() -> list[Layer]:
    """Every version that is or will be in force, for whoever asks about several places or days."""
    return [layer(one) for one in PolicyVersion.objects.published()]


def above(place: Place, day: date, layers: Sequence[Layer]) -> Policy:
    """What holds around a place on a day: what its own settings are laid over."""
    around, started = _keys(place.path)[:-1], in_force(layers, day)
    return laid_over(policy_for(day), [started[key] for key in around if key in started])


def own_settings(place: Place, day: date) -> Settings:
    """What the place itself has set on a day."""
    found = PolicyVersion.objects.started(day).filter(place=place).order_by("in_force_on").last()
    return found.settings if found else {}


def draft_policy(
    *,
    place: Place,
    in_force_on: date,
    settings: Settings,
    reason: str,
    by: str,
    draft: PolicyVersion | None = None,
) -> PolicyVersion:
    """A draft, new or changed; what was tried out of it before no longer holds."""
    with transaction.atomic():
        version = PolicyVersion() if draft is None else _locked(draft)
        if not version.is_draft:
            raise ValidationError(_("It is published and stays as it is."), code="published")
        version.place, version.in_force_on, version.reason = place, in_force_on, reason.strip()
        version.settings, version.author = dict(settings), by[:60]
        _demand_usable(version)
        version.save()
        version.trials.all().delete()
    return version


def drop_draft(draft: PolicyVersion) -> None:
    with transaction.atomic():
        version = _locked(draft)
        if not version.is_draft:
            raise ValidationError(_("It is published and stays as it is."), code="published")
        version.delete()


def publish(draft: PolicyVersion, *, by: str) -> PolicyVersion:
    """From its day on it decides. It must have been tried out as it stands; its day has not passed."""
    try:
        with transaction.atomic():
            version = _locked(draft)
            if not version.is_draft:
                raise ValidationError(_("It is published and stays as it is."), code="published")
            _demand_usable(version)
            if not version.trials.filter(state=PolicyTrial.State.DONE).exists():
                raise ValidationError(_("Try it out first."), code="untried")
            version.version = _next_name(version.in_force_on.year)
            version.published_on, version.published_by = timezone.localdate(), by[:60]
            version.save()
    except IntegrityError as error:
        said = _("Another policy of this place starts on the same day.")
        raise ValidationError({"in_force_on": said}, code="same_day") from error
    return version


def withdraw(published: PolicyVersion, *, by: str) -> PolicyVersion:
    """Before its day a published one can be taken back; it stays on record."""
    today = timezone.localdate()
    with transaction.atomic():
        version = _locked(published)
        if version.is_draft or version.withdrawn_on or version.in_force_on <= today:
            raise ValidationError(
                _("Only what is published and not in force yet can be withdrawn."), code="started"
            )
        version.withdrawn_on, version.withdrawn_by = today, by[:60]
        version.save()
    return version


def differing(settings: Settings, around: Settings) -> dict[str, object]:
    """Only what differs from what holds around the place."""
    found: dict[str, object] = {}
    for name, value in settings.items():
        before = around.get(name)
        if isinstance(value, Mapping):
            inner = differing(value, before if isinstance(before, Mapping) else {})
            if inner:
                found[name] = inner
        elif value != before:
            found[name] = value
    return found


def _paths(places: Iterable[int], day: date) -> dict[int, Sequence[int]]:
    """What each place lies in, as the places lay on that day, of all that lie in these."""
    tops = [str(path) for path in Place.objects.filter(pk__in=list(places)).values_list("path", flat=True)]
    now = Place.objects.filter(path__under=tops).order_by().values_list("pk", "path")
    paths: dict[int, Sequence[int]] = {pk: _keys(path) for pk, path in now}
    if day >= timezone.localdate():
        return paths
    then = {pk: _keys(place.path) for pk, place in tree_on(day).items()}
    return {pk: path for pk, path in (paths | then).items() if set(path) & set(places)}


def _keys(path: str) -> tuple[int, ...]:
    return tuple(int(key) for key in path.split("."))


def _locked(version: PolicyVersion) -> PolicyVersion:
    return PolicyVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)


def _demand_usable(version: PolicyVersion) -> None:
    """The day is to come (or today), there is a reason, and the settings make a policy."""
    if version.in_force_on < timezone.localdate():
        raise ValidationError(
            {"in_force_on": _("Days that have passed are judged by what held on them.")}, code="past"
        )
    if not version.reason:
        raise ValidationError({"reason": _("Say why.")}, code="reason")
    try:
        laid_over(above(version.place, version.in_force_on, all_layers()), [layer(version)])
    except ValueError as error:
        raise ValidationError(str(error), code="settings") from error


def _next_name(year: int) -> str:
    """Such as 2027-1: the first number of that year that no version bears. Who publishes waits for the other."""
    run(ONE_AT_A_TIME, {})
    taken = {one.version for one in policies()}
    taken |= set(
        PolicyVersion.objects.filter(version__startswith=f"{year}-").values_list("version", flat=True)
    )
    number = 1
    while f"{year}-{number}" in taken:
        number += 1
    return f"{year}-{number}"
