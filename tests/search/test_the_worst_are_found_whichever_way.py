"""The page that shows the worst finds them among the worst of all, in the indexes, and on the way through the list."""

import pytest

from inventory.models import Asset
from inventory.queries.assets import worst_first
from inventory.queries.search import FEW, NAMED, WORST, worst_found
from itops.database.conditions import written_in
from tests.support.county import County

SHOWN = 10


def add(county: County, number: int, name: str, *, rank: int) -> None:
    Asset.objects.bulk_create(
        Asset(
            tag=f"{name}-{n}", kind="printer", name=name, location="二楼", place=county.xianxi, rank=rank + n
        )
        for n in range(number)
    )


@pytest.mark.parametrize("number", [3, SHOWN, SHOWN + 1, FEW + 1])
@pytest.mark.parametrize("ahead", [0, WORST])
@pytest.mark.parametrize("text", ["激光打印", "激光打印 二楼", "激光 三楼"])
def test_the_worst_of_all_that_are_found(county: County, number: int, ahead: int, text: str) -> None:
    add(county, ahead, "办公桌", rank=0)
    add(county, number, "激光打印机", rank=WORST)
    expected = Asset.objects.filter(archived=False)
    for word in text.split():
        expected = expected.filter(written_in(word, *NAMED))
    found = worst_found(county.users["it_staff"], text, SHOWN)
    assert list(found.keys) == list(worst_first(expected).values_list("pk", flat=True)[:SHOWN])
    assert found.count <= expected.count()
    assert found.more == (expected.count() > found.count)
