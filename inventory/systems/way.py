"""How data gets from one business system into another."""

from enum import StrEnum


class Way(StrEnum):
    AUTOMATIC = "automatic"
    FILE = "file"
    HAND = "hand"
    NONE = "none"
