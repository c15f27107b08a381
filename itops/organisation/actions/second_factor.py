"""One-time codes from a telephone (TOTP, RFC 6238), and recovery codes for the day it is lost."""

import hashlib
import hmac
import secrets
import time

import pyotp
from django.db import transaction
from django.utils import timezone

from itops.database.actor import acting
from itops.organisation.models import RecoveryCode, Role, SecondFactor, User
from itops.organisation.passwords import READABLE

STEP_S = 30
SKEW = 1  # steps that a telephone's clock may be off
CODES, CODE_LENGTH = 10, 10


def has_second_factor(user: User) -> bool:
    """Whether signing in asks for a code."""
    return SecondFactor.objects.filter(user=user, confirmed__isnull=False).exists()


def needs_second_factor(user: User) -> bool:
    """Whether a role of the account demands one that it does not have yet."""
    demanded = Role.objects.filter(grants__user=user, second_factor=True).exists()
    return demanded and not has_second_factor(user)


def fresh_secret() -> str:
    """One to be confirmed: until it is, nothing is recorded."""
    return pyotp.random_base32()


def address_of_secret(user: User, secret: str, issuer: str) -> str:
    """What the QR code says."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=issuer)


def confirm(user: User, secret: str, code: str) -> list[str] | None:
    """The recovery codes, to be shown this once; None where the code is wrong."""
    step = _step(secret, code)
    if step is None:
        return None
    with acting(user.actor), transaction.atomic():
        said = {"secret": secret, "confirmed": timezone.now(), "last_step": step}
        SecondFactor.objects.update_or_create(user=user, defaults=said)
        return new_recovery_codes(user)


def passes(user: User, code: str) -> bool:
    """Whether the code is right; each code, of the telephone or for recovery, is right once."""
    with acting(user.actor), transaction.atomic():
        return _matches(user, code) or _recovers(user, code)


def new_recovery_codes(user: User) -> list[str]:
    """Ten fresh ones; those before are void."""
    codes = ["".join(secrets.choice(READABLE) for _ in range(CODE_LENGTH)) for _ in range(CODES)]
    with acting(user.actor), transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(RecoveryCode(user=user, hash=_hash(user, code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def remove(user: User, *, by: str) -> None:
    """Signing in asks for the password alone."""
    with acting(by), transaction.atomic():
        SecondFactor.objects.filter(user=user).delete()
        RecoveryCode.objects.filter(user=user).delete()


def _matches(user: User, code: str) -> bool:
    """A conditional UPDATE uses the code's step up, so that a code that was overheard opens nothing."""
    factor = SecondFactor.objects.filter(user=user).first()
    step = _step(factor.secret, code) if factor else None
    if step is None:
        return False
    return bool(SecondFactor.objects.filter(user=user, last_step__lt=step).update(last_step=step))


def _step(secret: str, code: str) -> int | None:
    """The half minute that a code is right for."""
    given = "".join(code.split())
    if not given.isascii():
        return None
    now, totp = int(time.time()) // STEP_S, pyotp.TOTP(secret)
    steps = range(now - SKEW, now + SKEW + 1)
    return next((step for step in steps if hmac.compare_digest(totp.at(step * STEP_S), given)), None)


def _recovers(user: User, code: str) -> bool:
    given = "".join(code.split()).replace("-", "").lower()
    unused = RecoveryCode.objects.filter(user=user, hash=_hash(user, given), used=None)
    return bool(unused.update(used=timezone.now()))


def _hash(user: User, code: str) -> str:
    """Salted with the account; the codes have 49 random bits, and guessing them is counted."""
    return hashlib.scrypt(
        code.encode(errors="surrogateescape"),
        salt=f"recovery:{user.pk}".encode(),
        n=2**12,
        r=8,
        p=1,
        dklen=32,
    ).hex()
