"""The form of a webhook. Secret and headers are written, never shown again."""

import re
import secrets
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from itops.audit.models import Action
from itops.notify.addresses import refused
from itops.notify.models import SORTS, Webhook
from itops.notify.wording import reason
from itops.organisation.models import Place, User
from itops.organisation.scope import visible

HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,60}")
OURS = re.compile(r"(?i)(host|content-.*|transfer-encoding|connection|x-itops-.*)")


class WebhookForm(forms.ModelForm):  # type: ignore[type-arg]
    """New ones are offered a random secret; of those that are there, an empty field keeps what is stored."""

    url = forms.URLField(label=gettext_lazy("Address"), max_length=500, assume_scheme="https")
    sorts = forms.MultipleChoiceField(
        label=gettext_lazy("Changes of"), choices=SORTS, widget=forms.CheckboxSelectMultiple
    )
    actions = forms.MultipleChoiceField(
        label=gettext_lazy("When something is"), choices=Action.choices, widget=forms.CheckboxSelectMultiple
    )
    secret = forms.CharField(label=gettext_lazy("Secret"), min_length=16, max_length=200, required=False)
    headers = forms.CharField(
        label=gettext_lazy("Further headers"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Name: value, one on each line; not shown again once saved."),
    )

    class Meta:
        model = Webhook
        fields = ("name", "place", "url", "sorts", "actions", "secret", "headers", "enabled")

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = visible(Place.objects.all(), user, "notify.change_webhook", place="")
        self.fields["place"] = forms.ModelChoiceField(offered, label=gettext_lazy("Things in"))
        self.fields["secret"].help_text = _("Signs every delivery. Copy it now: it is not shown again.")
        if self.instance.pk:
            self.fields["secret"].help_text = _("Empty: the secret stays as it is.")
            self.fields["headers"].help_text = _(
                "Empty: the headers stay as they are. A single “-” removes them."
            )
        self.initial["secret"] = "" if self.instance.pk else secrets.token_urlsafe(32)
        self.initial["headers"] = ""

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or parts.username or parts.password:
            raise ValidationError(
                _("Write an address that begins with http:// or https://, without a password.")
            )
        why = _refused(parts.hostname or "")
        if why:
            raise ValidationError(reason(why))
        return url

    def clean_secret(self) -> str:
        given: str = self.cleaned_data["secret"]
        if given or self.instance.pk:
            return given or str(self.instance.secret)
        raise ValidationError(_("A new webhook needs a secret of at least 16 characters."))

    def clean_headers(self) -> str:
        given: str = self.cleaned_data["headers"].strip()
        if self.instance.pk and given in {"", "-"}:
            return "" if given else str(self.instance.headers or "")
        for line in filter(str.strip, given.splitlines()):
            name, colon, value = line.partition(":")
            usable = HEADER.fullmatch(name.strip()) and colon and value.strip().isprintable()
            if not usable or OURS.fullmatch(name.strip()):
                raise ValidationError(_("“%(name)s” cannot be a header here.") % {"name": name[:60]})
        return given


def _refused(host: str) -> str | None:
    """Why a host that is written as an address may not be called; names are looked at when they are called."""
    try:
        ip_address(host)
    except ValueError:
        return None
    return refused(host, never=settings.ITOPS_NEVER_CALL, loopback=settings.ITOPS_WEBHOOK_LOOPBACK)
