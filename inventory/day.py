"""A day that a person names on the command line: one that has been, and that a policy covers."""

from argparse import ArgumentTypeError
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from inventory.marks.policy import PolicyError, policy_for


def judgeable_day(text: str) -> date:
    """YYYY-MM-DD; ArgumentTypeError in one sentence when nothing can be judged on that day."""
    try:
        day = date.fromisoformat(text)
        policy_for(day)
    except PolicyError as error:
        raise ArgumentTypeError(_("No policy was in force on %(day)s.") % {"day": text}) from error
    except ValueError as error:
        raise ArgumentTypeError(_("%(day)s is no day; write YYYY-MM-DD.") % {"day": text}) from error
    if day > timezone.localdate():
        raise ArgumentTypeError(_("%(day)s has not been yet.") % {"day": text})
    return day
