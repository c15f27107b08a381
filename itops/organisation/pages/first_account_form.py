"""The form of the first account."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from itops.organisation.actions.first_steps import AlreadySetUp, open_first_account
from itops.organisation.models import Place, User
from itops.organisation.pages.set_up import ACTOR

NEW = {"autocomplete": "new-password"}


class FirstAccountForm(forms.Form):
    name = forms.CharField(label=_("your name"), max_length=40)
    post = forms.CharField(label=_("post"), max_length=60, required=False)
    username = forms.CharField(
        label=_("account name"),
        max_length=150,
        validators=[User.username_validator],
        help_text=_("For signing in: letters, digits and @/./+/-/_ only."),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("password"),
        strip=False,
        widget=forms.PasswordInput(attrs=NEW),
        help_text=_("At least 10 characters, not one of the common ones."),
    )
    again = forms.CharField(label=_("password again"), strip=False, widget=forms.PasswordInput(attrs=NEW))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        password = given.get("password")
        if password and given.get("again") and password != given["again"]:
            self.add_error("again", _("The two passwords differ."))
        elif password:
            self._judge(password, User(username=given.get("username", ""), first_name=given.get("name", "")))
        return given

    def open(self, county: Place, *, language: str) -> User | None:
        """The account, or None with the form saying what is wrong."""
        given = self.cleaned_data
        try:
            return open_first_account(
                by=ACTOR,
                county=county,
                username=given["username"],
                password=given["password"],
                name=given["name"],
                post=given["post"],
                language=language,
            )
        except AlreadySetUp:
            self.add_error(None, _("Somebody has just opened the first account. Please sign in."))
        except ValidationError as wrong:
            self.add_error(None, wrong)
        return None

    def _judge(self, password: str, user: User) -> None:
        try:
            password_validation.validate_password(password, user)
        except ValidationError as weak:
            self.add_error("password", weak)
