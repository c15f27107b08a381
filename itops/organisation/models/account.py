"""User, Role and Grant: who may do what, and where."""

from collections import defaultdict

from django.contrib.auth.models import AbstractUser, Permission
from django.db import connection, models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from itops.organisation.models.office import Person
from itops.organisation.models.place import Place

DEFAULT_ROLE_NAMES = {
    "county_administrator": _("County administrator"),
    "it_staff": _("IT staff"),
    "leadership": _("Leadership"),
    "auditor": _("Auditor"),
    "township_officer": _("Township officer"),
}


# By hand: every page asks this, and building it from the ORM takes longer than the database's answer.
HELD = """
    SELECT place.path::text, array_agg(DISTINCT type.app_label || '.' || permission.codename)
      FROM organisation_grant held
      JOIN organisation_user account ON account.id = held.user_id AND account.is_active
      JOIN organisation_place place ON place.id = held.place_id
      JOIN organisation_role_permissions part ON part.role_id = held.role_id
      JOIN auth_permission permission ON permission.id = part.permission_id
      JOIN django_content_type type ON type.id = permission.content_type_id
     WHERE held.user_id = %s
     GROUP BY place.path
"""


class User(AbstractUser):
    """An account. What it may do comes from its grants alone."""

    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="user", verbose_name=_("person")
    )
    language = models.CharField(_("language"), max_length=10, blank=True)

    @property
    def actor(self) -> str:
        """How the change record names this account."""
        return f"user:{self.pk}"

    @cached_property
    def held(self) -> dict[str, list[str]]:
        """The places' paths by the permission held under them; asked once in the life of this object."""
        held: dict[str, list[str]] = defaultdict(list)
        with connection.cursor() as cursor:
            cursor.execute(HELD, [self.pk])
            for path, permissions in cursor.fetchall():
                for permission in permissions:
                    held[permission].append(path)
        return dict(held)

    def forget_held(self) -> None:
        """Ask again: a grant has changed."""
        self.__dict__.pop("held", None)

    def __str__(self) -> str:
        return str(self.person) if self.person_id else self.get_full_name() or self.username


class Role(models.Model):
    """A named set of permissions: rows, so that a county can change it."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    permissions = models.ManyToManyField(Permission, verbose_name=_("permissions"))

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name or str(DEFAULT_ROLE_NAMES.get(self.code, self.code))


class Grant(models.Model):
    """A role held by a user over a place and what lies under it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants", verbose_name=_("account"))
    role = models.ForeignKey(Role, models.PROTECT, related_name="grants", verbose_name=_("role"))
    place = models.ForeignKey(Place, models.PROTECT, related_name="grants", verbose_name=_("place"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role", "place"], name="grant_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.role} · {self.place}"


class SignInLink(models.Model):
    """A link that works once; only its hash is kept. Without a user it opens a new installation's set-up."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="sign_in_links")
    hash = models.CharField(max_length=64, unique=True)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user} {self.expires:%F %R}"
