"""A form's fields as HTML: what Django's templates would write of the usual widgets, made in one go.

Through the templates of each widget the conditions of a list, or the three forms on an asset's page, took as long as
everything else there. A widget that is not among the usual ones is still rendered by Django.
"""

from collections.abc import Collection, Mapping
from html import escape

from django.forms import BaseForm, BoundField, CheckboxInput, RadioSelect, Select, Textarea
from django.forms.widgets import Input
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from itops.crud.looks import icon

Attributes = Mapping[str, str | bool]


def widget(field: BoundField, placeholder: object = "") -> SafeString:
    """A form's widget with the theme's class; with aria-invalid and aria-describedby where Django adds them."""
    attrs: dict[str, str | bool] = {"class": _css_class(field)} if not field.use_fieldset else {}
    if placeholder:
        attrs["placeholder"] = str(placeholder)
    kind = type(field.field.widget)
    if kind is Select:
        return _select(field, attrs)
    if issubclass(kind, Textarea):
        return _textarea(field, attrs)
    if kind is RadioSelect:
        return _radios(field, attrs)
    if issubclass(kind, Input) and kind.get_context in (Input.get_context, CheckboxInput.get_context):
        return _input(field, attrs)  # not a password's, which never tells what was typed
    return field.as_widget(attrs=attrs)


def form_field(field: BoundField) -> SafeString:
    """A field with its label, its errors and its help. Django points aria-describedby at the ids of the last two."""
    if field.is_hidden:
        return _input(field, {})
    ticked = isinstance(field.field.widget, CheckboxInput)
    shown = _ticked(field) if ticked else _labelled(field)
    return SafeString(
        f'<div class="field{" tick" if ticked else ""}">{shown}{_errors(field)}{_help(field)}</div>'
    )


def form_fields(form: BaseForm) -> SafeString:
    """The form's own errors, then all its fields."""
    errors = "".join(
        f'<div class="notice notice-error" role="alert">{icon("warning")}<span>{escape(str(one))}</span></div>'
        for one in form.non_field_errors()
    )
    notices = f'<div class="notices mb-3">{errors}</div>' if errors else ""
    return SafeString(notices + "".join([form_field(field) for field in form]))


def _ticked(field: BoundField) -> str:
    return f'<label for="{field.id_for_label}">{widget(field)}{_label(field)}</label>'


def _labelled(field: BoundField) -> str:
    required = field.field.required
    optional = "" if required else f' <span class="optional">{escape(_("optional"))}</span>'
    label = f"{_label(field)}{optional}"
    if not field.use_fieldset:
        return f'<label for="{field.id_for_label}">{label}</label>{widget(field)}'
    described = field.aria_describedby
    by = f' aria-describedby="{described}"' if described else ""
    return f"<fieldset{by}><legend>{label}</legend>{widget(field)}</fieldset>"


def _label(field: BoundField) -> str:
    """Fields of hand-written forms begin as those of models do: with a capital."""
    return escape(capfirst(str(field.label)))


def _errors(field: BoundField) -> str:
    if not field.errors:
        return ""
    lines = "".join(f"<li>{escape(str(error))}</li>" for error in field.errors)
    return f'<ul class="field-error" id="{field.auto_id}_error">{lines}</ul>'


def _help(field: BoundField) -> str:
    if not field.help_text:
        return ""
    return f'<div class="help" id="{field.auto_id}_helptext">{conditional_escape(field.help_text)}</div>'


def _select(field: BoundField, attrs: Attributes) -> SafeString:
    chosen = _chosen(field) or {""}
    options = "".join([_option(value, name, chosen) for value, name in field.field.widget.choices])
    return SafeString(f'<select name="{field.html_name}"{_attributes(field, attrs)}>{options}</select>')


def _option(value: object, name: object, chosen: Collection[str]) -> str:
    if isinstance(name, list | tuple):
        inside = "".join([_option(each, its_name, chosen) for each, its_name in name])
        return f'<optgroup label="{escape(str(value))}">{inside}</optgroup>'
    told = "" if value is None else str(value)
    selected = " selected" if told in chosen else ""
    return f'<option value="{escape(told)}"{selected}>{escape(str(name))}</option>'


def _radios(field: BoundField, attrs: Attributes) -> SafeString:
    chosen, own = _chosen(field), _built(field, attrs)
    key = own.pop("id", "")
    shown = "".join(
        _radio(field, own, f"{key}_{place}", str(value), name, chosen)
        for place, (value, name) in enumerate(field.field.widget.choices)
    )
    return SafeString(f'<div id="{key}">{shown}</div>')


def _radio(
    field: BoundField, own: Attributes, key: str, value: str, name: object, chosen: Collection[str]
) -> str:
    checked = {"checked": True} if value in chosen else {}
    box = f'<input type="radio" name="{field.html_name}" value="{escape(value)}"'
    told = _written({**own, **checked, "id": key})
    return f'<div><label for="{key}">{box}{told}> {escape(str(name))}</label></div>'


def _chosen(field: BoundField) -> set[str]:
    return {str(value) for value in field.field.widget.format_value(field.value()) or []}


def _textarea(field: BoundField, attrs: Attributes) -> SafeString:
    value = field.field.widget.format_value(field.value())
    said = "" if value is None else escape(str(value))
    return SafeString(f'<textarea name="{field.html_name}"{_attributes(field, attrs)}>\n{said}</textarea>')


def _input(field: BoundField, attrs: Attributes) -> SafeString:
    kind, value = field.field.widget, field.value()
    checked = {"checked": True} if isinstance(kind, CheckboxInput) and kind.check_test(value) else {}
    told = kind.format_value(value)
    said = "" if told is None else f' value="{escape(str(told))}"'
    own = _attributes(field, {**attrs, **checked})
    return SafeString(f'<input type="{kind.input_type}" name="{field.html_name}"{said}{own}>')


def _attributes(field: BoundField, attrs: Attributes) -> str:
    return _written(_built(field, attrs))


def _built(field: BoundField, attrs: Attributes) -> dict[str, str | bool]:
    kind = field.field.widget
    own = {**attrs} if kind.attrs.get("id") or not field.auto_id else {**attrs, "id": field.auto_id}
    built: dict[str, str | bool] = kind.build_attrs(kind.attrs, field.build_widget_attrs(own, kind))
    return built


def _written(attributes: Attributes) -> str:
    return "".join([_attribute(name, value) for name, value in attributes.items() if value is not False])


def _attribute(name: str, value: object) -> str:
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'


def _css_class(field: BoundField) -> str:
    kind = field.field.widget
    if isinstance(kind, CheckboxInput):
        own = "form-check-input m-0"
    else:
        own = "form-select" if isinstance(kind, Select) else "form-control"
    return f"{kind.attrs.get('class', '')} {own}".strip()
