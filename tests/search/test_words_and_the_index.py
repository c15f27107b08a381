"""Chinese words are two characters long, and an index over pairs of characters finds them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.models import Asset
from inventory.pages.assets import ASSETS
from inventory.queries.search import NAMED
from itops.api.asked import conditions
from itops.api.columns import Endpoint
from itops.database.conditions import asked_pairs, at_an_end, same, with_its_pairs, written_in
from itops.database.statements import rows, run
from itops.extras.custom_fields import Holds
from tests.support.county import County

TEXTS = st.text(st.sampled_from("电脑办公 aA1-'\\%_&|!:*()\n"), max_size=12)
WORDS = st.text(st.sampled_from("电脑办公aA1-'\\%_&|!:*()"), min_size=1, max_size=6)


def plan(queryset: object) -> str:
    run("SET LOCAL enable_seqscan = off", {})
    return str(queryset.order_by().explain())  # type: ignore[attr-defined]


def test_a_two_character_word_uses_the_index(county: County) -> None:
    assert "asset_words" in plan(Asset.objects.filter(with_its_pairs("电脑", "name", "location")))


def test_one_character_uses_it_too(county: County) -> None:
    assert "asset_words" in plan(Asset.objects.filter(with_its_pairs("电", "name", "location")))


def test_the_ends_of_a_number_use_their_indexes(county: County) -> None:
    used = plan(Asset.objects.filter(at_an_end("ah-0", "tag")))
    assert "asset_tag_begins" in used
    assert "asset_tag_ends" in used


def test_a_whole_number_is_found_in_either_case(county: County) -> None:
    asset = Asset.objects.order_by("pk")[0]
    found = Asset.objects.filter(same(asset.tag.lower(), "tag"))
    assert list(found) == [asset]
    assert "asset_tag_begins" in plan(found)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("serial=PF1", "asset_serial_begins"),
        ("serial__ie=pf1", "asset_serial_begins"),
        ("serial__isw=pf", "asset_serial_begins"),
        ("serial__iew=91", "asset_serial_ends"),
        ("tag__isw=ah-yx", "asset_tag_begins"),
        ("whole_id=1", "asset_whole"),
        ("condition=in_storage", "asset_worst_not_in_use"),
    ],
)
def test_what_is_rare_has_an_index_that_the_interface_uses(county: County, query: str, index: str) -> None:
    """By itself: of a small table with a reader's places any index will do."""
    name, text = query.split("=")
    known = {one.name: one for one in conditions(Endpoint.of(ASSETS), county.users["county_administrator"])}
    assert index in plan(Asset.objects.filter(known[name].rows([text]), archived=False))


def test_own_fields_have_an_index_of_those_that_hold_any(county: County) -> None:
    asset = Asset.objects.order_by("pk")[0]
    Asset.objects.filter(pk=asset.pk).update(custom={"room": "101"})
    found = Holds(field_name="room").filter(Asset.objects.all(), "101")
    assert list(found) == [asset]
    assert "asset_own_fields" in plan(found)


@pytest.mark.django_db
@given(TEXTS, WORDS)
def test_pairs_find_a_word_exactly_where_it_is(text: str, word: str) -> None:
    """The index alone finds at least all texts in which the word is, whatever characters it is made of."""
    [(found,)] = rows(
        "SELECT itops_pairs(%(text)s) @@ %(pairs)s::tsquery", {"text": text, "pairs": asked_pairs(word)}
    )
    assert found or word.lower() not in text.lower()


@pytest.mark.django_db
def test_no_pair_goes_from_one_word_to_the_next() -> None:
    [(found,)] = rows("SELECT itops_pairs('办公 电脑') @@ %(pairs)s::tsquery", {"pairs": asked_pairs("公电")})
    assert not found


def test_both_ways_of_looking_find_the_same(county: County) -> None:
    for word in ("电脑", "脑", "%", "_", "'", "Computer", "二楼"):
        by_index = set(Asset.objects.filter(with_its_pairs(word, *NAMED), written_in(word, *NAMED)))
        assert by_index == set(Asset.objects.filter(written_in(word, *NAMED)))


def test_percent_and_underscore_are_letters(county: County) -> None:
    assert not Asset.objects.filter(at_an_end("%", "tag")).exists()
    assert not Asset.objects.filter(at_an_end("_", "tag")).exists()
