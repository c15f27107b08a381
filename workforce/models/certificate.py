"""Certificate: what an office elsewhere attests of somebody. It stands in the sealed log."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from itops.organisation.models import Person, User
from workforce.models.skill import LEVEL_CHOICES, Skill


class Certificate(models.Model):
    """Written with its entry of the log. Nothing but a reversal is ever filled in later, and that once (migration)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates", verbose_name=_("person"))
    name = models.CharField(_("certificate"), max_length=80)
    number = models.CharField(pgettext_lazy("reference", "number"), max_length=60)
    issuer = models.CharField(_("issued by"), max_length=80)
    issued_on = models.DateField(_("issued on"))
    expires = models.DateField(
        _("expires"), null=True, blank=True, help_text=_("the first day on which it no longer counts")
    )
    skill = models.ForeignKey(
        Skill, models.PROTECT, null=True, blank=True, related_name="certificates", verbose_name=_("skill")
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=LEVEL_CHOICES, null=True, blank=True)
    scan = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("scan")
    )
    recorded_at = models.DateTimeField(_("recorded"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    entry = models.BigIntegerField(_("number in the log"), unique=True)
    reversed_at = models.DateTimeField(_("reversed"), null=True, blank=True)
    reversed_entry = models.BigIntegerField(_("number in the log"), null=True, blank=True)
    reason = models.CharField(_("reason for the reversal"), max_length=300, blank=True)

    class Meta:
        ordering = ["-issued_on", "-pk"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        permissions = [("reverse_certificate", "Can reverse certificates")]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "number"],
                condition=Q(reversed_at=None),
                name="certificate_number_once",
                violation_error_message=_("A certificate of this issuer with this number is here already."),
            ),
            models.CheckConstraint(
                condition=Q(expires=None) | Q(expires__gt=F("issued_on")),
                name="certificate_expires_after_it_was_issued",
                violation_error_message=_("The end must lie after the beginning."),
            ),
            models.CheckConstraint(
                condition=Q(skill=None, level=None) | Q(skill__isnull=False, level__isnull=False),
                name="certificate_shows_a_level_of_a_skill",
                violation_error_message=_("A skill needs its level, and a level its skill."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.name}"

    def has_expired(self, day: date) -> bool:
        return self.expires is not None and self.expires <= day
