"""A device type's file as NetBox's library writes them (YAML): what it says of a model, or what is wrong with it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import yaml

from inventory.catalogue.specification import Refusal, Specification, SpecificationError

# Every scalar stays the text that stands there: part numbers such as 007 or 1e3 are no numbers.
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
LARGEST = 1_000_000
DEEPEST = 20
LENGTHS = {"manufacturer": 80, "model": 120, "slug": 120, "part_number": 80}
NEEDED = ("manufacturer", "model", "slug")
NOTES = ("description", "comments")
COUNTED = {
    "interfaces": "interfaces",
    "power-ports": "power_ports",
    "console-ports": "console_ports",
    "module-bays": "module_bays",
    "device-bays": "device_bays",
}
MEASURED = ("u_height", "is_full_depth", "weight", "weight_unit")
READ = frozenset({*LENGTHS, *NOTES, *COUNTED, *MEASURED})
KILOGRAMS = {"kg": 1.0, "g": 0.001, "lb": 0.45359237, "oz": 0.028349523125}
EMPTY = frozenset({"", "~", "null", "Null", "NULL"})
YES_OR_NO = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
SLUG = re.compile(r"[-a-zA-Z0-9_]+")


class Fault(StrEnum):
    """What is wrong with a file, or with one of its keys."""

    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    NOT_YAML = "not_yaml"
    NO_DEVICE_TYPE = "no_device_type"
    MISSING = "missing"
    NOT_ONE_TEXT = "not_one_text"
    TOO_LONG = "too_long"
    NOT_A_SLUG = "not_a_slug"
    NOT_A_LIST = "not_a_list"
    NOT_A_NUMBER = "not_a_number"
    NOT_YES_OR_NO = "not_yes_or_no"
    UNKNOWN_UNIT = "unknown_unit"
    OUT_OF_RANGE = "out_of_range"
    TWO_MODELS = "two_models"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault; `key` is empty when it is the whole file's; `detail` is what stands there, cut short."""

    code: Fault
    key: str = ""
    detail: str = ""


class DeviceTypeError(ValueError):
    """Everything that is wrong with a file."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(f"{one.key} {one.code}".strip() for one in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceType:
    """A model; `ignored` are the keys of which the county's books make no use."""

    manufacturer: str
    model: str
    slug: str
    part_number: str
    note: str
    specification: Specification
    ignored: tuple[str, ...]


def read_device_type(content: bytes) -> DeviceType:
    """DeviceTypeError with all faults when the file cannot be taken as it is."""
    values = _mapping(content)
    problems: list[Problem] = []
    texts = {name: _text(values, name, problems) for name in LENGTHS}
    notes = [note for name in NOTES if (note := _note(values, name, problems))]
    specification = _specification(values, problems)
    if problems or specification is None:
        raise DeviceTypeError(*problems)
    return DeviceType(
        **texts,
        note="\n\n".join(notes),
        specification=specification,
        ignored=tuple(sorted(set(values) - READ)),
    )


def _mapping(content: bytes) -> Mapping[str, object]:
    if len(content) > LARGEST:
        raise DeviceTypeError(Problem(Fault.TOO_LARGE))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DeviceTypeError(Problem(Fault.NOT_TEXT)) from error
    try:
        found = _load(text)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        raise DeviceTypeError(Problem(Fault.NOT_YAML, detail=str(mark.line + 1) if mark else "")) from error
    if not isinstance(found, dict) or not all(isinstance(key, str) for key in found):
        raise DeviceTypeError(Problem(Fault.NO_DEVICE_TYPE))
    return found


def _load(text: str) -> object:
    """Depth is looked at first: the loader calls itself for each level."""
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise ValueError("nested too deeply")
    return yaml.load(text, Loader=LOADER)  # it makes texts, lists and mappings, nothing else


def _text(values: Mapping[str, object], key: str, problems: list[Problem]) -> str:
    value = values.get(key, "")
    text = value.strip() if isinstance(value, str) and value not in EMPTY else ""
    if not isinstance(value, str) or not _writable(text):
        problems.append(Problem(Fault.NOT_ONE_TEXT, key))
    elif not text and key in NEEDED:
        problems.append(Problem(Fault.MISSING, key))
    elif len(text) > LENGTHS[key]:
        problems.append(Problem(Fault.TOO_LONG, key, f"{text[:40]}…"))
    elif key == "slug" and not SLUG.fullmatch(text):
        problems.append(Problem(Fault.NOT_A_SLUG, key, text))
    return text


def _note(values: Mapping[str, object], key: str, problems: list[Problem]) -> str:
    value = values.get(key, "")
    text = value.replace("\r\n", "\n") if isinstance(value, str) else ""
    if not isinstance(value, str) or not _writable(text.replace("\n", "").replace("\t", "")):
        problems.append(Problem(Fault.NOT_ONE_TEXT, key))
    return "" if text in EMPTY else text.strip()


def _writable(text: str) -> bool:
    """No control characters and no halves of characters: a database takes neither."""
    return all(unicodedata.category(sign) not in {"Cc", "Cs"} for sign in text)


def _specification(values: Mapping[str, object], problems: list[Problem]) -> Specification | None:
    figures: dict[str, object] = {}
    for key, name in COUNTED.items():
        value = values.get(key, [])
        if isinstance(value, list):
            figures |= {name: len(value)} if value else {}
        elif not isinstance(value, str) or value not in EMPTY:
            problems.append(Problem(Fault.NOT_A_LIST, key))
    for name, figure in _measures(values, problems):
        figures[name] = figure
    try:
        return Specification.read(figures)
    except SpecificationError as error:
        problems.extend(_out_of_range(refusal) for refusal in error.refusals)
        return None


def _measures(values: Mapping[str, object], problems: list[Problem]) -> Iterator[tuple[str, float | bool]]:
    if (height := _number(values, "u_height", problems)) is not None:
        yield "u_height", height
    if (weight := _number(values, "weight", problems)) is not None:
        unit = values.get("weight_unit", "kg")
        if isinstance(unit, str) and unit in KILOGRAMS:
            yield "weight_kg", round(weight * KILOGRAMS[unit], 3)
        else:
            problems.append(Problem(Fault.UNKNOWN_UNIT, "weight_unit", str(unit)[:40]))
    depth = values.get("is_full_depth", "")
    if isinstance(depth, str) and depth.lower() in YES_OR_NO:
        yield "full_depth", YES_OR_NO[depth.lower()]
    elif not isinstance(depth, str) or depth not in EMPTY:
        problems.append(Problem(Fault.NOT_YES_OR_NO, "is_full_depth", str(depth)[:40]))


def _number(values: Mapping[str, object], key: str, problems: list[Problem]) -> float | None:
    value = values.get(key, "")
    if isinstance(value, str) and value in EMPTY:
        return None
    try:
        return float(value)  # type: ignore[arg-type]  # a list or mapping raises TypeError
    except (TypeError, ValueError):
        problems.append(Problem(Fault.NOT_A_NUMBER, key, str(value)[:40]))
        return None


def _out_of_range(refusal: Refusal) -> Problem:
    keys = {"weight_kg": "weight", **{name: key for key, name in COUNTED.items()}}
    return Problem(Fault.OUT_OF_RANGE, keys.get(refusal.key, refusal.key))
