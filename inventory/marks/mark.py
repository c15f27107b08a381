"""The three marks and the four answers."""

from enum import StrEnum


class Mark(StrEnum):
    MISSING = "missing"  # 少
    OUTDATED = "outdated"  # 旧
    UNUSED = "unused"  # 废


class Answer(StrEnum):
    MARKED = "marked"
    CLEAR = "clear"
    WAIVED = "waived"
    UNKNOWN = "unknown"  # not enough observable time, or something needed is not known
