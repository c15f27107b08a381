"""What a marking has stored, and what every asset's own judgement says."""

from collections.abc import Mapping
from datetime import date

from inventory.actions.marking import judged, mark
from inventory.marks.bearing import steady
from inventory.marks.mark import Mark as Name
from inventory.marks.signs import USE_RULES
from inventory.models import Asset, Mark, Standing

OF_ONE_ASSET = {name for rules in USE_RULES.values() for rule in rules for name in rule.totals}


def told(day: date) -> object:
    """Answers, lacks and findings of every asset judged by itself from the evidence."""
    found = {}
    for one in judged(day):
        judgement = one.judgement
        found[one.known.asset] = (
            one.known.place,
            [judgement.answer(name).value for name in Name],
            sorted((lack.rule, lack.code.value, said(lack.mark, lack.numbers)) for lack in judgement.lacks),
            sorted(
                (
                    finding.rule,
                    finding.marking,
                    judgement.waiver(finding) is not None,
                    said(finding.mark, finding.numbers),
                )
                for finding in judgement.findings
            ),
        )
    return found


def said(mark: str, numbers: Mapping[str, object]) -> str:
    """But for what is counted over the window: that of a mark is told when it is shown."""
    return str(
        sorted((name, value) for name, value in steady(mark, numbers).items() if name not in OF_ONE_ASSET)
    )


def stored() -> object:
    marks: dict[int, list[tuple[object, ...]]] = {}
    for row in Mark.objects.filter(closed=None, asset__isnull=False):
        found = (row.rule, row.marking, row.waived, said(row.mark, row.numbers))
        marks.setdefault(row.asset_id or 0, []).append(found)
    return {
        one.asset_id: (
            one.asset.place_id,
            [one.missing, one.outdated, one.unused],
            sorted((lack["rule"], lack["code"], said(lack["mark"], lack["numbers"])) for lack in one.lacks),
            sorted(marks.get(one.asset_id, [])),
        )
        for one in Standing.objects.select_related("asset")
    }


def since() -> dict[tuple[int, str], date]:
    """The day on which each mark began."""
    return {
        (asset or 0, rule): day
        for asset, rule, day in Mark.objects.filter(closed=None, asset__isnull=False).values_list(
            "asset", "rule", "since"
        )
    }


def ranks() -> dict[int, int]:
    return dict(Asset.objects.values_list("pk", "rank"))


def agrees(day: date) -> None:
    """What is stored is what every asset's own judgement says, and what a marking of everything stores."""
    mark(day)
    assert stored() == told(day)
    began = {
        (one.known.asset, finding.rule): finding.since
        for one in judged(day)
        for finding in one.judgement.findings
    }
    assert all(day <= began[key] for key, day in since().items())
    before = stored(), ranks(), since()
    again = mark(day, anew=True)
    assert (again.opened, again.closed) == (0, 0)
    assert (stored(), ranks(), since()) == before
    mark(day)
