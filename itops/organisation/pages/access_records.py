"""Who viewed or exported personal data, for auditors, with conditions."""

from datetime import datetime, timedelta

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from itops.organisation.models import AccessRecord, User
from itops.organisation.scope import demand_somewhere, signed_in, visible

VIEW = "organisation.view_accessrecord"
PAGE_SIZE = 50
WORDS = {
    "accounts": _("list of accounts"),
    "account": _("an account"),
    "people": _("list of people"),
    "person": _("a person"),
    "skills": _("posts and skills"),
    "training": _("training record"),
    "training log": _("sealed training log"),
    "access_records": _("record of looks at personal data"),
}


class Conditions(forms.Form):
    q = forms.CharField(label=_("who looked, or of whom"), required=False)
    act = forms.ChoiceField(
        label=_("act"), choices=[("", _("all")), *AccessRecord.Act.choices], required=False
    )
    since = forms.DateField(
        label=_("from"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), required=False
    )
    until = forms.DateField(
        label=_("to"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), required=False
    )


def access_records(request: HttpRequest) -> HttpResponse:
    """The latest first; conditions that cannot be read are left out and said."""
    form = Conditions(request.GET)
    page = Paginator(chosen(request, form), PAGE_SIZE).get_page(request.GET.get("page"))
    rows = [(record, said_of(record)) for record in page]
    return render(request, "organisation/access_records.html", {"page": page, "rows": rows, "form": form})


def chosen(request: HttpRequest, form: Conditions) -> QuerySet[AccessRecord]:
    """Those that meet the conditions which can be read."""
    user = signed_in(request)
    demand_somewhere(user, VIEW)
    form.is_valid()
    found = _chosen(visible(AccessRecord.objects.all(), user, VIEW), form.cleaned_data)
    return found.select_related("user__person", "place")


def said_of(record: AccessRecord) -> str:
    """What was looked at, in words."""
    return str(WORDS.get(record.what, record.what))


def _chosen(records: QuerySet[AccessRecord], given: dict[str, object]) -> QuerySet[AccessRecord]:
    word, act, since, until = (given.get(name) for name in ("q", "act", "since", "until"))
    if word:
        names = Q(username__icontains=word) | Q(person__name__icontains=word)
        records = records.filter(Q(of_whom__icontains=word) | Q(user__in=User.objects.filter(names)))
    if act:
        records = records.filter(act=act)
    if since:
        records = records.filter(when__gte=_midnight(since))
    return records.filter(when__lt=_midnight(until) + timedelta(days=1)) if until else records


def _midnight(day: object) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))  # type: ignore[arg-type]
