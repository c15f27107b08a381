"""A text field that is encrypted at rest with a key kept outside the database (Fernet: AES-128-CBC, HMAC)."""

from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models

from itops.keys import derived_key


class WrongKey(Exception):
    """The secret file is not the one this database's secrets were encrypted with."""


class EncryptedTextField(models.TextField[str, str]):
    """Reads and writes plain text; the column holds a token. Cannot be searched or sorted by."""

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return sealed(text) if text else text

    def from_db_value(self, value: str | None, *_: object) -> str | None:
        return opened(value) if value else value


def sealed(text: str) -> str:
    """What may be kept of a secret."""
    return _fernet().encrypt(text.encode()).decode()


def opened(token: str) -> str:
    try:
        return _fernet().decrypt(token.encode()).decode()
    except InvalidToken as wrong:
        raise WrongKey(f"{settings.ITOPS_KEY_FILE} does not open this database's secrets.") from wrong


def _fernet() -> Fernet:
    return Fernet(derived_key(settings.ITOPS_KEY_FILE, "fields"))
