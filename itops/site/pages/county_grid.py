"""The county grid: townships × kinds, the worst first."""

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import ngettext, pgettext_lazy
from django_stubs_ext import StrOrPromise

from inventory.marks.kind import Kind
from inventory.queries.cells import Cells, Tally, total
from itops.crud.addresses import address, record_address
from itops.crud.grid import Cell, CellState, Grid, Row, Total
from itops.crud.grid import Kind as Column
from itops.organisation.models import Place

COLUMNS: dict[Kind, StrOrPromise] = {
    Kind.COMPUTER: pgettext_lazy("county grid", "Computers"),
    Kind.CONFERENCE_ROOM: pgettext_lazy("county grid", "Rooms"),
    Kind.NOTICE_BOARD: pgettext_lazy("county grid", "Boards"),
    Kind.NETWORK_LINK: pgettext_lazy("county grid", "Lines"),
    Kind.NETWORK_DEVICE: pgettext_lazy("county grid", "Network"),
    Kind.SERVER: pgettext_lazy("county grid", "Servers"),
    Kind.UPS: pgettext_lazy("county grid", "UPS"),
    Kind.PRINTER: pgettext_lazy("county grid", "Printers"),
}
WIDE = {Kind.COMPUTER, Kind.PRINTER}
NONE = Tally()


def county_grid(places: Sequence[Place], cells: Cells, down: Collection[int]) -> Grid:
    """One row a place, the most marked first; `down` are the places whose line is cut."""
    rows = sorted(places, key=lambda place: -_marked(place, cells))
    columns = {kind: str(label) for kind, label in COLUMNS.items()}
    return Grid(
        kinds=[Column(label, wide=kind in WIDE) for kind, label in columns.items()],
        rows=[_row(place, columns, cells, place.pk in down) for place in rows],
        totals=[_total(kind, cells) for kind in COLUMNS],
        caption=ngettext(
            "%(count)s township by kinds of equipment",
            "%(count)s townships by kinds of equipment",
            len(places),
        )
        % {"count": len(places)},
    )


def _row(place: Place, columns: Mapping[Kind, str], cells: Cells, is_down: bool) -> Row:
    name, assets = str(place), f"{address('inventory:asset_list')}?place={place.pk}"
    return Row(
        name=place.short_name(),
        url=record_address("inventory:place", place.pk),
        cells=[
            _cell(
                cells.get((place.pk, kind), NONE),
                place=name,
                kind=label,
                url=f"{assets}&kind={kind.value}",
                is_down=is_down and kind is Kind.NETWORK_LINK,
            )
            for kind, label in columns.items()
        ],
        unreachable=is_down,
    )


def _cell(tally: Tally, *, place: str, kind: str, url: str, is_down: bool) -> Cell:
    return Cell(
        place=place,
        kind=kind,
        url=url,
        missing=tally.missing,
        outdated=tally.outdated,
        unused=tally.unused,
        total=tally.total,
        state="down" if is_down else _state(tally),
    )


def _state(tally: Tally) -> CellState:
    if not tally.total:
        return "none"
    marks = tally.missing + tally.outdated + tally.unused
    return "unknown" if not marks and 2 * tally.unseen > tally.recorded else "observed"


def _total(kind: Kind, cells: Cells) -> Total:
    whole = total(tally for (_place, of), tally in cells.items() if of is kind)
    return Total(marked=whole.to_do, total=max(whole.standard or 0, whole.recorded))


def _marked(place: Place, cells: Cells) -> int:
    tallies = [cells.get((place.pk, kind), NONE) for kind in COLUMNS]
    return sum(tally.missing + tally.outdated + tally.unused for tally in tallies)
