"""The form by which people add and edit a record: its fields, which row version they saw, and why they change it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Self

from django import forms
from django.db import models
from django.forms import ModelForm, modelform_factory
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from itops.audit.wording import without_unit
from itops.crud.own_columns import has_own
from itops.crud.references import MOST_TO_PICK_FROM, NamedChoiceField
from itops.crud.resource import Resource
from itops.crud.yuan import YuanField
from itops.extras.custom_fields import custom_fields, form_fields, values_from
from itops.extras.models import CustomField
from itops.organisation.models import Place, User
from itops.organisation.scope import visible


class LinesField(forms.CharField):
    """Text of several lines; browsers send other ends of lines than are kept, which changes nothing."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text and text.replace("\r\n", "\n")


class RecordForm(ModelForm):  # type: ignore[type-arg]
    """
    `version` is the row's when the form was shown; `change_reason` goes to the change record.

    The county's own fields follow the model's; `derive` writes what follows from others.
    """

    own: Sequence[CustomField] = ()
    derive: Callable[[Any], None] | None = None

    version = forms.CharField(required=False, widget=forms.HiddenInput)
    change_reason = forms.CharField(
        label=_("Reason for the change"),
        max_length=200,
        required=False,
        help_text=_("Stands in the change record."),
    )

    def add_own(self, user: User) -> Self:
        """The county's own fields, filled with what is recorded, before the reason."""
        values = self.instance.custom if self.own and self.instance.pk else None
        reason = self.fields.pop("change_reason")
        self.fields |= {**form_fields(self.own, user, values), "change_reason": reason}
        return self

    def save(self, commit: bool = True) -> Any:
        if self.own:
            self.instance.custom = values_from(self.own, self.cleaned_data, self.instance.custom)
        if self.derive is not None:
            self.derive(self.instance)
        return super().save(commit)


def record_form(resource: Resource, user: User) -> Callable[..., RecordForm]:
    """Makes the form of a resource for this account: what may be referred to depends on who asks."""
    names = [name for name in resource.fields if resource.model._meta.get_field(name).editable]
    form: Any = modelform_factory(
        resource.model, form=RecordForm, fields=names, formfield_callback=_made_for(resource, user)
    )
    form.own = custom_fields(resource.model) if has_own(resource.model) else ()
    form.derive = staticmethod(resource.derive) if resource.derive else None
    return partial(_filled, form, user)


def _filled(form: type[RecordForm], user: User, *given: Any, **more: Any) -> RecordForm:
    return form(*given, **more).add_own(user)


def _made_for(resource: Resource, user: User) -> Any:
    def form_field(field: models.Field[Any, Any], **options: Any) -> forms.Field | None:
        return field_for(field, resource, user, **options)

    return form_field


def field_for(
    field: models.Field[Any, Any], resource: Resource, user: User, **options: Any
) -> forms.Field | None:
    """The form field of a model's field."""
    if isinstance(field, models.ForeignKey):
        return _reference(field, user, resource.referred.get(label_of(field)))
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        options["widget"] = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    if is_money(field):
        return _in_yuan(field)
    if isinstance(field, models.TextField):
        options |= {"form_class": LinesField, "widget": forms.Textarea(attrs={"rows": 3})}
    return field.formfield(**options)


def is_money(field: models.Field[Any, Any]) -> bool:
    """Whether whole fen are kept in it by a plain number; a field that knows of money makes its own form field."""
    return field.name.endswith("_fen") and type(field) is models.BigIntegerField


def _in_yuan(field: models.Field[Any, Any]) -> YuanField:
    return YuanField(
        label=capfirst(without_unit(str(field.verbose_name), field.name)),
        required=not (field.blank or field.has_default()),
        help_text=field.help_text or _("in yuan"),
        initial=field.get_default() if field.has_default() else None,
        validators=field.validators,
    )


def _reference(
    field: "models.ForeignKey[Any, Any]", user: User, target: Resource | None
) -> forms.Field | None:
    options = {
        "label": capfirst(field.verbose_name),
        "required": not field.blank,
        "help_text": field.help_text,
        "queryset": offered(field, user, target),
    }
    if target is None or not _many(options["queryset"]):
        return forms.ModelChoiceField(**options)
    named = NamedChoiceField(natural=target.natural, **options)
    named.widget.attrs |= {"data-suggest": target.url("suggest"), "autocomplete": "off"}
    return named


def label_of(field: Any) -> str:
    """Which model a foreign key leads to, as resources are named."""
    return str(field.remote_field.model._meta.label_lower)


def offered(field: "models.ForeignKey[Any, Any]", user: User, target: Resource | None) -> Any:
    """What the account may refer to: what it may see, without what is archived."""
    if target is None:
        if field.remote_field.model is Place:
            return visible(Place.objects.all(), user, "organisation.view_place", place="")
        return field.remote_field.model._default_manager.all()
    found = target.visible(user)
    return found.filter(archived=False) if target.archives else found


def _many(queryset: Any) -> bool:
    return len(queryset.order_by().values_list("pk")[: MOST_TO_PICK_FROM + 1]) > MOST_TO_PICK_FROM
