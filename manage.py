#!/usr/bin/env python
"""The one door to every command of the program."""

import os
import sys
from contextlib import nullcontext

from django.conf import settings
from django.core.management import execute_from_command_line

from itops.database.connection import is_embedded
from itops.database.supervisor import join
from itops.database.trouble import DatabaseTrouble

WITHOUT_DATABASE = {"probe", "collectstatic", "makemessages", "makemigrations", "check", "help", "demo", "--help"}


def main(arguments: list[str]) -> int:
    """Run one command; the embedded database runs for as long as the command does."""
    command = arguments[1] if len(arguments) > 1 else "help"
    own = is_embedded(os.environ) and command not in WITHOUT_DATABASE
    try:
        with join(settings.ITOPS_VAR / "postgres") if own else nullcontext():
            execute_from_command_line(arguments)
    except DatabaseTrouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 1
    return 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "itops.settings")
    sys.exit(main(sys.argv))
