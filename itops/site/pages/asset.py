"""One asset: what stands against it and the evidence, what is recorded beside what is observed, its life."""

from argparse import ArgumentTypeError
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.actions.marking import Verdict, judged
from inventory.day import judgeable_day
from inventory.marks.mark import Answer
from inventory.marks.mark import Mark as MarkCode
from inventory.models import Asset, Mark
from inventory.pages.asset_forms import SightingForm, WaiverForm
from inventory.pages.assets import ASSETS as RESOURCE
from inventory.queries import asset as queries
from inventory.wording import rule_name
from itops.audit.panel import changes_panel
from itops.crud.amounts import moment, yuan_in_rows
from itops.crud.pages.detail import actions
from itops.crud.parts import Event
from itops.database.kept import Given, Kept
from itops.database.together import Asked, Together
from itops.extras.panel import notes_panel, own_values, tags_panel
from itops.files.panel import files_panel
from itops.organisation.models import User
from itops.organisation.scope import in_scope, may, signed_in, visible_when_asked
from itops.organisation.subjects import Found
from itops.site.pages.asset_card import asset_card, properties
from itops.site.pages.asset_chart import WEEK, chart
from itops.site.pages.asset_evidence import sources, strip
from itops.site.pages.asset_judging import judging
from itops.site.pages.asset_life import life, spent_fen
from itops.site.pages.asset_verdicts import cards, shown_only, unknowns
from itops.site.subjects import ASSETS
from monitoring.pages.words import state_of
from monitoring.queries.states import Now, states
from planning.queries.received import came_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One thing of a room."""

    asset: Asset
    state: tuple[str, str]
    marks: Sequence[str]
    here: bool


def page(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    asset = find(user, pk)
    found = Found(ASSETS, asset)
    day, asked = _day(request)
    with Together() as reading:
        judging_it = reading.ask(judged, day, [asset.pk])
        recorded = reading.ask(_recorded, user, asset)
        beside = reading.ask(_beside, user, asset)
        own = reading.ask(own_values, asset, user)
        panels: dict[str, Asked[Any]] = {
            "came": reading.ask(came_by, user, asset),
            "files": reading.ask(files_panel, user, found),
            "notes": reading.ask(notes_panel, user, found),
            "tags": reading.ask(tags_panel, user, found),
            "changes": reading.ask(changes_panel, user, asset),
        }
    marks, life_of_it, spent = recorded.found
    whole, parts, now = beside.found
    verdict = next(iter(judging_it.found), None)
    context = {
        "asset": asset,
        "instance": asset,
        "resource": RESOURCE,
        "allowed": actions(RESOURCE, user, asset),
        "day": day,
        "today": timezone.localdate(),
        "as_of": asked,
        "on_the_books": verdict is not None,
        "state": state_of(now.get(asset.pk), asset),
        "seen": moment(now[asset.pk].last_answer) if asset.pk in now else "",
        "whole": whole,
        "parts": _parts(asset, [one for one in [whole, *parts] if one], now) if whole else [],
        "properties": properties(asset),
        "card": [*asset_card(asset, now.get(asset.pk), user), *own.found],
        "life": life_of_it,
        "spent": spent,
        **{name: panel.found for name, panel in panels.items()},
        "sighting": SightingForm() if may(user, "inventory.add_sighting", asset.place) else None,
        "waiver": WaiverForm() if may(user, "inventory.add_waiver", asset.place) else None,
    }
    if verdict is not None:
        context |= _judgement(user, asset, verdict, day, asked=asked, marks=marks, now=now.get(asset.pk))
    return render(request, "site/asset.html", context)


def _recorded(user: User, asset: Asset) -> tuple[list[Mark], list[Event], str]:
    """Its marks, its life, and what was spent on it."""
    marks = MARKS.all(asset=asset.pk, **in_scope(user, "inventory.view_mark"))
    repairs = queries.repairs(asset)
    return marks, life(asset, marks, repairs), yuan_in_rows(spent_fen(asset, repairs))


def _beside(user: User, asset: Asset) -> tuple[Asset | None, Sequence[Asset], dict[int, Now]]:
    """The whole that it belongs to, the parts of that, and how they all are now."""
    whole, parts = queries.parts(asset)
    return whole, parts, states({asset.pk, *(one.pk for one in [*parts, whole] if one)}, user)


def chart_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The chart alone, which the page asks for when it has been shown."""
    user = signed_in(request)
    asset = find(user, pk)
    drawn = chart(asset, states({asset.pk}, user).get(asset.pk), "week")
    return render(request, "site/asset_chart.html", {"chart": drawn})


def _chart_address(asset: Asset, now: Now | None) -> str:
    answered = now.last_answer if now else None
    lately = answered is not None and timezone.now() - answered < WEEK
    return reverse("inventory:asset_chart", args=[asset.pk]) if lately else ""


ASSET: Kept[Asset] = Kept(
    lambda: visible_when_asked(Asset.objects.filter(pk=Given("pk", "bigint"))).select_related(
        *("place__parent", "office", "responsible__office__place", "whole", "network", "standing"),
        "device_model__manufacturer",
    )
)
MARKS: Kept[Mark] = Kept(lambda: visible_when_asked(Mark.objects.filter(asset=Given("asset", "bigint"))))


def find(user: User, pk: int) -> Asset:
    """The asset, if it lies in the user's scope; else there is none."""
    asset = ASSET.first(pk=pk, **in_scope(user, "inventory.view_asset"))
    if asset is None:
        raise Http404
    return asset


def _day(request: HttpRequest) -> tuple[date, bool]:
    """Which day is judged, and whether another than the stored one was asked for."""
    today, wanted = timezone.localdate(), request.GET.get("date", "")
    if not wanted:
        return today, False
    try:
        day = judgeable_day(wanted)
    except ArgumentTypeError as refused:
        messages.error(request, f"{refused} {_('This is today’s verdict.')}")
        return today, False
    return day, day < today


def _judgement(
    user: User,
    asset: Asset,
    verdict: Verdict,
    day: date,
    *,
    asked: bool,
    marks: Sequence[Mark],
    now: Now | None,
) -> dict[str, object]:
    judgement, policy = verdict.judgement, verdict.policy
    found = queries.judged_then(verdict, policy) if asked else queries.stored(marks, verdict)
    silence = any("found_within_days" in one.numbers for one in found)
    days = strip(verdict, policy, day, silence=silence)
    later = "" if asked else _chart_address(asset, now)
    shown = cards(asset, found, policy, days, later, sources(verdict))
    return {
        "cards": shown,
        "shown_only": shown_only(found),
        "unknowns": unknowns(judgement.lacks if asked else queries.lacks(asset, judgement)),
        "evidence": None if any(card.verdict.days for card in shown) else days,
        "later": "" if any(card.verdict.later for card in shown) else later,
        "generated": days.generated,
        "judging": judging(asset, verdict, policy, day, user),
        "clear": [str(mark) for mark in MarkCode if judgement.answer(mark) is Answer.CLEAR],
        "badges": list(dict.fromkeys(card.mark for card in shown if not card.waived)),
        "passed": sorted({rule_name(one.rule) for one in judgement.passes}),
    }


def _parts(asset: Asset, together: Sequence[Asset], now: dict[int, Now]) -> list[Part]:
    marks = queries.open_marks(together)
    return [
        Part(
            asset=one,
            state=state_of(now.get(one.pk), one),
            marks=marks.get(one.pk, ()),
            here=one.pk == asset.pk,
        )
        for one in together
    ]
