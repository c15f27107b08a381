"""The one door into the sealed log: `append`, and what is made of it: `reverse` and `erase`.

The head of the log stays locked until the caller's transaction ends. So append as the last step of a transaction:
whoever waits for the head must hold nothing that another writer needs.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from itops.database.actor import acting
from itops.database.statements import rows
from itops.files.models import StoredFile
from itops.organisation.models import Level, Place
from workforce.ledger.algorithms import Algorithm
from workforce.ledger.canonical import Json
from workforce.ledger.commitments import commitment, new_salt
from workforce.ledger.entries import Draft, Entry, Head, follow
from workforce.ledger.kinds import IRREVERSIBLE, Kind
from workforce.ledger.merkle import node_hash
from workforce.models.log import LogEntry, LogPersonal

HEAD = "SELECT log, alg, seq, hash, now FROM itops_log_head(%(log)s, %(alg)s)"
LEFT = "SELECT seq, subtrees FROM workforce_logentry WHERE seq = ANY(%(seqs)s)"
COLUMNS = "seq, entry, subtrees, hash, kind, place_id, reverses_id, at"
INSERT = (
    f"INSERT INTO workforce_logentry (entry, subtrees) VALUES (%(entry)s, %(subtrees)s) RETURNING {COLUMNS}"
)
DIGEST = 32


def append(
    *,
    kind: Kind,
    body: Mapping[str, Json],
    by: str,
    place: Place | None = None,
    personal: Mapping[str, Json] | None = None,
    files: Iterable[StoredFile] = (),
) -> LogEntry:
    """
    Append one entry, inside the caller's transaction: it is there if and only if what it tells of is.

    `body` is sealed for ever and readable by every auditor: keys of a-z, 0-9 and _, values of texts, whole numbers
    (minutes, fen), true, false, null, lists and mappings. Whatever is about a person by name belongs in `personal`:
    of it only salted commitments are sealed, so that it can be erased. Files are sealed by their hash. `by` is the
    actor who records it.
    """
    if kind in IRREVERSIBLE:
        raise ValueError(f"{kind} is appended by its own function")
    return _append(kind, body, by, place, personal or {}, files, None)


def reverse(*, entry: LogEntry, reason: str, by: str, personal: Mapping[str, Json] | None = None) -> LogEntry:
    """Take an entry back as a whole, once, saying why; ValidationError where that is not possible."""
    if not reason.strip():
        raise ValidationError(_("Say why the entry is reversed."))
    if entry.kind in IRREVERSIBLE:
        raise ValidationError(_("A reversal or an erasure cannot be reversed."))
    with acting(by), transaction.atomic():
        head = _locked_head(entry.place)  # from here on nobody else can reverse it
        if LogEntry.objects.filter(reverses=entry).exists():
            raise ValidationError(_("The entry has been reversed already."))
        body: dict[str, Json] = {"reason": reason.strip()}
        return _write(head, Kind.REVERSAL, body, by, entry.place, personal or {}, (), entry.seq)


def erase(*, entry: LogEntry, names: Collection[str], basis: str, by: str) -> LogEntry:
    """Erase personal data of an entry with its salts; the erasure itself is an entry, the chain stays whole."""
    if not basis.strip():
        raise ValidationError(_("Say on what grounds the data is erased."))
    with acting(by), transaction.atomic():
        found = LogPersonal.objects.filter(entry=entry, name__in=names)
        if found.count() != len(set(names)) or not names:
            raise ValidationError(_("The entry holds no such personal data."))
        found.delete()
        body: dict[str, Json] = {"seq": entry.seq, "names": sorted(set(names)), "basis": basis.strip()}
        return _append(Kind.ERASURE, body, by, entry.place, {}, (), None)


def _append(
    kind: Kind,
    body: Mapping[str, Json],
    by: str,
    place: Place | None,
    personal: Mapping[str, Json],
    files: Iterable[StoredFile],
    reverses: int | None,
) -> LogEntry:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an entry is appended inside a transaction")
    return _write(_locked_head(place), kind, body, by, place, personal, files, reverses)


def _write(
    head: tuple[Head, datetime],
    kind: Kind,
    body: Mapping[str, Json],
    by: str,
    place: Place | None,
    personal: Mapping[str, Json],
    files: Iterable[StoredFile],
    reverses: int | None,
) -> LogEntry:
    last, now = head
    salts = {name: new_salt() for name in personal}
    draft = Draft(
        kind=kind.value,
        body=body,
        personal={
            name: commitment(name, value, salts[name], last.algorithm) for name, value in personal.items()
        },
        place=_of_place(place),
        files=[{"sha256": file.sha256, "size": file.size} for file in files],
        reverses=reverses,
        by=by,
        at=now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    )
    entry = follow(last, draft)
    with acting(by):
        [written] = rows(INSERT, {"entry": entry.data.decode(), "subtrees": _subtrees(entry)})
        LogPersonal.objects.bulk_create(
            LogPersonal(entry_id=entry.seq, name=name, value=value, salt=salts[name])
            for name, value in personal.items()
        )
    return LogEntry.from_db("default", COLUMNS.split(", "), written)


def _locked_head(place: Place | None) -> tuple[Head, datetime]:
    """The head, locked to the end of the transaction, and the time of what follows it. The first begins the log."""
    found = rows(HEAD, {"log": None, "alg": None}) or rows(HEAD, _beginning(place))
    [(log, alg, seq, last, now)] = found
    return Head(log=log, algorithm=Algorithm(alg), seq=seq, hash=last), now


def _beginning(place: Place | None) -> dict[str, str]:
    return {"log": f"{_county_code(place)}-{secrets.token_hex(8)}", "alg": settings.ITOPS_LOG_ALGORITHM}


def _county_code(place: Place | None) -> str:
    counties = Place.objects.filter(level=Level.COUNTY)
    county = counties.filter(pk__in=place.path.split(".")).first() if place else counties.first()
    return county.code if county else "county"


def _of_place(place: Place | None) -> dict[str, Json] | None:
    """As it is called and coded on the day: names and codes change, the entry does not."""
    return {"id": place.pk, "code": place.code, "name": place.name} if place else None


def _subtrees(entry: Entry) -> bytes:
    """The hashes of the perfect subtrees that this entry completes, itself first (`ledger.merkle`)."""
    made = [bytes.fromhex(entry.hash)]
    completed = (entry.seq & -entry.seq).bit_length() - 1
    left = [entry.seq - (1 << level) for level in range(completed)]
    known: dict[int, bytes] = dict(rows(LEFT, {"seqs": left})) if left else {}
    for level, seq in enumerate(left):
        sibling = bytes(known[seq])[DIGEST * level : DIGEST * (level + 1)]
        made.append(node_hash(sibling, made[-1], entry.algorithm))
    return b"".join(made)
