"""The equipment's witness: agrees, contradicts, could not see, or was not there at all."""

import pytest

from workforce.schemes import witness
from workforce.schemes.witness import Seen, witnessed

FULL_DAY = 1440


def room(on, observable=FULL_DAY, used=None):
    return Seen(asset=1, name="会议室", observable=observable, on=on, used=used)


@pytest.mark.parametrize(
    ("signed_in", "seen", "said"),
    [
        (32, [room(0)], witness.Testimony.CONTRADICTS),
        (32, [room(96)], witness.Testimony.AGREES),
        (32, [room(0), room(120)], witness.Testimony.AGREES),
        (32, [room(FULL_DAY, used=96)], witness.Testimony.AGREES),
        (32, [room(FULL_DAY, used=0)], witness.Testimony.ON_ALONE),
        (32, [room(0, used=0)], witness.Testimony.CONTRADICTS),
        (0, [room(0)], witness.Testimony.BLIND),
        (32, [], witness.Testimony.NONE),
        (32, [room(0, observable=None)], witness.Testimony.BLIND),
        (32, [room(0, observable=FULL_DAY - 180)], witness.Testimony.BLIND),
        (32, [room(0, observable=FULL_DAY - 179)], witness.Testimony.CONTRADICTS),
    ],
)
def test_what_the_equipment_says(signed_in, seen, said):
    assert witnessed(signed_in, seen, session_minutes=180).testimony is said


def test_the_longest_on_is_told():
    assert witnessed(3, [room(20), room(96), room(0, None)], session_minutes=60).on_minutes == 96
