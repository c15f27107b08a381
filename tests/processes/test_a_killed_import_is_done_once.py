"""kill -9 of a worker in the middle of an import: nothing is half-written, the next worker does it, once."""

from contextlib import suppress
from pathlib import Path

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from inventory.models import Asset
from itops.audit.models import Change
from itops.exchange.actions import ask_to_write, begin, carry_on
from itops.exchange.models import ImportRun, State
from itops.exchange.outcome import Keep
from itops.site.exchange import EXCHANGE
from itops.site.jobs import import_file
from itops.site.schedule import TASKS
from tests.processes.programs import eventually, kill, program
from tests.support.county import small_county
from tests.support.tables import table

pytestmark = pytest.mark.usefixtures("committing")
ROWS = 60_000
STEP = 10_000
HEAD = ("资产编号", "名称", "类别", "乡镇")


@pytest.fixture
def run(committing, settings):
    """Looked at already; writing is what is left to do."""
    settings.ITOPS_FILES = Path(committing.environ["ITOPS_VAR"]) / "files"
    by = small_county().users["county_administrator"]
    data = table(HEAD, *((f"NEW-{n}", "电脑", "电脑", "仙溪镇") for n in range(ROWS)))
    made = begin(by=by, resource=EXCHANGE.resources["inventory.asset"], file_name="台账.csv", data=data)
    carry_on(made.pk, EXCHANGE.resources)
    made.refresh_from_db()
    assert (made.state, made.added) == (State.READY, ROWS)
    ask_to_write(made, Keep.ALL_OR_NOTHING)
    return made


def progress(run):
    return ImportRun.objects.get(pk=run.pk).done


def written():
    return Asset.objects.filter(tag__startswith="NEW-").count()


def test_a_killed_import_leaves_nothing_and_is_done_once_after_all(committing, run, tmp_path):
    log = tmp_path / "log"
    job = import_file.defer(run=run.pk)
    with program("worker", environ=committing.environ, log=log) as worker:
        eventually(lambda: STEP <= progress(run) < ROWS, "a real worker to show how far it is", log)
        kill(worker)
    assert written() == 0
    assert ImportRun.objects.get(pk=run.pk).state == State.WRITING
    with program("worker", environ=committing.environ, log=log):
        eventually(lambda: done(job, run), "the next worker to write it", log)
    assert written() == ROWS
    import_file.defer(run=run.pk)
    with program("worker", environ=committing.environ, log=log):
        eventually(lambda: not unfinished(), "the same job once more", log)
    assert written() == ROWS
    assert Change.objects.filter(model="inventory.asset", reason="台账.csv").count() == ROWS


def done(job, run):
    with suppress(AlreadyEnqueued):
        TASKS["itops.site.jobs.requeue_stalled"].defer()
    finished = ProcrastinateJob.objects.get(pk=job).status == "succeeded"
    return finished and ImportRun.objects.get(pk=run.pk).state == State.WRITTEN


def unfinished():
    return ProcrastinateJob.objects.filter(task_name=import_file.name, status__in=["todo", "doing"]).exists()
