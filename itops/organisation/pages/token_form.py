"""The form of a new API token."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from itops.organisation.actions.tokens import make_token, read_networks
from itops.organisation.models import Place, Token, User
from itops.organisation.scope import visible

DAYS = [
    ("30", _("in 30 days")),
    ("90", _("in 90 days")),
    ("365", _("in a year")),
    ("", _("never")),
]


class TokenForm(forms.Form):
    name = forms.CharField(label=_("what it is for"), max_length=80)
    days = forms.ChoiceField(label=_("expires"), choices=DAYS, initial="90", required=False)
    read_only = forms.BooleanField(label=_("read only"), initial=True, required=False)
    place = forms.ModelChoiceField(
        Place.objects.none(),
        label=_("only for this place and what lies under it"),
        empty_label=_("everything the account may see"),
        required=False,
    )
    networks = forms.CharField(
        label=_("allowed networks"),
        help_text=_("For example 10.1.0.0/16, 10.2.3.4. Empty: from everywhere."),
        required=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        seen = visible(Place.objects.all(), user, "organisation.view_place", place="")
        self.fields["place"].queryset = seen.order_by("path")  # type: ignore[attr-defined]

    def clean_networks(self) -> list[str]:
        try:
            return read_networks(self.cleaned_data["networks"].replace(",", " ").split())
        except ValidationError as wrong:
            raise ValidationError(wrong.messages) from wrong

    def make(self) -> tuple[Token, str]:
        """The token and its key."""
        given = self.cleaned_data
        return make_token(
            user=self.user,
            name=given["name"],
            expires=_in_days(given["days"]),
            read_only=given["read_only"],
            place=given["place"],
            networks=given["networks"],
        )


def _in_days(days: str) -> datetime | None:
    return timezone.now() + timedelta(days=int(days)) if days else None
