"""The log, or a place's and a period's part of it, as one ZIP file that the verifiers read (docs/log-format.md)."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import IO, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from itops.files import store
from itops.organisation.actions.access_records import record_access
from itops.organisation.models import AccessRecord, Place, User
from itops.organisation.scope import demand
from workforce.actions.log_scope import reaches_all
from workforce.actions.log_tree import log_tree, tree_head
from workforce.ledger.canonical import Json, encode
from workforce.ledger.checkpoints import TreeHead
from workforce.models import Checkpoint, LogEntry, LogPersonal

EXPORT = "workforce.export_logentry"
FORMAT = 1
CHUNK = 2000
NO_COMPRESSION = zipfile.ZIP_STORED  # a page that runs in any browser has to read it


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """What is wanted: everything, or what happened in a place and what lies under it, from day to day."""

    place: Place | None = None
    since: date | None = None
    until: date | None = None
    names: bool = False  # personal data with its salts
    files: bool = True
    sizes: tuple[int, ...] = ()  # of checkpoints that an auditor holds and this server may not

    @property
    def whole(self) -> bool:
        return self.place is None and self.since is None and self.until is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written."""

    tree: TreeHead
    entries: int
    files: int
    missing_files: int
    personal: int


def export_log(stream: IO[bytes], *, by: User, extent: Extent, address: str = "") -> Exported:
    """Write the export; PermissionDenied beyond the account's scope, ValidationError for a log without entries."""
    _demand(by, extent)
    tree = tree_head()
    if tree is None:
        raise ValidationError(_("The log has no entries yet."))
    entries = _entries(extent, tree.size)
    with zipfile.ZipFile(stream, "w", NO_COMPRESSION) as target:
        count = _write(target, "entries.jsonl", (line.encode() for line in _lines(entries)))
        if not extent.whole:
            _write(target, "proofs.jsonl", _proofs(entries, tree.size))
        _write(target, "checkpoints.jsonl", _checkpoints(tree.size, extent.sizes))
        personal = _write(target, "personal.jsonl", _personal(entries)) if extent.names else 0
        there, missing = _files(target, entries, extent.files)
        target.writestr("export.json", encode(_header(extent, tree, count)))
    if by.pk is not None:
        record_access(
            by,
            what="training log",
            count=max(personal, 1),
            act=AccessRecord.Act.EXPORT,
            place=extent.place,
            address=address,
        )
    return Exported(tree=tree, entries=count, files=there, missing_files=missing, personal=personal)


def _demand(by: User, extent: Extent) -> None:
    if extent.place is not None:
        demand(by, EXPORT, extent.place)
        return
    if not reaches_all(by, EXPORT):
        raise PermissionDenied


def _entries(extent: Extent, size: int) -> QuerySet[LogEntry]:
    found = LogEntry.objects.filter(seq__lte=size).order_by("seq")
    if extent.place is not None:
        found = found.filter(place__path__under=[extent.place.path])
    if extent.since is not None:
        found = found.filter(at__gte=_midnight(extent.since))
    if extent.until is not None:
        found = found.filter(at__lt=_midnight(extent.until + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _lines(entries: QuerySet[LogEntry]) -> Iterator[str]:
    return entries.values_list("entry", flat=True).iterator(CHUNK)


def _proofs(entries: QuerySet[LogEntry], size: int) -> Iterator[bytes]:
    tree = log_tree()
    for seq in entries.values_list("seq", flat=True).iterator(CHUNK):
        yield encode({"seq": seq, "path": tree.inclusion(seq, size)})


def _checkpoints(size: int, sizes: Iterable[int]) -> Iterator[bytes]:
    """Every checkpoint that is here, and how the tree of the auditors' sizes became that of the export."""
    tree = log_tree()
    known = list(Checkpoint.objects.filter(size__lte=size).values_list("size", "text"))
    for signed, text in known:
        yield encode({"size": signed, "text": text, "path": tree.consistency(signed, size)})
    for asked in sorted({one for one in sizes if 0 < one <= size} - {signed for signed, _text in known}):
        yield encode({"size": asked, "text": None, "path": tree.consistency(asked, size)})


def _personal(entries: QuerySet[LogEntry]) -> Iterator[bytes]:
    kept = LogPersonal.objects.filter(entry__in=entries.order_by()).order_by("entry_id", "name")
    for one in kept.iterator(CHUNK):
        salt = bytes(one.salt).hex()
        yield encode({"seq": one.entry_id, "name": one.name, "value": one.value, "salt": salt})


def _files(target: zipfile.ZipFile, entries: QuerySet[LogEntry], with_bytes: bool) -> tuple[int, int]:
    """The manifest, and the files themselves; how many are in it and how many the store no longer has."""
    found = _named_files(entries)
    there = {sha256: with_bytes and store.path_of(sha256).exists() for sha256 in found}
    _write(
        target,
        "files.jsonl",
        (encode({"sha256": sha256, **found[sha256], "included": there[sha256]}) for sha256 in sorted(found)),
    )
    for sha256 in sorted(sha256 for sha256, included in there.items() if included):
        target.write(store.path_of(sha256), f"files/{sha256}")
    included = sum(there.values())
    return included, len(found) - included if with_bytes else 0


def _named_files(entries: QuerySet[LogEntry]) -> dict[str, dict[str, Json]]:
    """Size and entries of each file that an entry names."""
    found: dict[str, dict[str, Any]] = {}
    with_files = entries.extra(where=["entry::jsonb -> 'files' <> '[]'::jsonb"])
    for entry in with_files.iterator(CHUNK):
        for file in entry.fields["files"]:
            known = found.setdefault(file["sha256"], {"size": file["size"], "seqs": []})
            known["seqs"].append(entry.seq)
    return found


def _write(target: zipfile.ZipFile, name: str, lines: Iterable[bytes]) -> int:
    count = 0
    with target.open(name, "w", force_zip64=True) as stream:
        for line in lines:
            stream.write(line + b"\n")
            count += 1
    return count


def _header(extent: Extent, tree: TreeHead, count: int) -> dict[str, Json]:
    return {
        "v": FORMAT,
        "log": tree.log,
        "alg": tree.algorithm.value,
        "size": tree.size,
        "root": tree.root,
        "head": tree.head,
        "entries": count,
        "whole": extent.whole,
        "place": extent.place.code if extent.place else None,
        "since": extent.since.isoformat() if extent.since else None,
        "until": extent.until.isoformat() if extent.until else None,
        "made": timezone.now().isoformat(timespec="seconds"),
    }
