"""manage.py demo: an invented county whose equipment really answers, on this machine alone."""

import json
import os
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.actions.marking import mark
from inventory.marks.mark import Mark as MarkName
from inventory.models import MARK_NAMES, Mark
from itops.database.connection import is_embedded
from itops.site.demonstration.field import county
from itops.site.demonstration.history import write_history
from itops.site.demonstration.load import load
from itops.site.demonstration.load_decisions import decide_for_mountains
from itops.site.demonstration.load_funding import plan_unplanned
from itops.site.demonstration.load_statistics import count_past_months
from itops.site.demonstration.wake import free_ports, wake
from itops.site.management.commands.run import alone, ending_together, migrate, serve
from itops.site.processes import Family
from monitoring.actions.poll import poll_due
from monitoring.models import Outcome, Reading
from planning.actions.measuring import measure_due

# Assets count once however many reasons they have; a township's shortfall counts what is short.
ASSETS = Count("asset", distinct=True)
SHORT = Coalesce(Sum("quantity", filter=Q(asset=None)), 0)
SETTLE_S = 3.0  # a line that falls silent is asked again within this


@dataclass(slots=True)
class Result:
    """One whole cycle, as `--json` prints it."""

    ok: bool = False
    marks: dict[str, int] = field(default_factory=dict)
    by_kind: dict[str, dict[str, int]] = field(default_factory=dict)
    answers: dict[str, dict[str, int]] = field(default_factory=dict)
    citing_this_run: dict[str, int] = field(default_factory=dict)
    probes: dict[str, object] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


class Command(BaseCommand):
    help = "Show the program with an invented county of 23 townships. Everything stays on this machine."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="a fresh database, one cycle, then end")
        parser.add_argument(
            "--json", action="store_true", dest="as_json", help="with --once: print one JSON document"
        )
        parser.add_argument(
            "--agents", choices=["field", "none"], default="field", help="none: nothing answers"
        )
        parser.add_argument("--port", type=int, default=8000, help="or the next free one")

    def handle(self, *, once: bool, as_json: bool, agents: str, port: int, **options: object) -> None:
        refuse_a_real_database()
        with alone(), ending_together() as family:
            result = self._begin(family, agents)
            if not once:
                serve(self, family, host="127.0.0.1", port=port)
        if once:
            self._report(result, as_json=as_json)

    def _begin(self, family: Family, agents: str) -> Result:
        """Load the county, wake its equipment, ask all of it once and judge it."""
        result, began = Result(), timezone.now()
        ports = free_ports()
        with stage(result, "database"):
            migrate()
        with stage(result, "load"):
            load(county(), ports)
        with stage(result, "history"):
            write_history(county())
        with stage(result, "agents"):
            wake(family, ports, mute=agents == "none")
        cycle(result, began)
        with stage(result, "plan"):
            plan_unplanned()
            measure_due(timezone.localdate())
        with stage(result, "statistics"):
            count_past_months()
        return result

    def _report(self, result: Result, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(asdict(result), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_lines(result)))
        if not result.ok:
            raise SystemExit(1)


def refuse_a_real_database() -> None:
    """Invented data stand in the demonstration's own database, never in one that somebody has named."""
    if not is_embedded(os.environ):
        said = _(
            "DATABASE_URL names a database that may hold real data; the demonstration has its own. Unset it."
        )
        raise CommandError(said)


@contextmanager
def stage(result: Result, name: str) -> Iterator[None]:
    """Measure a stage in seconds."""
    began = time.monotonic()
    yield
    result.seconds[name] = round(time.monotonic() - began, 2)


def cycle(result: Result, began: datetime) -> None:
    """Probe everything due, judge everything, and say what came of it."""
    with stage(result, "probe"):
        polled = poll_due(budget_s=60, settle_s=SETTLE_S)
    with stage(result, "policies"):
        decide_for_mountains()
    with stage(result, "mark"):
        marked = mark(timezone.localdate())
    result.probes = {
        "asked": polled.asked,
        "answered": polled.answered,
        "failed": polled.failed,
        "unreachable": polled.unreachable,
    }
    result.answers = marked.standing
    count(result, began)
    result.ok = all(result.citing_this_run.get(one.value) for one in MarkName)


def count(result: Result, began: datetime) -> None:
    """Open marks by mark and kind, and how many of them cite a reading stored since `began`."""
    standing = Mark.objects.open().marking()
    result.marks = {one.value: 0 for one in MarkName}
    for kind, name, assets, short in standing.values_list("kind", "mark").annotate(
        assets=ASSETS, short=SHORT
    ):
        result.by_kind.setdefault(kind, {})[name] = assets + short
        result.marks[name] += assets + short
    asked = Reading.objects.filter(cycle__gte=began, outcome__in=[Outcome.ANSWERED, Outcome.SILENT])
    stored = set(asked.values_list("endpoint_id", "cycle"))
    cited = standing.values_list("mark", "asset", "endpoint_id", "reading_cycle")
    citing = {(name, asset) for name, asset, endpoint, at in cited if (endpoint, at) in stored}
    result.citing_this_run = dict(Counter(name for name, _asset in citing))


def _lines(result: Result) -> list[str]:
    lines = [f"{MARK_NAMES[one]}: {result.marks[one.value]}" for one in MarkName]
    lines.append(
        _("asked %(asked)d, answered %(answered)d, no answer %(failed)d, out of sight %(unreachable)d")
        % result.probes
    )
    return lines + [f"{name}: {seconds} s" for name, seconds in result.seconds.items()]
