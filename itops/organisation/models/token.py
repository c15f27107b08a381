"""Token: a key with which a program acts as an account, within narrower bounds."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from itops.organisation.models.account import User
from itops.organisation.models.place import Place


class Token(models.Model):
    """Only the key's hash is kept; `hint` is its beginning, by which its owner tells it from others."""

    user = models.ForeignKey(User, models.CASCADE, related_name="tokens", verbose_name=_("account"))
    name = models.CharField(_("what it is for"), max_length=80)
    hash = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(_("begins with"), max_length=12, editable=False)
    created = models.DateTimeField(_("made"), auto_now_add=True)
    expires = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    read_only = models.BooleanField(_("may only read"), default=True)
    place = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only for this place and what lies under it"),
    )
    networks = ArrayField(
        models.CharField(max_length=43), verbose_name=_("allowed networks"), default=list, blank=True
    )
    last_used = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    last_address = models.GenericIPAddressField(_("last used from"), null=True, blank=True, editable=False)

    class Meta:
        default_permissions = ()
        ordering = ["-created"]

    @property
    def works(self) -> bool:
        """Neither revoked nor expired."""
        return self.revoked is None and (self.expires is None or self.expires > timezone.now())

    def __str__(self) -> str:
        return self.name
