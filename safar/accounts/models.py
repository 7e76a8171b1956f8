"""Users, agencies, where a user serves, and which roles two people gave her."""

from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.choices import GrantStatus, Theme
from safar.accounts.roles import NEITHER, ROLES
from safar.core.node import uuid7
from safar.core.permissions import Actor
from safar.core.record import Record


class Agency(Record):
    """A border service, a ministry, a mission: the body that a user and a list belong to."""

    code = models.CharField(_("Code"), max_length=20, unique=True)
    name = models.CharField(_("Name"), max_length=120)

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.nationwide else Q(pk=actor.agency_id)


class Office(Record):
    """Where a mission or a partner works: its cases are numbered and kept by office."""

    code = models.CharField(_("Code"), max_length=8, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("Agency"))

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.nationwide else Q(agency_id=actor.agency_id)


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, actor: Actor) -> Self:
        """Return the users that the actor may see: all for those who keep accounts, else herself."""
        return self if actor.may("accounts.read") else self.filter(pk=actor.user_id)


class Users(BaseUserManager["User"]):
    def visible_to(self, actor: Actor) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db).visible_to(actor)

    def create_user(self, username: str, password: str, **fields: object) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. Her roles and posts are rows of their own."""

    retention: ClassVar[str] = "ten years after the account was closed: the audit names its users"
    exports: ClassVar[tuple[str, ...]] = ("username", "full_name", "rank", "language")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(_("Service number"), max_length=60, unique=True)
    full_name = models.CharField(_("Name"), max_length=120)
    rank = models.CharField(_("Rank"), max_length=40, blank=True)
    agency = models.ForeignKey(Agency, models.PROTECT, verbose_name=_("Agency"))
    language = models.CharField(_("Language"), max_length=5, default="en")
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.AUTO)
    phone = models.CharField(_("Telephone at work"), max_length=40, blank=True)
    is_active = models.BooleanField(_("May sign in"), default=True)
    password_is_temporary = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar = ["full_name"]
    objects = Users()

    class Meta:
        ordering = ("full_name",)

    def __str__(self) -> str:
        return f"{self.rank} {self.full_name}".strip()


class Posting(Record):
    """A user serves at a post."""

    retention: ClassVar[str] = "as long as the account"
    exports: ClassVar[tuple[str, ...]] = ("post",)

    user = models.ForeignKey(User, models.CASCADE, related_name="postings")
    post = models.ForeignKey(
        "reference.CrossingPoint", models.PROTECT, to_field="code", related_name="+"
    )

    class Meta:
        constraints = (models.UniqueConstraint("user", "post", name="posting_once"),)

    def __str__(self) -> str:
        return f"{self.user} {self.post_id}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("accounts.read") else Q(user_id=actor.user_id)


class RoleGrant(Record):
    """A role for a user: proposed by one person, approved by another, revoked by any one.

    `proposed_by` is empty only for the first accounts of an installation, which nobody was
    there to propose.
    """

    retention: ClassVar[str] = "as long as the account"
    exports: ClassVar[tuple[str, ...]] = ("role", "status", "proposed_at", "revoked_at")

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(_("Role"), max_length=30)
    wing = models.CharField(max_length=10, default=NEITHER, blank=True, editable=False)
    reason = models.CharField(_("Reason"), max_length=200)
    status = models.CharField(max_length=10, choices=GrantStatus, default=GrantStatus.PROPOSED)
    proposed_at = models.DateTimeField(auto_now_add=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-proposed_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
                name="role_grant_two_people",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{by: None}) | ~Q(**{by: F("user")}),
                    name=f"role_grant_not_own_{by.removesuffix('_by')}",
                )
                for by in ("proposed_by", "decided_by", "revoked_by")
            ),
            models.CheckConstraint(
                condition=Q(status="proposed", decided_at=None, decided_by=None)
                | ~Q(status="proposed")
                & (
                    Q(decided_at__isnull=False, decided_by__isnull=False, proposed_by__isnull=False)
                    | Q(decided_at__isnull=False, decided_by=None, proposed_by=None)
                ),
                name="role_grant_decided_at_by",
            ),
            models.CheckConstraint(
                condition=Q(status="revoked", revoked_at__isnull=False)
                | (~Q(status="revoked") & Q(revoked_at=None, revoked_by=None)),
                name="role_grant_revoked_at_by",
            ),
            models.CheckConstraint(
                condition=Q(status__in=GrantStatus.values), name="role_grant_status_known"
            ),
            models.UniqueConstraint(
                fields=("user", "role"),
                condition=Q(status__in=("proposed", "active")),
                name="role_grant_once",
            ),
            # Nobody stands on both sides of the wall: a second role of another wing is refused.
            ExclusionConstraint(
                name="role_grant_one_wing",
                expressions=[("user", RangeOperators.EQUAL), ("wing", RangeOperators.NOT_EQUAL)],
                condition=Q(status__in=("proposed", "active")) & ~Q(wing=NEITHER),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.status}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.wing = ROLES[self.role].wing if self.role in ROLES else NEITHER
        super().save(*args, **kwargs)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("accounts.read") else Q(user_id=actor.user_id)

    @property
    def role_name(self) -> str:
        """The role as officers call it; its code, where a later version knows no such role."""
        return str(ROLES[self.role].name) if self.role in ROLES else self.role


class StaffMarks(Record):
    """Marks of where a user was born, lives and can be reached: to be compared, never to be read.

    Each is a keyed hash (see `accounts.staff`), so that nobody lists or lifts a relative or
    herself unseen, and nobody reads a colleague's address either.
    """

    retention: ClassVar[str] = "as long as the account"
    exports: ClassVar[tuple[str, ...]] = ()

    user = models.OneToOneField(User, models.CASCADE, related_name="marks")
    birth = models.CharField(max_length=64, blank=True, db_index=True)
    birth_place = models.CharField(max_length=64, blank=True, db_index=True)
    address = models.CharField(max_length=64, blank=True, db_index=True)
    phone = models.CharField(max_length=64, blank=True, db_index=True)

    def __str__(self) -> str:
        return str(self.user_id)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q(pk__in=[])  # no page shows them; only `accounts.staff` compares
