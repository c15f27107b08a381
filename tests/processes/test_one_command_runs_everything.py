"""`manage.py run`: says where, survives kill -9 of any of its parts, leaves nothing behind, starts again."""

import os
import re
import signal
import urllib.request
from contextlib import suppress
from pathlib import Path
from urllib.error import URLError

import pytest

from tests.processes.programs import eventually, program

URL = re.compile(r"(http://127\.0\.0\.1:\d+)\n")
LINK = re.compile(r"(http://127\.0\.0\.1:\d+/sign-in/once/\S+)")


@pytest.fixture
def environ(tmp_path):
    wanted = {"ITOPS_VAR": str(tmp_path / "var"), "ITOPS_LANGUAGE": "en"}
    return wanted | {name: "" for name in ("DATABASE_URL", "DATABASE_APP_URL") if name in os.environ}


def said(log, pattern):
    return pattern.findall(log.read_text()) if log.exists() else []


def alive(log):
    try:
        with urllib.request.urlopen(said(log, URL)[-1] + "/alive/", timeout=2) as answer:
            return answer.status == 204
    except (URLError, OSError, IndexError):
        return False


def processes(mark):
    """Process ids whose environment holds this text: everything that the command started."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            if command and mark.encode() in (entry / "environ").read_bytes():
                found[int(entry.name)] = command
    return found


def kill(mark, part):
    victims = [pid for pid, command in processes(mark).items() if part in command]
    assert victims, f"no process with {part!r}"
    os.kill(victims[0], signal.SIGKILL)


def postmaster(var):
    return int((var / "postgres" / "data" / "postmaster.pid").read_text().splitlines()[0])


def test_it_survives_the_loss_of_its_parts_and_ends_with_nothing_left(environ, tmp_path):
    log, var = tmp_path / "log", tmp_path / "var"
    with program("run", "--port", "8460", environ=environ, log=log) as running:
        eventually(lambda: alive(log) and bool(said(log, LINK)), "the address and the link", log)
        for part in (" clock", " worker"):
            kill(str(var), part)
        kill(str(var), "granian")
        eventually(
            lambda: log.read_text().count("is started again") == 3, "three parts to be started again", log
        )
        os.kill(postmaster(var), signal.SIGKILL)
        eventually(
            lambda: "database had ended" in log.read_text() and alive(log), "the database to run again", log
        )
        running.send_signal(signal.SIGINT)
        assert running.wait(30) == 0
    eventually(lambda: processes(str(var)) == {}, f"nothing to be left: {processes(str(var))}", log)
    with program("run", "--port", "8460", environ=environ, log=log):
        eventually(lambda: len(said(log, LINK)) == 2 and alive(log), "the next start", log)
