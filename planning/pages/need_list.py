"""Needs as a list: its columns, the conditions that a reader may set, and what the chosen ones cost together."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

import django_tables2 as tables
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from itops.crud import looks
from itops.crud.looks import MARKS, link
from planning.money.wording import in_row
from planning.pages.need_lines import Line
from planning.pages.words import money

PAGE_SIZES = (25, 50, 100)
NUMBER = {"td": {"class": "num"}}
NOWRAP = {"td": {"class": "nowrap"}}
NO_PHONE = {"td": {"class": "num no-phone"}}
WORDS = {"td": {"class": "no-phone"}}
LOOKS = {"move": "move", "write_off": "no"}


class NeedTable(tables.Table):  # type: ignore[misc]
    """`urls`: where what stands behind a need is shown; `payers`: names of sources by key."""

    way_name = tables.Column(
        verbose_name=gettext_lazy("Remedy"), order_by=("way_order", "-fen"), attrs=NOWRAP
    )
    place_name = tables.Column(
        verbose_name=gettext_lazy("Township"), order_by=("position", "way_order"), attrs=NOWRAP
    )
    what = tables.Column(verbose_name=gettext_lazy("What"), order_by=("kind_name", "tag"), attrs=NOWRAP)
    quantity = tables.Column(verbose_name=gettext_lazy("Quantity"), attrs=NO_PHONE)
    fen = tables.Column(verbose_name=gettext_lazy("Cost (yuan)"), attrs=NUMBER)
    recurring = tables.Column(verbose_name=gettext_lazy("A year afterwards (yuan)"), attrs=NO_PHONE)
    funded = tables.Column(verbose_name=gettext_lazy("Paid by"), order_by=("funded", "sources"), attrs=WORDS)
    reason = tables.Column(verbose_name=gettext_lazy("Reason"), orderable=False, attrs=WORDS)

    class Meta:
        empty_text = gettext_lazy("Nothing that is lacking, outdated or unused meets these conditions.")

    def __init__(self, data: Sequence[Line], payers: Mapping[int, str], **options: object) -> None:
        super().__init__(data, **options)
        self.payers = payers
        self.urls: Mapping[str, str] = {}

    def render_way_name(self, record: Line) -> SafeString:
        return SafeString(f'<span class="take take-{LOOKS.get(record.way, "yes")}">{record.way_name}</span>')

    def render_what(self, record: Line) -> SafeString:
        url, tag = self.urls.get(record.need, ""), escape(record.tag)
        named = link(url, record.kind_name, css="name") if url else escape(record.kind_name)
        below = f'<span class="sub d-block mono">{tag}</span>' if tag else ""
        return SafeString(f"{looks.mark(record.mark, size='sm')} {named}{below}")

    def render_fen(self, value: int) -> str:
        return in_row(value)

    def render_recurring(self, value: int) -> str:
        return in_row(value) if value else ""

    def render_funded(self, record: Line) -> str:
        return paid_by(record, self.payers)


def paid_by(line: Line, payers: Mapping[int, str]) -> str:
    """The sources that the published plan takes it from."""
    if not line.funded:
        return _("not funded")
    return _(", ").join(payers.get(key, "") for key in line.sources) or _("costs nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One of the conditions: what of a line it looks at, and the choices that there are."""

    name: str
    label: str
    choices: Sequence[tuple[str, str]]
    meets: Callable[[Line, str], bool]


class Conditions(forms.Form):
    """A field for each condition that leaves a choice; what cannot be read is left out and said."""

    q = forms.CharField(
        label=gettext_lazy("Search"), help_text=gettext_lazy("asset number, township, reason"), required=False
    )

    def __init__(self, data: Mapping[str, str], conditions: Iterable[Condition]) -> None:
        super().__init__(data)
        self.conditions = list(conditions)
        for one in self.conditions:
            choices = [("", _("all")), *one.choices]
            self.fields[one.name] = forms.ChoiceField(label=one.label, choices=choices, required=False)

    def chosen(self, lines: Iterable[Line]) -> list[Line]:
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        tests = [(one.meets, given[one.name]) for one in self.conditions if one.name in given]
        word = given.get("q", "").strip().casefold()
        return [line for line in lines if _says(line, word) and all(meets(line, by) for meets, by in tests)]


def _says(line: Line, word: str) -> bool:
    return not word or any(
        word in text.casefold() for text in (line.what, line.place_name, line.way_name, line.reason)
    )


def conditions_of(lines: Sequence[Line], payers: Mapping[int, str]) -> list[Condition]:
    """Only what occurs can be chosen."""
    townships = {
        str(line.place): line.place_name for line in sorted(lines, key=lambda one: (one.position, one.place))
    }
    ways = {line.way: line.way_name for line in sorted(lines, key=lambda one: one.way_order)}
    kinds = {line.kind: line.kind_name for line in sorted(lines, key=lambda one: one.kind_name)}
    marks = {code: str(MARKS[code].word) for code in MARKS if any(line.mark == code for line in lines)}
    paying = {str(key): payers[key] for key in payers if any(key in line.sources for line in lines)}
    funded = {"yes": _("funded"), "no": _("not funded")}
    return [
        _condition("place", _("Township"), townships, lambda line, by: str(line.place) == by),
        _condition("way", _("Remedy"), ways, lambda line, by: line.way == by),
        _condition("kind", _("Category"), kinds, lambda line, by: line.kind == by),
        _condition("mark", _("Mark"), marks, lambda line, by: line.mark == by),
        _condition(
            "funded",
            pgettext_lazy("of needs", "Money"),
            funded,
            lambda line, by: line.funded == (by == "yes"),
        ),
        _condition("source", _("Source"), paying, lambda line, by: int(by) in line.sources),
    ]


def _condition(
    name: str, label: object, choices: Mapping[str, str], meets: Callable[[Line, str], bool]
) -> Condition:
    return Condition(name=name, label=str(label), choices=list(choices.items()), meets=meets)


def paged(request: HttpRequest, table: NeedTable) -> list[Line]:
    """The lines of the page asked for, or of the nearest one."""
    asked = request.GET.get("per_page", "")
    size = int(asked) if asked.isdecimal() and int(asked) in PAGE_SIZES else PAGE_SIZES[1]
    pages = Paginator(table.rows, size)
    number = request.GET.get("page")
    table.page = pages.get_page(pages.num_pages if number == "-1" else number)
    return [row.record for row in table.page.object_list]


def summed(lines: Sequence[Line]) -> str:
    """How many needs these are, and what they cost."""
    number = sum(line.quantity for line in lines)
    said = ngettext("%(n)s need", "%(n)s needs", number) % {"n": number}
    cost, yearly = sum(line.fen for line in lines), sum(line.recurring for line in lines)
    return _("Shown: %(needs)s · %(cost)s, and %(yearly)s a year afterwards · not funded %(open)s") % {
        "needs": said,
        "cost": money(cost),
        "yearly": money(yearly),
        "open": money(sum(line.fen for line in lines if not line.funded)),
    }
