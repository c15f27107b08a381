"""The table of assets: its columns, how each is shown, and how the rows of one page are fetched."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

import django_tables2 as tables
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from inventory.marks.kind import Condition, Kind
from inventory.models import CONDITION_NAMES, KIND_NAMES, Asset
from inventory.queries.assets import Badge, Line, best_first, lines, worst_first
from itops.crud import looks
from itops.crud.addresses import around_the_key
from itops.crud.amounts import moment, moments, month, yuan_in_rows
from itops.crud.rows import Cell
from itops.crud.tables import RecordTable
from itops.database.together import Together
from itops.organisation.models import User
from monitoring.pages.words import state_of
from monitoring.queries.states import Now, states

CODE = {"td": {"class": "mono nowrap"}}
NOWRAP = {"td": {"class": "nowrap"}}
# Phones have room for what it is, where, its state and its marks; what stands aside keeps to one line.
ASIDE = {"td": {"class": "aside"}}
USUAL = ("tag", "name", "place", "responsible", "state", "marks", "seen", "bought", "cost")
ORDERS: dict[str, tuple[str, ...]] = {
    "tag": ("tag",),
    "name": ("name", "tag"),
    "place": ("place__position", "place__code", "location", "tag"),
    "responsible": ("responsible__pinyin", "tag"),
    "bought": ("bought_on", "tag"),
    "cost": ("cost_fen", "tag"),
    "serial": ("serial", "tag"),
    "condition": ("condition", "tag"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the ledger and what is known of it now."""

    line: Line
    now: Now | None

    @property
    def pk(self) -> int:
        return self.line.pk

    def __str__(self) -> str:
        return self.line.tag


def fetch(ids: Sequence[int], user: User) -> list[Row]:
    with Together() as asked:
        found = asked.ask(lines, ids, user)
        now = asked.ask(states, ids, user)
    return [Row(line=line, now=now.found.get(line.pk)) for line in found.found]


def ordered(assets: QuerySet[Asset], alias: str) -> QuerySet[Asset]:
    down, name = alias.startswith("-"), alias.removeprefix("-")
    if name == "marks":
        return worst_first(assets) if down else best_first(assets)
    first, *rest = ORDERS[name]
    return assets.order_by(f"-{first}" if down else first, *rest)


class AssetTable(RecordTable):
    """Every column that can be chosen."""

    tag = tables.Column(
        verbose_name=gettext_lazy("Number"), attrs={"td": {"class": "mono aside"}}, empty_values=()
    )
    name = tables.Column(verbose_name=gettext_lazy("Name and model"), empty_values=())
    place = tables.Column(verbose_name=gettext_lazy("Township and location"), empty_values=())
    responsible = tables.Column(verbose_name=gettext_lazy("Answers for it"), attrs=ASIDE, empty_values=())
    state = tables.Column(verbose_name=gettext_lazy("State now"), orderable=False, empty_values=())
    marks = tables.Column(verbose_name=gettext_lazy("Marks (worst first)"), empty_values=())
    seen = tables.Column(
        verbose_name=gettext_lazy("Last seen"), orderable=False, attrs=ASIDE, empty_values=()
    )
    bought = tables.Column(verbose_name=gettext_lazy("Bought"), attrs=ASIDE, empty_values=())
    cost = tables.Column(
        verbose_name=gettext_lazy("Cost (yuan)"), attrs={"td": {"class": "num aside"}}, empty_values=()
    )
    kind = tables.Column(verbose_name=gettext_lazy("Kind"), orderable=False, attrs=NOWRAP, empty_values=())
    serial = tables.Column(verbose_name=gettext_lazy("Serial number"), attrs=CODE, empty_values=())
    condition = tables.Column(verbose_name=gettext_lazy("Condition"), attrs=NOWRAP, empty_values=())
    network = tables.Column(
        verbose_name=gettext_lazy("Network"), orderable=False, attrs=NOWRAP, empty_values=()
    )
    address = tables.Column(
        verbose_name=gettext_lazy("Address"), orderable=False, attrs=CODE, empty_values=()
    )

    class Meta:
        order_by = ("-marks",)
        per_page = 25
        empty_text = ""

    def cells(self) -> dict[str, Cell]:
        language = get_language()
        before, after = around_the_key("inventory:asset")
        said = moments()
        return {
            **super().cells(),
            **{name: _as_text(text) for name, text in TEXTS.items()},
            "tag": lambda row: f'<a href="{before}{row.pk}{after}">{escape(row.line.tag)}</a>',
            "name": lambda row: _two(
                f'<a class="name" href="{before}{row.pk}{after}">{escape(row.line.name)}</a>{_archived(row.line)}',
                _model(row.line),
            ),
            "place": lambda row: _two(escape(row.line.place), row.line.location),
            "seen": lambda row: said(row.now.last_answer) if row.now else "",
            "state": lambda row: looks.state(*state_of(row.now, row.line)),
            "marks": lambda row: f'<span class="marks">{_badges(language, row.line)}</span>',
        }


TEXTS: dict[str, Callable[[Row], str]] = {
    "tag": lambda row: row.line.tag,
    "name": lambda row: " ".join(filter(None, [row.line.name, _model(row.line)])),
    "place": lambda row: " ".join(filter(None, [row.line.place, row.line.location])),
    "responsible": lambda row: row.line.responsible,
    "state": lambda row: state_of(row.now, row.line)[1],
    "marks": lambda row: " ".join(_badge_words(row.line)),
    "seen": lambda row: moment(row.now.last_answer) if row.now else "",
    "bought": lambda row: month(row.line.bought_on),
    "cost": lambda row: yuan_in_rows(row.line.cost_fen),
    "kind": lambda row: str(KIND_NAMES[Kind(row.line.kind)]),
    "serial": lambda row: row.line.serial,
    "condition": lambda row: str(CONDITION_NAMES[Condition(row.line.condition)]),
    "network": lambda row: row.line.network,
    "address": lambda row: row.now.address if row.now else "",
}


def _as_text(text: Callable[[Row], str]) -> Cell:
    return lambda row: escape(text(row))


def _badges(language: str | None, line: Line) -> str:
    return "".join([*(_badge(language, badge) for badge in line.badges), _cannot_be_told(line)])


def _badge(language: str | None, badge: Badge) -> str:
    if badge.waived:
        return looks.mark_in(language, "waived", size="sm", text=str(looks.MARKS[badge.mark].word))
    return looks.mark_in(language, badge.mark, size="sm", days=badge.days)


def _cannot_be_told(line: Line) -> str:
    words = _unknown_words(line)
    return looks.mark("unknown", size="sm", text=words) if words else ""


def _badge_words(line: Line) -> list[str]:
    """The same as text, for exports."""
    words = [
        f"{looks.MARKS[badge.mark].word} ({looks.MARKS['waived'].word if badge.waived else badge.since})"
        for badge in line.badges
    ]
    return [*words, *filter(None, [_unknown_words(line)])]


def _unknown_words(line: Line) -> str:
    if not line.unknown:
        return ""
    marked = {badge.mark for badge in line.badges}
    unknown = set(line.unknown) - marked
    if "missing" in unknown:
        return _("cannot be told")
    return _("use cannot be told") if "unused" in unknown and not marked & {"missing"} else ""


def _model(line: Line) -> str:
    return line.model or str(KIND_NAMES[Kind(line.kind)])


def _archived(line: Line) -> str:
    return f' <span class="decision">{_("archived")}</span>' if line.archived else ""


def _two(first: str, second: str) -> str:
    """`first` is escaped already."""
    return f'{first}<div class="sub">{escape(second)}</div>' if second else first
