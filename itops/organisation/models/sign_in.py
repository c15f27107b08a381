"""What signing in leaves behind: links, failures counted, one-time codes, names at other services."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from itops.encrypted import EncryptedTextField
from itops.organisation.models.account import User


class SignInLink(models.Model):
    """A link that works once; only its hash is kept. Without a user it opens a new installation's set-up."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sign_in_links")
    hash = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user} {self.expires:%F %R}"


class FailureCount(models.Model):
    """Wrong passwords for a name, or from an address; its key is a hash, so that no name is told."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField()
    since = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.failures}"


class SecondFactor(models.Model):
    """The secret that an account shares with its telephone; it counts once a code has confirmed it."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="second_factor")
    secret = EncryptedTextField()
    confirmed = models.DateTimeField(_("confirmed"), null=True)
    last_step = models.BigIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.user)


class RecoveryCode(models.Model):
    """Stands in for the telephone once; only its hash is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    hash = models.CharField(max_length=64)
    used = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "hash"], name="recovery_code_once")]

    def __str__(self) -> str:
        return str(self.user)


class ExternalIdentity(models.Model):
    """Who an account is at a single-sign-on service or directory, settled at its first sign-in from there."""

    user = models.ForeignKey(User, models.CASCADE, related_name="identities")
    source = models.CharField(_("source"), max_length=200)
    subject = models.CharField(_("name there"), max_length=255)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["source", "subject"], name="identity_of_one_account"),
            models.UniqueConstraint(fields=["source", "user"], name="account_has_one_identity"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.source}"
