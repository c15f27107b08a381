"""A log that grew through the program's own door, an auditor with a key of their own, and both verifiers' questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from itops.exchange.operator import operator
from itops.files import store
from itops.files.models import StoredFile
from itops.organisation.actions.accounts import create_account
from itops.organisation.actions.places import add_place
from itops.organisation.models import Level, Place, User
from tools.verify_log import verify
from workforce.actions.log import append, erase, reverse
from workforce.actions.log_export import Exported, Extent, export_log
from workforce.actions.log_tree import tree_head
from workforce.ledger.checkpoints import SignedCheckpoint, sign
from workforce.ledger.kinds import Kind
from workforce.models import LogEntry

BY = "user:1"
AUDITOR = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
SHEET = "签到表：刘敏、王海涛".encode()


@dataclass(frozen=True, slots=True)
class Grown:
    """The places where its entries happened."""

    county: Place
    xianxi: Place
    yanxi: Place
    account: User


def grow(count: int = 60) -> Grown:
    """`count` entries: training in two townships, evidence, a reversal at 20, an erasure at 30, old records first."""
    county = _place("安化县", "430923", Level.COUNTY, None)
    grown = Grown(
        county=county,
        xianxi=_place("仙溪镇", "430923103", Level.TOWNSHIP, county),
        yanxi=_place("烟溪镇", "430923114", Level.TOWNSHIP, county),
        account=create_account(by=BY, username="clerk", place=county),
    )
    sheet = kept_file(SHEET, grown.account)
    for number in range(1, count + 1):
        with transaction.atomic():
            _one(number, grown, sheet)
    return grown


def _one(number: int, grown: Grown, sheet: StoredFile) -> None:
    if number == 20:
        reverse(entry=LogEntry.objects.get(pk=11), reason="学时登记有误", by=BY)
    elif number == 30:
        erase(entry=LogEntry.objects.get(pk=12), names=["person"], basis="本人申请", by=BY)
    else:
        append(
            kind=Kind.LEGACY_IMPORT if number <= 2 else Kind.TRAINING_ENTRY,
            body={"minutes": 30 * number, "title": "视频会议室操作"},
            personal={"person": {"id": number, "name": "刘敏"}},
            place=grown.xianxi if number % 2 else grown.yanxi,
            files=[sheet] if number % 10 == 5 else [],
            by=BY,
        )


def kept_file(data: bytes, by: User) -> StoredFile:
    return StoredFile.objects.create(
        sha256=store.keep(data), size=len(data), media_type="text/plain", uploaded_by=by
    )


def _place(name: str, code: str, level: Level, parent: Place | None) -> Place:
    return add_place(by=BY, name=name, code=code, level=level, parent=parent, starts=date(2020, 1, 1))


def checkpoint(size: int | None = None, key: Ed25519PrivateKey = AUDITOR) -> SignedCheckpoint:
    """What the auditor signs at home, of the log as it stands."""
    head = tree_head(size)
    assert head is not None
    return sign(head, key, datetime(2026, 10, 31, 9, 30, tzinfo=UTC))


def exported(path: Path, **extent: Any) -> Exported:
    with path.open("wb") as stream:
        return export_log(stream, by=operator(), extent=Extent(**extent))


def verified(
    path: Path, own: SignedCheckpoint | None, receipts: Iterable[str] = (), **extent: Any
) -> dict[str, Any]:
    """Export as the server does now, and ask the Python verifier."""
    exported(path, **extent)
    key = own.public_key if own else None
    return verify(path, own.text if own else None, key, receipts)


def codes(found: dict[str, Any]) -> set[str]:
    return {code for code, _number in found["findings"]}
