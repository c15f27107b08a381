"""Our quick way writes of every usual widget exactly what Django's templates would, with the theme's class."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from itops.crud.widgets import widget

SORTS = [("", "–"), ("a", "One & only"), ("b", "<Two>")]
GROUPED = [("First", [("a", "A")]), ("Second", [("b", "B"), ("c", "C")])]


class Everything(forms.Form):
    text = forms.CharField(help_text="On the back", max_length=20)
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), required=False)
    day = forms.DateField(widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    number = forms.IntegerField(min_value=1, required=False)
    money = forms.DecimalField(max_digits=9, decimal_places=2, localize=True, required=False)
    ticked = forms.BooleanField(required=False)
    sort = forms.ChoiceField(choices=SORTS, required=False)
    grouped = forms.ChoiceField(choices=GROUPED)
    one = forms.ChoiceField(choices=SORTS[1:], widget=forms.RadioSelect, help_text="One of them")
    several = forms.MultipleChoiceField(choices=SORTS[1:], widget=forms.CheckboxSelectMultiple)
    listed = forms.MultipleChoiceField(choices=SORTS[1:])
    password = forms.CharField(widget=forms.PasswordInput)
    file = forms.FileField(required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


class Told(HTMLParser):
    """What a browser reads of a piece of HTML, whatever its white space."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.read: list[object] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.read.append((tag, sorted((name, value or "") for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.read.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.read.append(data.strip())


def same(field: forms.BoundField) -> bool:
    theme = widget(field)
    attrs: dict[str, str | bool] = {} if field.use_fieldset else {"class": _css_class(theme)}
    return Told(theme).read == Told(field.as_widget(attrs=attrs)).read


def _css_class(html: str) -> str:
    found = re.search(r'class="([^"]*)"', html)
    assert found
    return found[1]


FIELDS = sorted(Everything.base_fields)


@pytest.mark.parametrize("name", FIELDS)
def test_of_an_empty_form(name: str) -> None:
    assert same(Everything()[name])


@pytest.mark.parametrize("name", FIELDS)
def test_of_a_form_with_errors(name: str) -> None:
    assert same(Everything({})[name])


@pytest.mark.parametrize("name", FIELDS)
def test_of_a_form_with_first_values(name: str) -> None:
    first = {"text": "a", "day": date(2026, 11, 2), "ticked": True, "sort": "b", "one": "b", "money": 3}
    assert same(Everything(initial=first)[name])


@given(
    st.fixed_dictionaries(
        {
            "text": st.text(),
            "note": st.text(),
            "day": st.text(max_size=12),
            "number": st.integers().map(str) | st.text(max_size=5),
            "ticked": st.sampled_from(["on", "", "false"]),
            "sort": st.sampled_from(["", "a", "b", "z"]),
            "one": st.sampled_from(["", "a", "b", "z"]),
            "hidden": st.text(),
        }
    )
)
def test_of_whatever_was_typed(typed: dict[str, str]) -> None:
    form = Everything(typed)
    assert all(same(field) for field in form)


def test_a_password_is_never_told_back() -> None:
    assert "s3cret" not in widget(Everything({"password": "s3cret"})["password"])
