"""Looking ahead: another policy tried out on today's evidence, and what time makes outdated. Stores no verdict."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from inventory.actions.as_of import AsOf
from inventory.actions.knowledge import Known, Recorded, asset_rows, known
from inventory.actions.policies import all_layers, policies_on
from inventory.actions.support_dates import systems_on
from inventory.marks.ahead import Ending, becomes_outdated
from inventory.marks.judge import judge
from inventory.marks.kind import Kind
from inventory.marks.layers import Policies
from inventory.marks.mark import Answer, Mark
from inventory.marks.policy import Policy, policies
from inventory.models import Asset, PolicyTrial, PolicyVersion, TrialChange

PORTION = 5_000
AT_ONCE = 3_000  # so many assets are tried while somebody waits


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An asset whose answer about one mark would be another."""

    asset: int
    place: int
    kind: Kind
    mark: Mark
    before: Answer
    after: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """All answers that a policy would change on a day."""

    policy: str
    against: str
    day: date
    assets: int
    changes: Sequence[Change]

    def more(self, mark: Mark) -> list[Change]:
        """Would be marked and are not."""
        return [one for one in self.changes if one.mark is mark and one.after is Answer.MARKED]

    def fewer(self, mark: Mark) -> list[Change]:
        """Are marked and would not be."""
        return [one for one in self.changes if one.mark is mark and one.before is Answer.MARKED]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """An asset, the day from which it will be outdated, and all that makes it so in the time asked about."""

    asset: int
    place: int
    kind: Kind
    endings: Sequence[Ending]

    @property
    def ending(self) -> Ending:
        """The first, which decides."""
        return self.endings[0]


def try_out(policy: Policy, day: date) -> Trial:
    """Every asset judged by what is in force and with this for all, each from the evidence it looks at."""
    before, after = policies_on(day), policies_on(day, usual=policy)
    found = known(day, _widest(before, after))
    changes = [change for one in found for change in changed(one, before, after, day)]
    return Trial(
        policy=policy.version, against=before.usual.version, day=day, assets=len(found), changes=changes
    )


def changed(one: Known, before: Policies, after: Policies, day: date) -> list[Change]:
    """Which of its three answers would be others; none where the same policy judges."""
    old, new = before.of(one.place), after.of(one.place)
    if old is new:
        return []
    now, then = judge(one.facts, old, day), judge(one.facts, new, day)
    return [
        Change(asset=one.asset, place=one.place, kind=one.facts.kind, mark=mark, before=answer, after=other)
        for mark in Mark
        if (answer := now.answer(mark)) is not (other := then.answer(mark))
    ]


def run_trial(trial: PolicyTrial) -> None:
    """Try a draft out in portions, telling how far it is; begun again it begins anew."""
    try:
        _run(trial)
    except Exception:
        PolicyTrial.objects.filter(pk=trial.pk).update(
            state=PolicyTrial.State.FAILED, finished=timezone.now()
        )
        raise


def begin_trial(draft: PolicyVersion, *, by: str) -> PolicyTrial:
    """Today's evidence is what it will be tried on; what was tried before is forgotten."""
    with transaction.atomic():
        draft.trials.all().delete()
        total = _in_reach(draft).count()
        return PolicyTrial.objects.create(policy=draft, day=timezone.localdate(), by=by[:60], total=total)


def _run(trial: PolicyTrial) -> None:
    draft, day = trial.policy, trial.day
    before = policies_on(max(day, draft.in_force_on))
    after = policies_on(max(day, draft.in_force_on), draft=draft)
    widest = _widest(before, after)
    trial.changes.all().delete()
    assets = list(_in_reach(draft).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(assets), PORTION):
        portion = known(day, widest, assets[start : start + PORTION])
        found = [change for one in portion for change in changed(one, before, after, day)]
        TrialChange.objects.bulk_create(_row(trial, change) for change in found)
        PolicyTrial.objects.filter(pk=trial.pk).update(done=start + len(portion))
    done = {"state": PolicyTrial.State.DONE, "finished": timezone.now(), "done": len(assets)}
    PolicyTrial.objects.filter(pk=trial.pk).update(**done)


def _in_reach(draft: PolicyVersion) -> QuerySet[Asset]:
    """What lies in the draft's place: nothing else would be judged by it."""
    return Asset.objects.filter(archived=False, place__path__under=draft.place.path)


def _row(trial: PolicyTrial, change: Change) -> TrialChange:
    return TrialChange(
        trial=trial,
        asset_id=change.asset,
        place_id=change.place,
        kind=change.kind.value,
        mark=change.mark.value,
        before=change.before.value,
        after=change.after.value,
    )


def _widest(before: Policies, after: Policies) -> Policies:
    return max(before, after, key=lambda one: one.window_days)


def ahead(day: date, until: date) -> list[Ahead]:
    """Whose support ends after the day and by `until`, the soonest first."""
    return sorted(_ahead(day, until), key=lambda one: (one.ending.on, one.asset))


def _ahead(day: date, until: date) -> Iterator[Ahead]:
    stages = [(begins, policies_on(begins)) for begins in _changes(day, until)]
    recorded = Recorded(systems_on(day))
    for row in asset_rows(AsOf(day)):  # what was seen of it tells nothing of this
        asset, place, facts = *row[:2], recorded.facts(row, None)
        own = [(begins, policies.of(place)) for begins, policies in stages]
        if endings := becomes_outdated(facts, own, day, until):
            yield Ahead(asset=asset, place=place, kind=facts.kind, endings=endings)


def _changes(day: date, until: date) -> list[date]:
    """The day, and each after it on which another policy comes into force somewhere."""
    starts = {one.in_force_on for one in policies()} | {one.in_force_on for one in all_layers()}
    return [day, *sorted(start for start in starts if day < start <= until)]
