"""What an auditor types at the desk: a number to draw by, a checkpoint, and which part of the log to export."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from itops.organisation.models import Level, Place, User
from itops.organisation.scope import visible
from workforce.actions.log_export import EXPORT, Extent

LARGEST = 2**53 - 1
SIZES = re.compile(r"[\s,;，；、]+")
MOST_SIZES = 40
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class DrawForm(forms.Form):
    """`size` is how many entries are drawn from; without it those that the last checkpoint seals."""

    number = forms.IntegerField(
        label=gettext_lazy("a number that only you chose"), min_value=0, max_value=LARGEST
    )
    size = forms.IntegerField(label=gettext_lazy("drawn from the first"), min_value=1, required=False)


class PeriodForm(forms.Form):
    """From day to day; as it comes the last twelve months."""

    since = forms.DateField(label=gettext_lazy("from"), widget=DAY)
    until = forms.DateField(label=gettext_lazy("to"), widget=DAY)

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            raise ValidationError({"until": _("The end must lie after the beginning.")})


class CheckpointForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Signed checkpoint"),
        max_length=4000,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 4, "spellcheck": "false", "placeholder": "itops-checkpoint-1 …"}
        ),
    )


class ExportForm(forms.Form):
    """Everything, or what happened in a place from day to day."""

    place = forms.ModelChoiceField(label=gettext_lazy("Place"), queryset=Place.objects.none(), required=False)
    since = forms.DateField(label=gettext_lazy("from"), widget=DAY, required=False)
    until = forms.DateField(label=gettext_lazy("to"), widget=DAY, required=False)
    names = forms.BooleanField(label=gettext_lazy("with names and their salts"), required=False)
    evidence = forms.BooleanField(label=gettext_lazy("with evidence files"), required=False, initial=True)
    sizes = forms.CharField(
        label=gettext_lazy("Sizes of the checkpoints that you hold"),
        max_length=600,
        required=False,
        help_text=gettext_lazy("for a part of the log, so that the export connects them"),
    )

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["place"]
        assert isinstance(field, forms.ModelChoiceField)
        places = Place.objects.filter(level__in=(Level.COUNTY, Level.TOWNSHIP)).in_official_order()
        field.queryset = visible(places, user, EXPORT, place="")
        field.empty_label = _("the whole log")

    def clean_sizes(self) -> tuple[int, ...]:
        words = [word for word in SIZES.split(self.cleaned_data["sizes"]) if word]
        if len(words) > MOST_SIZES or not all(word.isascii() and word.isdecimal() for word in words):
            raise ValidationError(_("Write the numbers of entries, such as 12840, with spaces between."))
        return tuple(min(int(word), LARGEST) for word in words)

    def clean(self) -> None:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            raise ValidationError({"until": _("The end must lie after the beginning.")})

    def extent(self) -> Extent:
        given = self.cleaned_data
        return Extent(
            place=given["place"],
            since=given["since"],
            until=given["until"],
            names=given["names"],
            files=given["evidence"],
            sizes=given["sizes"],
        )
