"""Why something about training is refused, in sentences."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from itops.organisation.models import Person
from workforce.schemes.validity import Unsigned, Wrong

WRONG = {
    Wrong.NO_HOURS: _("no hours are given"),
    Wrong.NO_LENGTH: _("the session ends before it begins"),
    Wrong.FUTURE: _("the session is not over yet"),
    Wrong.NOT_EMPLOYED: _("the person was not employed that day"),
    Wrong.LONGER_THAN_SESSION: _("more hours than the session had (a training hour has at least 45 minutes)"),
    Wrong.OVERLAP: _("the person sits in another session at that time"),
    Wrong.DAY_TOO_LONG: _("the person would have more than 24 hours that day"),
}
UNSIGNED = {
    Unsigned.NOT_THE_TRAINEE: _("Only the trainee signs for the trainee."),
    Unsigned.APPROVER_IS_TRAINEE: _("Nobody approves hours of one’s own."),
    Unsigned.APPROVER_RECORDED: _("Whoever wrote the entry down cannot approve it."),
    Unsigned.SIGNED_ALREADY: _("This has been signed already."),
    Unsigned.REVERSED: _("The entry was reversed: nothing is to be signed any more."),
}


def of_person(person: Person, codes: Iterable[Wrong]) -> list[ValidationError]:
    """One sentence a reason, with the name of whom it is about."""
    return [
        ValidationError(
            _("%(name)s: %(reason)s."), code=code.value, params={"name": person.name, "reason": WRONG[code]}
        )
        for code in codes
    ]


def of_signature(code: Unsigned) -> ValidationError:
    return ValidationError(UNSIGNED[code], code=code.value)
