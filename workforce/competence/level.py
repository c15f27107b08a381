"""How well somebody can do something: one scale for every skill."""

from enum import IntEnum


class Level(IntEnum):
    """0 has not learnt it. From WITHOUT_HELP on one can be left alone with it."""

    NONE = 0
    HEARD_OF_IT = 1
    WITH_HELP = 2
    WITHOUT_HELP = 3
    TEACHES = 4
