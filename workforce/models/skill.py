"""Skill: what people can do; HeldSkill: who can do it how well, since when, shown by what."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from inventory.models.catalogue import KIND_CHOICES
from itops.organisation.models import Person
from workforce.competence.level import Level

LEVEL_NAMES = {
    Level.HEARD_OF_IT: _("has heard of it"),
    Level.WITH_HELP: _("can do it with help"),
    Level.WITHOUT_HELP: _("can do it alone"),
    Level.TEACHES: _("can teach it"),
}
LEVEL_CHOICES = [(level.value, name) for level, name in LEVEL_NAMES.items()]


def in_language(name: str, name_en: str) -> str:
    return name_en if name_en and not (get_language() or "").startswith("zh") else name


class SkillGroup(models.Model):
    """A group of the catalogue: 熟业务, 懂技术, 会管理, 善协调 and what the county adds."""

    name = models.CharField(_("name"), max_length=40, unique=True)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("skill group")
        verbose_name_plural = _("skill groups")

    def __str__(self) -> str:
        return in_language(self.name, self.name_en)


class Skill(models.Model):
    """One thing to be able to do. `valid_months`: how long a level counts after it was shown; empty: for good."""

    group = models.ForeignKey(
        SkillGroup, models.PROTECT, related_name="skills", verbose_name=_("skill group")
    )
    name = models.CharField(_("name"), max_length=60, unique=True)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    description = models.TextField(_("what has to be shown"), blank=True)
    valid_months = models.PositiveSmallIntegerField(_("valid for (months)"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    archived = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["group__position", "position", "name"]
        verbose_name = _("skill")
        verbose_name_plural = _("skills")

    def __str__(self) -> str:
        return in_language(self.name, self.name_en)


class EquipmentSkill(models.Model):
    """Whoever runs a kind of equipment needs this skill at this level."""

    kind = models.CharField(_("kind"), max_length=20, choices=KIND_CHOICES)
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="equipment", verbose_name=_("skill"))
    level = models.PositiveSmallIntegerField(
        _("level"), choices=LEVEL_CHOICES, default=Level.WITHOUT_HELP.value
    )

    class Meta:
        ordering = ["kind", "skill"]
        verbose_name = _("skill for equipment")
        verbose_name_plural = _("skills for equipment")
        constraints = [models.UniqueConstraint(fields=["kind", "skill"], name="equipment_skill_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.skill}"


class Evidence(models.TextChoices):
    """What showed that somebody can do it. What one only says of oneself meets no requirement."""

    ASSESSMENT = "assessment", _("assessment")
    CERTIFICATE = "certificate", _("certificate")
    TRAINING = "training", _("training with a result")
    AT_WORK = "at_work", _("seen at work")
    DECLARED = "declared", _("own statement")


class HeldSkillQuerySet(models.QuerySet["HeldSkill"]):
    def known_on(self, day: date) -> Self:
        """The latest word on each person and skill up to that day, whether or not it has run out since."""
        return (
            self.filter(since__lte=day)
            .order_by("person_id", "skill_id", "-since", "-pk")
            .distinct("person_id", "skill_id")
        )


class HeldSkill(models.Model):
    """A level that somebody showed on a day; a later row about the same skill replaces it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="skills", verbose_name=_("person"))
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="held", verbose_name=_("skill"))
    level = models.PositiveSmallIntegerField(_("level"), choices=LEVEL_CHOICES)
    since = models.DateField(_("shown on"))
    expires = models.DateField(
        _("expires"), null=True, blank=True, help_text=_("the first day on which it no longer counts")
    )
    evidence = models.CharField(_("evidence"), max_length=12, choices=Evidence.choices)
    reference = models.CharField(_("paper, certificate or witness"), max_length=120, blank=True)
    note = models.TextField(_("note"), blank=True)

    objects: models.Manager["HeldSkill"] = HeldSkillQuerySet.as_manager()

    class Meta:
        ordering = ["person", "skill", "-since"]
        verbose_name = _("level held")
        verbose_name_plural = _("levels held")
        constraints = [
            models.UniqueConstraint(fields=["person", "skill", "since"], name="held_skill_once_a_day"),
            models.CheckConstraint(
                condition=Q(expires=None) | Q(expires__gt=F("since")),
                name="held_skill_expires_after_it_was_shown",
                violation_error_message=_("The end must lie after the beginning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.skill}: {self.level}"
