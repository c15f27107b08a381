"""`manage.py import_device_types PATH...`: files (or folders) of NetBox's device-type library enter the catalogue."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inventory.actions.device_types import Imported, import_device_types
from inventory.catalogue.device_types import LARGEST
from inventory.marks.kind import Kind
from inventory.wording_of_files import fault_sentence

ENDINGS = (".yaml", ".yml")
LIBRARY = "device-types"  # the library's own folder of them; beside it lie modules, racks, schemas


class Command(BaseCommand):
    help = "Add the device types of YAML files as NetBox's library has them; repeating it changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "path", nargs="+", type=Path, help="a file, or a folder with all that is under it"
        )
        parser.add_argument("--kind", choices=[kind.value for kind in Kind], help="for models without a kind")
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON document")

    def handle(self, *, path: Sequence[Path], kind: str | None, as_json: bool, **options: Any) -> None:
        files = [file for one in path for file in _files(one)]
        imported = import_device_types(
            _contents(files), by="import_device_types", kind=Kind(kind) if kind else None
        )
        self.stdout.write(
            json.dumps(_document(imported, len(files)), ensure_ascii=False)
            if as_json
            else "\n".join(_lines(imported, len(files)))
        )
        if imported.refused:
            raise CommandError(
                ngettext(
                    "%(count)s file could not be taken.",
                    "%(count)s files could not be taken.",
                    len(imported.refused),
                )
                % {"count": len(imported.refused)},
                returncode=1,
            )


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise CommandError(_("There is no file or folder %(path)s.") % {"path": path}, returncode=2)
    folder = path / LIBRARY if (path / LIBRARY).is_dir() else path
    found = sorted(file for file in folder.rglob("*") if file.suffix in ENDINGS and file.is_file())
    if not found:
        raise CommandError(_("%(path)s holds no YAML files.") % {"path": path}, returncode=2)
    return found


def _contents(files: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    for file in files:
        with file.open("rb") as opened:
            yield str(file), opened.read(LARGEST + 1)


def _document(imported: Imported, files: int) -> dict[str, object]:
    return {
        "files": files,
        "added": imported.added,
        "changed": imported.changed,
        "unchanged": imported.unchanged,
        "kept": imported.kept,
        "ignored": dict(sorted(imported.ignored.items())),
        "refused": [
            {
                "file": refused.file,
                "problems": [
                    {"key": one.key, "code": one.code.value, "text": fault_sentence(one)}
                    for one in refused.problems
                ],
            }
            for refused in imported.refused
        ],
    }


def _lines(imported: Imported, files: int) -> Iterator[str]:
    counted = {
        "files": files,
        "added": imported.added,
        "changed": imported.changed,
        "unchanged": imported.unchanged,
    }
    yield (
        _("%(files)s files: %(added)s models added, %(changed)s changed, %(unchanged)s unchanged.") % counted
    )
    if imported.kept:
        yield _("%(kept)s values stay as people changed them.") % {"kept": imported.kept}
    if imported.ignored:
        keys = ", ".join(f"{key} ({count})" for key, count in sorted(imported.ignored.items()))
        yield _("Not used: %(keys)s") % {"keys": keys}
    for refused in imported.refused:
        for one in refused.problems:
            yield f"{refused.file}: {fault_sentence(one)}"
