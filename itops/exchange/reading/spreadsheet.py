"""XLSX, XLS and ODS: how large they are inside is looked at first, then a process of its own opens them."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from itops.exchange.reading.faults import Fault, Unreadable
from itops.exchange.reading.spreadsheet_process import BROKEN, PASSWORD, TOO_MUCH

MOST_UNPACKED = 600 * 2**20
MOST_MEMBERS = 5_000
MOST_MEGABYTES = 3_000
MOST_SECONDS = 120
PROGRAM = Path(__file__).with_name("spreadsheet_process.py")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_FAULTS: Mapping[int, Fault] = {
    PASSWORD: Fault.PASSWORD,
    BROKEN: Fault.BROKEN_SPREADSHEET,
    TOO_MUCH: Fault.TOO_MUCH_INSIDE,
}


def is_spreadsheet(data: bytes) -> bool:
    return data.startswith((_ZIP, _OLE))


def size_inside(data: bytes) -> int:
    """Bytes once unpacked, as an archive says of its members."""
    return sum(member.file_size for member in _members(data)) if data.startswith(_ZIP) else len(data)


def opened(data: bytes) -> list[dict[str, Any]]:
    """Each visible sheet: its name, rows of text, and which cells were merged downward."""
    if data.startswith(_ZIP):
        _refuse_bombs(data)
    with NamedTemporaryFile(prefix="itops-spreadsheet-") as file:
        file.write(data)
        file.flush()
        answer = _ask(file.name)
    if answer.returncode:
        raise Unreadable(_fault(answer.returncode))
    sheets: list[dict[str, Any]] = json.loads(answer.stdout)
    return sheets


def _fault(status: int) -> Fault:
    """A signal ended it where it asked for more than it may have; the reader may also stumble by itself."""
    return Fault.TOO_MUCH_INSIDE if status < 0 else _FAULTS.get(status, Fault.BROKEN_SPREADSHEET)


def _ask(path: str) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, str(PROGRAM), path, str(MOST_MEGABYTES), str(MOST_SECONDS)]
    try:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=2 * MOST_SECONDS,
        )
    except subprocess.TimeoutExpired as late:
        raise Unreadable(Fault.TOO_MUCH_INSIDE) from late


def _refuse_bombs(data: bytes) -> None:
    """By what the archive says; one that lies meets the process's limits."""
    if len(_members(data)) > MOST_MEMBERS or size_inside(data) > MOST_UNPACKED:
        raise Unreadable(Fault.TOO_MUCH_INSIDE)


def _members(data: bytes) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as broken:
        raise Unreadable(Fault.BROKEN_SPREADSHEET) from broken
