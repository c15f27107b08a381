"""Reminder: somebody is told of a due day, once."""

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from itops.database.kept import Given
from itops.organisation.models import Person
from workforce.schemes.reminders import Reminding

KINDS = {
    Reminding.CERTIFICATE: _("a certificate runs out"),
    Reminding.LEVEL: _("a level held runs out"),
    Reminding.SESSION: _("a training session is coming"),
    Reminding.SCHEME: _("hours are lacking and the period ends"),
}
SENTENCES = {
    Reminding.CERTIFICATE: _("The certificate “%(about)s” runs out on %(due)s."),
    Reminding.LEVEL: _("The level held in “%(about)s” runs out on %(due)s."),
    Reminding.SESSION: _("“%(about)s” takes place on %(due)s."),
    Reminding.SCHEME: _("Hours asked by “%(about)s” are lacking; the period ends on %(due)s."),
}


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def open_on(self, day: date | Given) -> Self:
        """Not noted, and not past."""
        return self.filter(noted_at=None, due__gte=day)


class Reminder(models.Model):
    """One for each person, thing and due day: noted or past, it does not come back for that day."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="reminders", verbose_name=_("person"))
    kind = models.CharField(
        _("kind"), max_length=12, choices=[(kind.value, name) for kind, name in KINDS.items()]
    )
    about = models.CharField(_("about"), max_length=120)
    due = models.DateField(_("due"))
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    noted_at = models.DateTimeField(_("noted"), null=True, blank=True)

    objects: models.Manager["Reminder"] = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ["due", "pk"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "about", "due"], name="reminded_once_of_a_day")
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def sentence(self) -> str:
        told = {"about": self.about, "due": f"{self.due:%Y-%m-%d}"}
        return str(SENTENCES[Reminding(self.kind)] % told)
