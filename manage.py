#!/usr/bin/env python
"""The one door to every command of the program."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from django.conf import settings
from django.core.management import CommandError, execute_from_command_line
from django.db import OperationalError, ProgrammingError

from itops.database.connection import is_embedded
from itops.database.supervisor import join
from itops.database.trouble import DatabaseTrouble

USUAL_VAR = Path(__file__).resolve().parent / "var"
WITHOUT_DATABASE = {"probe", "collectstatic", "makemessages", "makemigrations", "check", "help", "--help"}


def main(arguments: list[str]) -> int:
    """Run one command; the embedded database runs for as long as the command does."""
    command = arguments[1] if len(arguments) > 1 else "help"
    signal.signal(signal.SIGTERM, _leave)
    with demonstration(arguments) if command == "demo" else nullcontext():
        own = is_embedded(os.environ) and command not in WITHOUT_DATABASE
        try:
            with join(settings.ITOPS_VAR / "postgres") if own else nullcontext():
                execute_from_command_line(_with_our_errors(arguments))
        except DatabaseTrouble as trouble:
            sys.stderr.write(f"{trouble}\n")
            return 1
        except (OperationalError, ProgrammingError) as trouble:
            if "--traceback" in arguments:
                raise
            reason = str(trouble).splitlines()[0]
            sys.stderr.write(f"The database did not do it ({reason}); is it migrated? manage.py migrate\n")
            return 1
        except CommandError as refused:
            if "--traceback" in arguments:
                raise
            sys.stderr.write(f"{refused}\n")
            return refused.returncode
    return 0


def _with_our_errors(arguments: list[str]) -> list[str]:
    """Django would put its class's name before the sentence: let it pass the error on to us instead."""
    is_command = len(arguments) > 1 and arguments[1] not in {"help", "--help", "-h", "--version"}
    return [*arguments[:2], "--traceback", *arguments[2:]] if is_command else arguments


def _leave(number: int, frame: FrameType | None) -> None:
    """Being asked to terminate is a normal end: the last one out stops the database."""
    sys.exit(128 + number)


@contextmanager
def demonstration(arguments: list[str]) -> Iterator[None]:
    """A folder of its own inside ITOPS_VAR, beside what is real; with --once a fresh one, removed afterwards."""
    os.environ["ITOPS_DEMONSTRATION"] = "1"
    with TemporaryDirectory(prefix="itops-demo-") if "--once" in arguments else nullcontext() as fresh:
        os.environ["ITOPS_VAR"] = fresh or os.environ.get("ITOPS_DEMO_VAR") or _beside_what_is_real()
        yield


def _beside_what_is_real() -> str:
    return str(Path(os.environ.get("ITOPS_VAR") or USUAL_VAR) / "demo")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "itops.settings")
    sys.exit(main(sys.argv))
