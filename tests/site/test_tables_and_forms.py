"""Tables sort and page without losing the reader's conditions; a form's error stands beside its field."""

import django_tables2 as tables
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import override


class Things(tables.Table):  # type: ignore[misc]
    pk = tables.CheckBoxColumn()
    name = tables.Column()
    price = tables.Column(attrs={"td": {"class": "num"}})

    def render_name(self, value: str) -> SafeString:
        return format_html("<a href='#'>{}</a>", value)


class Thing(forms.Form):
    serial = forms.CharField(help_text="On the back")
    probed = forms.BooleanField(required=False)


def shown(request: HttpRequest, count: int = 60) -> str:
    request.user = AnonymousUser()
    table = Things([{"pk": n, "name": f"<{n}>", "price": n} for n in range(count)])
    tables.RequestConfig(request, paginate={"per_page": 25}).configure(table)
    source = Template("{% load render_table from django_tables2 %}{% render_table table %}")
    with override("en"):
        return source.render(Context({"table": table, "request": request}))


def test_sorting_says_its_direction_keeps_conditions_and_starts_at_page_one(rf: RequestFactory) -> None:
    page = shown(rf.get("/", {"q": "x", "sort": "name", "page": "2"}))
    assert page.count("aria-sort") == 1
    assert 'aria-sort="ascending"><a href="?q=x&amp;sort=-name"' in page


def test_the_pager_says_where_one_is(rf: RequestFactory) -> None:
    page = shown(rf.get("/", {"page": "2", "q": "x"}))
    assert "26 to 50 of 60" in page
    assert 'rel="prev" href="?q=x&amp;page=1"' in page
    assert 'rel="next" href="?q=x&amp;page=3"' in page


def test_cells_carry_their_columns_class_and_are_escaped(rf: RequestFactory) -> None:
    page = shown(rf.get("/"))
    assert '<td class="num">0</td>' in page
    assert "&lt;1&gt;" in page
    assert "<1>" not in page


def test_an_empty_table_is_a_sentence(rf: RequestFactory) -> None:
    page = shown(rf.get("/"), count=0)
    assert "Nothing meets these conditions." in page
    assert "<table" not in page


def test_the_tick_box_of_the_head_is_not_shown_as_text(rf: RequestFactory) -> None:
    assert '<th scope="col"><input type="checkbox" /></th>' in shown(rf.get("/"))


def test_an_error_stands_beside_its_field_and_is_pointed_at() -> None:
    with override("en"):
        page = Template("{% load looks %}{% form_fields form %}").render(Context({"form": Thing({})}))
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_serial_helptext id_serial_error"' in page
    assert 'id="id_serial_error"><li>This field is required.' in page
    assert 'id="id_serial_helptext">On the back' in page


def test_a_tick_box_stands_before_its_label() -> None:
    page = Template("{% load looks %}{% form_fields form %}").render(Context({"form": Thing()}))
    assert '<div class="field tick">' in page
