"""What a password must not be, beyond Django's own rules; and a first password that can be read out."""

import secrets
import unicodedata

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from itops.organisation.models import User
from itops.organisation.pinyin import run_together

LEAST = 3  # shorter names occur in words by chance
# Without characters that look or sound alike.
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_LENGTH = 4, 4


class LongEnough(MinimumLengthValidator):
    """Says so in the reader's language; Django's own sentence has no Chinese."""

    def get_error_message(self) -> str:
        said = ngettext(
            "The password is too short: it needs %(count)s character at least.",
            "The password is too short: it needs %(count)s characters at least.",
            self.min_length,
        )
        return said % {"count": self.min_length}


class NotTheName:
    """Refuses passwords that contain the account's name or the person's, in characters or pinyin."""

    def validate(self, password: str, user: User | None = None) -> None:
        plain = _plain(password)
        if user and any(len(name) >= LEAST and name in plain for name in map(_plain, _names(user))):
            raise ValidationError(_("The password contains a name."), code="password_contains_name")

    def get_help_text(self) -> str:
        return _("Your password must not contain your name.")


def first_password() -> str:
    """About 78 random bits in four groups, to be changed at the first sign-in."""
    return "-".join("".join(secrets.choice(READABLE) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))


def _names(user: User) -> list[str]:
    person = user.person.name if user.person else user.get_full_name()
    return [user.username, person, run_together(person)]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
