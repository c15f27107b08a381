"""Until when makers support operating systems: dated tables that people load; the program brings the first."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SupportTable(models.Model):
    """One whole table, in force from a day until the next one's day. It is never changed afterwards."""

    starts = models.DateField(_("in force from"), unique=True)
    source = models.CharField(_("source"), max_length=200)
    loaded = models.DateTimeField(_("loaded"), auto_now_add=True)
    author = models.CharField(_("author"), max_length=60)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["-starts"]
        verbose_name = _("table of support dates")
        verbose_name_plural = _("tables of support dates")

    def __str__(self) -> str:
        return f"{self.starts} {self.source}"


class SupportDate(models.Model):
    """One release of an operating system. Different days: its editions end on different days."""

    table = models.ForeignKey(SupportTable, models.CASCADE, related_name="dates")
    family = models.CharField(_("family"), max_length=40)
    key = models.CharField(_("key"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    cycle = models.CharField(_("release"), max_length=40, blank=True)
    earliest_end = models.DateField(_("earliest end"), null=True, blank=True)
    latest_end = models.DateField(_("latest end"), null=True, blank=True)

    class Meta:
        ordering = ["table", "family", "id"]
        verbose_name = _("support date")
        verbose_name_plural = _("support dates")
        constraints = [models.UniqueConstraint(fields=["table", "family", "key"], name="support_date_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.earliest_end or ''}–{self.latest_end or ''}"
