"""How much the profiles get right of recordings of real equipment: `make profiles-score`.

A folder holds `snmprec/*.snmprec` and `truth.json` (what the recordings and LibreNMS say). Each field of each
recording is right, wrong (another value, or none though the recording offers one) or not offered.
"""

import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from monitoring.probes.answer import Answer
from monitoring.probes.enterprises import enterprise_of, vendor_in
from monitoring.probes.identity import Identity, identify, is_placeholder
from monitoring.probes.profiles_file import for_agent, profile_named
from monitoring.probes.recording import answer_from, read_recording
from monitoring.probes.understand import understand
from monitoring.probes.wire_text import text_of

FOLDER = Path(__file__).parents[3] / "shared" / "recordings"
FIELDS = ("sysDescr", "sysObjectID", "sysName", "interfaces", "vendor", "model", "serial", "version")
# Where LibreNMS knows no model it names the processor's architecture.
_ARCHITECTURE = re.compile(r"(?:generic|intel|amd|arm)(?:\d+)? ?(?:x86|x64|armv|64-bit|intel)", re.IGNORECASE)
Truth = Mapping[str, Any]


class Verdict(StrEnum):
    RIGHT = "right"
    WRONG = "wrong"
    NOT_OFFERED = "not_offered"


@dataclass(frozen=True, slots=True)
class Score:
    """One field of one recording."""

    file: str
    sort: str  # network, printer, power …
    field: str
    verdict: Verdict
    expected: tuple[str, ...]
    got: str


def score_folder(folder: Path) -> list[Score]:
    """All fields of all recordings of a folder, answered offline."""
    truths = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    scores: list[Score] = []
    for file, truth in truths.items():
        scores += score_one(file, truth, asked_offline(folder / "snmprec" / file))
    return scores


def asked_offline(path: Path) -> Answer:
    """A recording's answer to "any agent" and to its maker's questions."""
    recording = read_recording(path)
    object_id = text_of(recording.objects.get("1.3.6.1.2.1.1.2.0", ""))
    profile = for_agent(profile_named("any_agent"), object_id)
    return understand(0, profile, answer_from(recording, profile))


def score_one(file: str, truth: Truth, answer: Answer) -> list[Score]:
    """The verdicts on one answer."""
    identity = identify(answer.texts, answer.own_macs)
    sort = truth.get("expectedTypeFromOsDefinition") or "unknown"
    got = _found(identity, answer)
    return [
        Score(file, sort, field, _verdict(field, expected, got[field]), expected, got[field])
        for field, expected in _expected(truth).items()
    ]


def _found(identity: Identity, answer: Answer) -> dict[str, str]:
    return {
        "sysDescr": identity.description,
        "sysObjectID": identity.object_id,
        "sysName": identity.name,
        "interfaces": str(len(answer.interfaces)),
        "vendor": identity.vendor,
        "model": identity.model,
        "serial": identity.serial,
        "version": identity.version,
    }


def _expected(truth: Truth) -> dict[str, tuple[str, ...]]:
    """For each field the values that count as right; none where the recording offers none."""
    librenms, chassis = (
        truth.get("librenms") or {},
        ((truth.get("entityMib") or {}).get("chassis") or [{}])[0],
    )
    printer, ups = truth.get("printer") or {}, truth.get("ups") or {}
    model = librenms.get("hardware") or ""
    return {
        "sysDescr": _given(truth.get("sysDescr")),
        "sysObjectID": _given((truth.get("sysObjectID") or "").lstrip(".")),
        "sysName": _given(truth.get("sysName")),
        "interfaces": (str((truth.get("interfaces") or {}).get("ifTableRows", 0)),),
        "vendor": _vendors(truth, chassis, ups),
        "model": _given("" if _ARCHITECTURE.match(model) else model) or _given(chassis.get("modelName")),
        "serial": _real(librenms.get("serial"), chassis.get("serialNum"), printer.get("serial")),
        "version": _given(librenms.get("version"), chassis.get("softwareRev"), ups.get("swVersion")),
    }


