"""Forms of the work calendar's pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from itops.organisation.models import CalendarDay, WorkCalendar

WEEKDAYS = [
    (1, _("Monday")),
    (2, _("Tuesday")),
    (3, _("Wednesday")),
    (4, _("Thursday")),
    (5, _("Friday")),
    (6, _("Saturday")),
    (7, _("Sunday")),
]


def _time() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class HoursForm(forms.ModelForm[WorkCalendar]):
    weekdays = forms.TypedMultipleChoiceField(
        label=_("weekdays"), choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = WorkCalendar
        fields = ["name", "weekdays", "opens", "closes", "break_starts", "break_ends"]
        widgets = {"opens": _time(), "closes": _time(), "break_starts": _time(), "break_ends": _time()}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        opens, closes = given.get("opens"), given.get("closes")
        starts, ends = given.get("break_starts"), given.get("break_ends")
        if opens and closes and opens >= closes:
            self.add_error("closes", _("The office must close after it opens."))
        elif bool(starts) != bool(ends):
            self.add_error("break_ends", _("Give both ends of the break, or neither."))
        elif opens and closes and starts and ends and not opens <= starts < ends <= closes:
            self.add_error("break_ends", _("The break must lie within the office hours."))
        return given


class DayForm(forms.Form):
    day = forms.DateField(label=_("day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    open = forms.TypedChoiceField(
        label=_("the office is"),
        choices=[(False, _("closed: a holiday")), (True, _("open: a make-up day"))],
        coerce=lambda value: value == "True",
    )
    note = forms.CharField(
        label=_("note"), max_length=CalendarDay._meta.get_field("note").max_length, required=False
    )
