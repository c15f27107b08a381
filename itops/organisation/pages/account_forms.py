"""Forms of accounts: whose it is, where it is kept, which role it holds where."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from itops.organisation.actions.managing import ADD, CHANGE, GIVE
from itops.organisation.models import Level, Office, Person, Place, Role, User
from itops.organisation.scope import granted_paths, visible

ADD_PERSON = "organisation.add_person"


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in its stubs alone
    """Places as a tree: the deeper, the further in."""

    def label_from_instance(self, obj: Place) -> str:
        return "　" * (obj.level - Level.PROVINCE) + str(obj)


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """People with their office, sorted by pinyin."""

    def label_from_instance(self, obj: Person) -> str:
        return f"{obj} · {obj.office}"


class AccountForm(forms.Form):
    """An account that is there."""

    username = forms.CharField(
        label=_("account name"),
        max_length=150,
        validators=[User.username_validator],
        help_text=_("For signing in: letters, digits and @/./+/-/_ only."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    place = PlaceField(
        Place.objects.none(),
        label=_("place"),
        help_text=_("Who looks after the accounts of this place looks after this one."),
    )
    person = PersonField(Person.objects.none(), label=_("person"), required=False)

    def __init__(self, *args: Any, by: User, account: User | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.account = by, account
        self.fields["place"].queryset = places(by, CHANGE if account else ADD)  # type: ignore[attr-defined]
        self.fields["person"].queryset = _people(by, account)  # type: ignore[attr-defined]


class NewAccountForm(AccountForm):
    """A new account, whose person may be new too, with a first role where the reader may give it."""

    name = forms.CharField(
        label=_("name of a new person"),
        max_length=40,
        required=False,
        help_text=_("Where the person is not in the list above."),
    )
    office = forms.ModelChoiceField(
        Office.objects.none(), label=_("office of the new person"), required=False
    )
    role = forms.ModelChoiceField(
        Role.objects.none(),
        label=_("role"),
        required=False,
        help_text=_("Over the account's place. More can be given on the account's page."),
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        offices = visible(Office.objects.all(), by, ADD_PERSON)
        self.fields["office"].queryset = offices  # type: ignore[attr-defined]
        if granted_paths(by, GIVE):
            self.fields["role"].queryset = Role.objects.all()  # type: ignore[attr-defined]
        else:
            del self.fields["role"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("person") and given.get("name"):
            self.add_error("name", _now("Choose a person or write a new name, not both."))
        elif bool(given.get("name")) != bool(given.get("office")):
            self.add_error("office", _now("A new person needs a name and an office."))
        return given


class GrantForm(forms.Form):
    """A role over a place."""

    role = forms.ModelChoiceField(Role.objects.all(), label=_("role"))
    place = PlaceField(Place.objects.none(), label=_("over"))

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places(by, GIVE)  # type: ignore[attr-defined]


def places(by: User, permission: str) -> QuerySet[Place]:
    """Where somebody holds a permission, as a tree."""
    return visible(Place.objects.all(), by, permission, place="").order_by("path")


def _people(by: User, account: User | None) -> QuerySet[Person]:
    """Those in scope who have no account yet, and whoever has this one."""
    seen = visible(Person.objects.filter(archived=False), by, "organisation.view_person", "office__place")
    without = Q(user=None) | Q(user=account) if account else Q(user=None)
    return seen.filter(without).select_related("office").order_by("pinyin", "id")
