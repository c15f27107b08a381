"""A model's figures are read and typed by their names in the reader's language, never as JSON."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from inventory.models import DeviceModel, Manufacturer
from inventory.models.catalogue import FIGURE_NAMES, SpecificationField
from itops.crud.figures import FiguresField
from tests.support.county import County
from tests.support.pages import Visit, county, text_of, visit

__all__ = ["county", "visit"]

WHO = "county_administrator"
KNOWN = {"memory_mb": 16_384, "u_height": 0.5, "full_depth": False}


def field() -> FiguresField:
    made = SpecificationField(blank=True).formfield()
    assert isinstance(made, FiguresField)
    return made


def added(visit: Visit, text: str) -> tuple[int, str]:
    """The answer to a new model with this specification."""
    maker = Manufacturer.objects.first()
    assert maker is not None
    data = {"manufacturer": maker.pk, "name": "ProDesk 600", "specification": text}
    answer = visit(WHO, reverse("inventory:devicemodel_add"), data=data, language="en")
    return answer.status_code, text_of(answer)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_is_shown_in_the_form_is_read_back_unchanged(language: str) -> None:
    with override(language):
        shown = field().prepare_value(KNOWN)
        assert field().clean(shown) == KNOWN
        assert all(str(name) in shown for name in FIGURE_NAMES.values())


def test_either_colon_and_the_words_of_officials_are_read() -> None:
    with override("zh-hans"):
        assert field().clean(
            "内存（MB）：8192\n\n硬盘（GB）: 512\n占满机柜深度（是或否）：是\n重量（kg）："
        ) == {
            "memory_mb": 8192,
            "disk_gb": 512,
            "full_depth": True,
        }


def test_the_page_shows_only_what_is_known() -> None:
    with override("zh-hans"):
        shown = SpecificationField().in_words({"full_depth": True, "u_height": 1.0})
        assert shown == "高度（U）：1\n占满机柜深度（是或否）：是"


def test_a_clerk_types_figures_and_saves(county: County, visit: Visit) -> None:
    assert added(visit, "Memory (MB): 8192\nDisk (GB):")[0] == 302
    assert DeviceModel.objects.filter(specification={"memory_mb": 8192}).exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Wings: 2", "“Wings: 2” does not begin with one of the names and a colon."),
        ("Memory (MB) 8192", "does not begin with one of the names"),
        ("Memory (MB): much", "“Memory (MB)” must be a number."),
        ("Memory (MB): 0.5", "“Memory (MB)” must be a whole number."),
        ("Full depth (yes or no): 1", "“Full depth (yes or no)” must be true or false."),
        ("Weight (kg): nan", "“Weight (kg)” must be a number."),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_field(
    text: str, said: str, county: County, visit: Visit
) -> None:
    status, page = added(visit, text)
    assert status == 422
    assert said in page
    assert text in page


def test_the_change_record_says_them_in_words_too(county: County, visit: Visit) -> None:
    added(visit, "Memory (MB): 8192")
    page = text_of(visit(WHO, reverse("changes") + "?sort=inventory.devicemodel"))
    assert "内存（MB）：8192" in page
    assert "memory_mb" not in page
