"""How far the effect of training is looked at is offered in the reader's language."""

from django.utils.translation import override

from workforce.pages.effects import MonthsForm


def test_months_are_named_in_the_language_of_the_reader() -> None:
    with override("en"):
        assert "12 months" in str(MonthsForm()["months"])
    with override("zh-hans"):
        assert "12 个月" in str(MonthsForm()["months"])
