"""AccessRecord: who viewed or exported personal data. Written once; the program may not change it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from itops.organisation.models.account import User
from itops.organisation.models.place import Place


class AccessRecord(models.Model):
    """One look at, or one export of, what concerns persons."""

    class Act(models.TextChoices):
        VIEW = "view", _("viewed")
        EXPORT = "export", _("exported")

    when = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("account"))
    act = models.CharField(_("act"), max_length=6, choices=Act.choices)
    what = models.CharField(_("what"), max_length=60)
    of_whom = models.CharField(_("of whom"), max_length=120, blank=True)
    count = models.PositiveIntegerField(_("persons"))
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+", verbose_name=_("place"))
    address = models.GenericIPAddressField(_("address"), null=True)

    class Meta:
        default_permissions = ("view",)
        ordering = ["-when", "-pk"]

    def __str__(self) -> str:
        return f"{self.when:%F %R} {self.user} {self.what}"