def _vendors(truth: Truth, chassis: Truth, ups: Truth) -> tuple[str, ...]:
    """The makers that the recording names; the number's holder only where the number stands for a maker."""
    enterprise = enterprise_of(truth.get("sysObjectID") or "")
    words = [chassis.get("mfgName"), ups.get("manufacturer"), truth.get("osText"), truth.get("sysDescr")]
    if enterprise is None or enterprise.maker:
        words.append(truth.get("vendor_of_enterprise"))
    named = [vendor_in(word) for word in words if word]
    holder = [enterprise.vendor] if enterprise and enterprise.maker else []
    return tuple(dict.fromkeys(name for name in [*named, *holder] if name))


def _given(*values: str | None) -> tuple[str, ...]:
    return tuple(value for value in values if value and text_of(value))


def _real(*serials: str | None) -> tuple[str, ...]:
    return tuple(serial for serial in _given(*serials) if not is_placeholder(serial))


def _verdict(field: str, expected: tuple[str, ...], got: str) -> Verdict:
    if not expected:
        return Verdict.NOT_OFFERED
    agree = _same if field in FIELDS[:4] else _agree
    return Verdict.RIGHT if any(agree(text_of(value), got) for value in expected) else Verdict.WRONG


def _same(expected: str, got: str) -> bool:
    return expected == got


def _agree(expected: str, got: str) -> bool:
    """Equal but for case, or one holds the other as whole words ("E2910al-24G" in "J9146A E2910al-24G")."""
    expected, got = expected.casefold(), got.casefold()
    return expected == got or _holds(expected, got) or _holds(got, expected)


def _holds(longer: str, shorter: str) -> bool:
    found = re.search(rf"(?<![a-z0-9]){re.escape(shorter)}(?![a-z0-9]|\.[a-z0-9])", longer)
    return len(shorter) > 1 and found is not None


def _counted(scores: Iterable[Score]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    for score in scores:
        counts[score.field][score.verdict.value] += 1
    return {field: {verdict.value: counts[field][verdict.value] for verdict in Verdict} for field in FIELDS}


def as_json(scores: list[Score]) -> dict[str, Any]:
    """The table as data: per field, per class and field, and each that is wrong."""
    by_sort: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        by_sort[score.sort].append(score)
    return {
        "recordings": len({score.file for score in scores}),
        "fields": _counted(scores),
        "classes": {sort: _counted(by_sort[sort]) for sort in sorted(by_sort)},
        "wrong": [
            {"file": score.file, "field": score.field, "expected": list(score.expected), "got": score.got}
            for score in scores
            if score.verdict is Verdict.WRONG
        ],
    }


def as_table(data: Mapping[str, Any]) -> str:
    """Lines of right / wrong / not offered, for all and for each class."""
    lines = [f"{'class':<14}" + "".join(f"{field:>16}" for field in FIELDS)]
    for sort, counts in [("all", data["fields"]), *data["classes"].items()]:
        cells = (counts[field] for field in FIELDS)
        marks = (f"{cell['right']} / {cell['wrong']} / {cell['not_offered']}" for cell in cells)
        lines.append(f"{sort:<14}" + "".join(f"{mark:>16}" for mark in marks))
    lines.append(f"{data['recordings']} recordings; right / wrong / not offered")
    for wrong in data["wrong"]:
        expected = " or ".join(wrong["expected"])
        lines.append(f"  {wrong['file']}: {wrong['field']} is {expected!r}, found {wrong['got']!r}")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Score the folder RECORDINGS, print the table, write it to SCORE_JSON where that is set."""
    folder = Path(os.environ.get("RECORDINGS") or FOLDER)
    try:
        data = as_json(score_folder(folder))
    except (OSError, ValueError) as failure:
        sys.stderr.write(f"The folder {folder} cannot be scored: {failure}\n")
        return 2
    sys.stdout.write(as_table(data))
    if target := os.environ.get("SCORE_JSON"):
        Path(target).write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
