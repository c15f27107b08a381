"""Post: work that an office has to have done; Assignment: who does it, with which share of the working time."""

from datetime import date
from typing import Self, TypeVar

from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from inventory.models import Asset
from itops.database.exclusion import Exclusion
from itops.organisation.models import Office, Person
from workforce.competence.level import Level
from workforce.competence.shares import WHOLE, Stretch, fullest
from workforce.models.skill import LEVEL_CHOICES, Skill

DURING = Func("starts", "ends", function="daterange", output_field=DateRangeField())


M = TypeVar("M", bound=models.Model)


class Dated(models.QuerySet[M]):
    """Rows that hold from one day to another."""

    def on(self, day: date) -> Self:
        return self.filter(Q(ends=None) | Q(ends__gt=day), starts__lte=day)


class Post(models.Model):
    """Work in an office that somebody must be able to do."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="posts", verbose_name=_("office"))
    name = models.CharField(_("name"), max_length=60)
    seats = models.PositiveSmallIntegerField(
        _("seats"), default=1, validators=[MinValueValidator(1)], help_text=_("how many people it asks for")
    )
    fields_of_study = models.CharField(
        _("accepted fields of study"),
        max_length=300,
        blank=True,
        help_text=_("majors or their classes, separated by commas; empty: any"),
    )
    duties = models.TextField(_("duties"), blank=True)
    archived = models.BooleanField(_("archived"), default=False)

    class Meta:
        ordering = ["office__place__position", "office", "name"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [models.UniqueConstraint(fields=["office", "name"], name="post_once_in_office")]

    def __str__(self) -> str:
        return f"{self.office} · {self.name}"


class PostSkill(models.Model):
    """What the holder of a post must be able to do."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="requirements", verbose_name=_("post"))
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="posts", verbose_name=_("skill"))
    level = models.PositiveSmallIntegerField(
        _("level"), choices=LEVEL_CHOICES, default=Level.WITHOUT_HELP.value
    )

    class Meta:
        ordering = ["post", "skill"]
        verbose_name = _("required skill")
        verbose_name_plural = _("required skills")
        constraints = [models.UniqueConstraint(fields=["post", "skill"], name="post_skill_once")]

    def __str__(self) -> str:
        return f"{self.post}: {self.skill}"


class Tenure(models.TextChoices):
    FULL_TIME = "full_time", _("full-time in the post")
    PART_TIME = "part_time", _("held part-time with another post")


class Assignment(models.Model):
    """Somebody holds a post with a share of the working time (the end is exclusive).

    The database holds what one person's assignments share to 100 % on every day (migration 0003).
    """

    post = models.ForeignKey(Post, models.PROTECT, related_name="assignments", verbose_name=_("post"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments", verbose_name=_("person"))
    tenure = models.CharField(
        _("full or part time"), max_length=9, choices=Tenure.choices, default=Tenure.PART_TIME
    )
    share = models.PositiveSmallIntegerField(
        _("share of the working time (%)"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    starts = models.DateField(_("from"))
    ends = models.DateField(
        _("to"), null=True, blank=True, help_text=_("the first day on which it no longer holds")
    )

    objects: models.Manager["Assignment"] = Dated.as_manager()

    class Meta:
        ordering = ["post", "-starts", "person"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(fields=["post", "person", "starts"], name="assignment_once_a_day"),
            models.CheckConstraint(
                condition=Q(tenure=Tenure.FULL_TIME, share=100) | Q(tenure=Tenure.PART_TIME, share__lt=100),
                name="assignment_share_fits_tenure",
                violation_error_message=_("Full-time means 100 %%, part-time less."),
            ),
            models.CheckConstraint(
                condition=Q(share__gte=1, share__lte=100),
                name="assignment_share_is_a_share",
                violation_error_message=_("A share lies between 1 and 100 %%."),
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")),
                name="assignment_ends_after_it_starts",
                violation_error_message=_("The end must lie after the beginning."),
            ),
            Exclusion(
                name="assignment_once_at_a_time",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (DURING, RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The person holds this post in these days already."),
            ),
        ]

    def clean(self) -> None:
        """What the database holds as well, told before it refuses."""
        if None in (self.person_id, self.share, self.starts):
            return
        others = Assignment.objects.filter(person=self.person_id).exclude(pk=self.pk)
        during = [Stretch(*row) for row in others.values_list("starts", "ends", "share")]
        own = Stretch(self.starts, self.ends, self.share)
        day, total = fullest([one for one in during if _meet(one, own)] + [own])
        if total > WHOLE:
            said = _("With this the person is assigned to %(total)s %% of the working time on %(day)s.")
            raise ValidationError(said, code="too_much", params={"total": total, "day": day})

    def __str__(self) -> str:
        return f"{self.person} · {self.post.name} {self.share} %"


def _meet(one: Stretch, other: Stretch) -> bool:
    return (one.ends is None or other.starts < one.ends) and (other.ends is None or one.starts < other.ends)


class Duty(models.TextChoices):
    RESPONSIBLE = "responsible", _("person responsible")
    DEPUTY = "deputy", _("deputy")
    LEADER = "leader", _("leader in charge")


class Responsibility(models.Model):
    """Who answers for what an office has, or for one piece of it. The person responsible for one asset stands on it.

    `asset` is empty where it is about everything the office has.
    """

    office = models.ForeignKey(
        Office, models.PROTECT, related_name="responsibilities", verbose_name=_("office")
    )
    asset = models.ForeignKey(
        Asset, models.PROTECT, null=True, blank=True, related_name="responsibilities", verbose_name=_("asset")
    )
    duty = models.CharField(_("answers as"), max_length=11, choices=Duty.choices)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="responsibilities", verbose_name=_("person")
    )
    starts = models.DateField(_("from"))
    ends = models.DateField(
        _("to"), null=True, blank=True, help_text=_("the first day on which it no longer holds")
    )

    objects: models.Manager["Responsibility"] = Dated.as_manager()

    class Meta:
        ordering = ["office", "asset", "duty", "-starts"]
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        constraints = [
            models.CheckConstraint(
                condition=Q(asset=None) | ~Q(duty=Duty.RESPONSIBLE),
                name="responsibility_for_an_asset_stands_on_it",
                violation_error_message=_("The person responsible for an asset is recorded on the asset."),
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")),
                name="responsibility_ends_after_it_starts",
                violation_error_message=_("The end must lie after the beginning."),
            ),
            Exclusion(
                name="one_answers_for_an_asset_at_a_time",
                expressions=[
                    ("asset", RangeOperators.EQUAL),
                    ("duty", RangeOperators.EQUAL),
                    (DURING, RangeOperators.OVERLAPS),
                ],
                condition=~Q(asset=None),
                violation_error_message=_("Somebody else answers for it in these days."),
            ),
            Exclusion(
                name="one_answers_for_an_office_at_a_time",
                expressions=[
                    ("office", RangeOperators.EQUAL),
                    ("duty", RangeOperators.EQUAL),
                    (DURING, RangeOperators.OVERLAPS),
                ],
                condition=Q(asset=None),
                violation_error_message=_("Somebody else answers for it in these days."),
            ),
        ]

    def clean(self) -> None:
        if self.asset_id and self.office_id and self.asset and self.asset.place_id != self.office.place_id:
            raise ValidationError(_("The asset stands in another place than the office."))

    def __str__(self) -> str:
        return f"{self.asset or self.office}: {self.get_duty_display()} {self.person}"
