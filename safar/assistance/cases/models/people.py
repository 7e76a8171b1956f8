"""A person, known once however many programmes help her, and how she may be reached."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Right
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.people import (
    ContactKind,
    Judgement,
    Kinship,
    NameKind,
    PersonFact,
    Script,
    Sex,
)
from safar.assistance.cases.sight import of_person, sees_person, written_in_sight
from safar.core.permissions import Actor
from safar.core.record import Event, Record, Versioned
from safar.reference.partial_date_field import PartialDateField, shape_constraint

RETENTION = "as long as the longest of the person's cases (cases.programmes)"


class Person(Versioned):
    """A person who is helped, or who belongs to somebody who is. Known once, enrolled often.

    Nothing points at the control wing: a traveller and a person are never the same row.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("sex", "birth", "birth_is_estimated", "citizenships")

    sex = models.CharField(_("Sex"), max_length=1, choices=Sex, blank=True)
    birth = PartialDateField(_("Born"), blank=True)
    birth_is_estimated = models.BooleanField(_("Estimated"), default=False)
    citizenships = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    languages = ArrayField(models.CharField(max_length=3), default=list, blank=True)
    registered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (shape_constraint("birth", "person_birth_shape"),)

    def __str__(self) -> str:
        return str(self.name or self.pk)

    @property
    def name(self) -> "PersonName | None":
        """The name she goes by: the one in her documents, in Latin letters if there is one."""
        return min(self.names.all(), key=PersonName.rank, default=None)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return sees_person(actor)


class PersonName(Record):
    """A name as it is written somewhere, in its own script. `keys` are what it sounds like.

    A wrong name is ended, not deleted: she is still found by it, and it is not used any more.
    """

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("kind", "script", "surname", "given_names", "patronymic")

    person = models.ForeignKey(Person, models.CASCADE, related_name="names")
    kind = models.CharField(_("Kind"), max_length=10, choices=NameKind, default=NameKind.LEGAL)
    script = models.CharField(_("Script"), max_length=10, choices=Script)
    surname = models.CharField(_("Surname"), max_length=80, blank=True)
    given_names = models.CharField(_("Given names"), max_length=80, blank=True)
    patronymic = models.CharField(_("Patronymic"), max_length=80, blank=True)
    keys = ArrayField(models.CharField(max_length=40), default=list)
    ended_at = models.DateTimeField(_("Not used since"), null=True, editable=False)
    ended_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", editable=False
    )

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="person_name_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(surname="", given_names=""), name="person_name_not_empty"
            ),
        )
        indexes = (GinIndex("keys", name="person_name_by_sound"),)

    def __str__(self) -> str:
        return " ".join(filter(None, (self.surname, self.given_names, self.patronymic)))

    def rank(self) -> tuple[bool, bool, bool]:
        """Which name stands for the person: the smallest of hers."""
        return self.ended_at is not None, self.kind != NameKind.LEGAL, self.script != Script.LATIN

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_person(actor)


class ExternalNumber(Record):
    """A number by which another body knows the person: a UNHCR file, a mission's reference."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("system", "value")

    person = models.ForeignKey(Person, models.CASCADE, related_name="numbers")
    system = models.CharField(_("Whose number"), max_length=20)
    value = models.CharField(_("Number"), max_length=40, db_index=True)

    class Meta:
        constraints = (
            models.UniqueConstraint("person", "system", "value", name="external_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.system} {self.value}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_person(actor)


class Contact(Versioned):
    """How the person may be reached, and what that may cost her: ask before, not after."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("kind", "value", "may_contact", "may_say_who", "when")

    person = models.ForeignKey(Person, models.CASCADE, related_name="contacts")
    kind = models.CharField(_("Kind"), max_length=10, choices=ContactKind)
    value = models.CharField(_("Number or address"), max_length=160)
    digits = models.CharField(max_length=20, blank=True, db_index=True)  # telephones: the last nine
    # Equality alone is looked up by index behind the second wall, no pattern is.
    ending: models.GeneratedField = models.GeneratedField(
        expression=Right("digits", 4), output_field=models.CharField(max_length=4), db_persist=True
    )
    may_contact = models.BooleanField(_("We may call"), default=False)
    may_say_who = models.BooleanField(_("We may say who we are"), default=False)
    when = models.CharField(_("When"), max_length=80, blank=True)
    ended_on = models.DateField(_("No longer used since"), null=True, blank=True)
    written_in = models.UUIDField(
        null=True, editable=False
    )  # a case: who does not see it, not this

    class Meta:
        indexes = (models.Index(fields=("ending",), name="contact_by_last_digits"),)

    def __str__(self) -> str:
        return self.value

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_person(actor) & written_in_sight(actor)


class Relationship(Record):
    """`person` is the `kind` of `other`: a mother is the parent of her child."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("kind",)

    person = models.ForeignKey(Person, models.CASCADE, related_name="relationships")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    kind = models.CharField(_("Relationship"), max_length=10, choices=Kinship)
    is_verified = models.BooleanField(_("Seen in documents"), default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint("person", "other", "kind", name="relationship_once"),
            models.CheckConstraint(
                condition=~Q(person=F("other")), name="relationship_of_two_people"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.other_id}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_person(actor) & of_person(actor, "other")


class PersonChange(Event):
    """What is known of a person was changed: what stood there, what stands there now, and why."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("what", "before", "after", "changed_at")

    person = models.ForeignKey(Person, models.CASCADE, related_name="changes")
    what = models.CharField(max_length=12, choices=PersonFact)
    before = models.CharField(max_length=300, blank=True)
    after = models.CharField(max_length=300, blank=True)
    reason = models.CharField(_("Reason"), max_length=300)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    written_in = models.UUIDField(
        null=True, editable=False
    )  # a case: who does not see it, not this

    class Meta:
        ordering = ("-changed_at",)
        constraints = (
            models.CheckConstraint(condition=~Q(before=F("after")), name="person_change_is_one"),
            models.CheckConstraint(condition=~Q(reason=""), name="person_change_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.what}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_person(actor) & written_in_sight(actor)


class PersonJudgement(Event):
    """What somebody held of two people. The last judgement of a pair counts; nothing merges."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("judgement", "judged_at")

    one = models.ForeignKey(Person, models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, models.CASCADE, related_name="+")
    judgement = models.CharField(max_length=10, choices=Judgement, blank=True)  # empty: taken back
    reason = models.CharField(_("Reason"), max_length=300)
    judged_at = models.DateTimeField()
    judged_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="person_pair_order"),
        )
        indexes = (models.Index(fields=("one", "other"), name="person_judgement_by_pair"),)

    def __str__(self) -> str:
        return f"{self.one_id} {self.judgement} {self.other_id}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_person(actor, "one") & of_person(actor, "other")
