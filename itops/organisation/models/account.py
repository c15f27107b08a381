"""User, Role and Grant: who may do what, and where."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser, Permission, UserManager
from django.db import models
from django.db.models.expressions import RawSQL
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from itops.organisation.models.office import Person
from itops.organisation.models.place import Place
from itops.organisation.roles import Held, without_combined_powers

DEFAULT_ROLE_NAMES = {
    "county_administrator": _("County administrator"),
    "it_staff": _("IT staff"),
    "business_section": _("Business section"),
    "statistician": _("Statistician"),
    "township_officer": _("Township officer"),
    "leadership": _("Leadership"),
    "auditor": _("Auditor"),
    "city_reader": _("City reader"),
    "machine": _("Machine"),
    "account_administrator": _("Account administrator"),
    "security_administrator": _("Security administrator"),
}

# By hand: every page asks this, and the ORM takes longer to build such a statement than the database to answer it.
# Two roles over one place may name a permission twice; to leave that to Python is half the time of a DISTINCT.
GRANTS = """
    SELECT jsonb_agg(jsonb_build_array(path::text, permissions, ARRAY(
        SELECT below.id FROM organisation_place below WHERE below.path <@ each_place.path ORDER BY 1 LIMIT %s
    ))) FROM (
        SELECT place.path, array_agg(type.app_label || '.' || permission.codename) permissions
          FROM organisation_grant held
          JOIN organisation_place place ON place.id = held.place_id
          JOIN organisation_role_permissions part ON part.role_id = held.role_id
          JOIN auth_permission permission ON permission.id = part.permission_id
          JOIN django_content_type type ON type.id = permission.content_type_id
         WHERE held.user_id = organisation_user.id
         GROUP BY place.path) each_place
"""
PLACES_LISTED = 1_000  # below one grant; whoever sees more asks for them by their path

Granted = tuple[str, list[str], list[int]]
"""A path, the permissions held under it, and the keys of the places there."""


def _by_permission(rows: Iterable[Granted]) -> Held:
    held: Held = defaultdict(list)
    for path, permissions, _places in rows:
        for permission in set(permissions):
            held[permission].append(path)
    return dict(held)


class Accounts(UserManager["User"]):
    """Accounts; `with_grants` brings what each may do in the same query."""

    use_in_migrations = False

    def with_grants(self) -> models.QuerySet["User"]:
        return self.annotate(granted=grants_of_account())


def grants_of_account() -> RawSQL:
    """What the account of a query's row (its table `organisation_user`) was granted."""
    return RawSQL(GRANTS, [PLACES_LISTED + 1], output_field=models.JSONField())


class User(AbstractUser):
    """An account. What it may do comes from its grants alone, and where it is kept from its place."""

    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="user", verbose_name=_("person")
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("place")
    )
    language = models.CharField(_("language"), max_length=10, blank=True, choices=settings.LANGUAGES)
    must_change_password = models.BooleanField(_("must change the password"), default=False)
    password_changed = models.DateTimeField(_("password changed"), null=True, blank=True)
    session_round = models.PositiveIntegerField(default=0, editable=False)

    objects: ClassVar[Accounts] = Accounts()

    @property
    def actor(self) -> str:
        """How the change record names this account."""
        return f"user:{self.pk}"

    @cached_property
    def held(self) -> Held:
        """Paths of places by the permission held under them; asked at most once in this object's life."""
        held = _by_permission(self._granted_rows())
        return without_combined_powers(held) if settings.ITOPS_SEPARATE_DUTIES else held

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Keys of the places under each granted path; paths with very many are left out."""
        return {path: keys for path, _of, keys in self._granted_rows() if len(keys) <= PLACES_LISTED}

    def granted_permissions(self) -> Held:
        """What its grants say now, even where the account is closed or the separation of duties takes it."""
        mine = User.objects.annotate(granted=grants_of_account()).filter(pk=self.pk)
        return _by_permission(mine.values_list("granted", flat=True).get() or [])

    def forget_held(self) -> None:
        """Ask again: a grant has changed."""
        self.__dict__.pop("held", None)
        self.__dict__.pop("places", None)
        self.__dict__.pop("granted", None)

    def _granted_rows(self) -> list[Granted]:
        """Those that came with the account, else asked for. A closed account holds nothing."""
        if "granted" not in self.__dict__:
            mine = User.objects.annotate(granted=grants_of_account()).filter(pk=self.pk, is_active=True)
            self.__dict__["granted"] = mine.values_list("granted", flat=True).first()
        return self.__dict__["granted"] or []

    def get_session_auth_hash(self) -> str:
        """Sessions end when the password changes and when the account signs out everywhere."""
        return self._session_hash()

    def get_session_auth_fallback_hash(self) -> Any:
        for fallback in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret=fallback)

    def _session_hash(self, secret: str | bytes | None = None) -> str:
        known = f"{self.password}:{self.session_round}"
        return salted_hmac("itops.sessions", known, secret=secret, algorithm="sha256").hexdigest()

    def __str__(self) -> str:
        return str(self.person) if self.person_id else self.get_full_name() or self.username


class Role(models.Model):
    """A named set of permissions: rows, so that a county can change it."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    permissions = models.ManyToManyField(Permission, verbose_name=_("permissions"))
    second_factor = models.BooleanField(_("must use a one-time code to sign in"), default=False)

    class Meta:
        ordering = ["code"]

    def codes(self) -> set[str]:
        """Its permissions as "app.codename"."""
        rows = self.permissions.values_list("content_type__app_label", "codename")
        return {f"{app}.{codename}" for app, codename in rows}

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
