"""Questionnaires by version, what was answered to them, and what the answers come to."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.instruments import QuestionType
from safar.assistance.cases.models.cases import RETENTION, Case
from safar.assistance.cases.models.people import Person
from safar.assistance.cases.sight import of_case
from safar.core.permissions import Actor
from safar.core.record import Event, Record

USER = "accounts.User"


class Worded(models.Model):
    """Something with words in several languages; the first of its version where one lacks."""

    labels = models.JSONField(default=dict)  # language -> words

    class Meta:
        abstract = True

    def label(self, language: str, otherwise: str = "") -> str:
        """The words in a language (`ky`, `en-gb`), else in `otherwise`, else in any."""
        return words_in(self.labels, language, otherwise)


def words_in(words: dict[str, str], language: str, otherwise: str = "") -> str:
    """Return the words in a language, else in `otherwise`, else the first there are."""
    found = words.get(language.partition("-")[0]) or words.get(otherwise)
    return found or next((one for one in words.values() if one), "")


class Instrument(Record):
    """A questionnaire, whatever its version. Not a word about a person."""

    code = models.SlugField(_("Code"), max_length=40, unique=True)
    name = models.CharField(_("Name"), max_length=160)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q()


class InstrumentVersion(Event):
    """A version as it was handed in: it never changes. Its questions are those of the file."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="versions")
    version = models.CharField(_("Version"), max_length=20)
    sha256 = models.CharField(max_length=64, unique=True)
    title = models.CharField(_("Title"), max_length=160)
    languages = models.JSONField(default=list)  # the file's own, the first where one lacks
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(USER, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-imported_at", "-id")
        constraints = (
            models.UniqueConstraint("instrument", "version", name="instrument_version_once"),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"

    @property
    def first_language(self) -> str:
        return str(self.languages[0]) if self.languages else ""

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q()


class Question(Worded, Event):
    """A question of a version. `relevant` is kept as it was written and shown, not worked out."""

    version = models.ForeignKey(InstrumentVersion, models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    type = models.CharField(max_length=16, choices=QuestionType)
    hints = models.JSONField(default=dict)
    required = models.BooleanField(default=False)
    relevant = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint("version", "name", name="question_once"),
            models.UniqueConstraint("version", "order", name="question_in_order"),
            models.CheckConstraint(
                condition=Q(type__in=QuestionType.values), name="question_type_known"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def hint(self, language: str, otherwise: str = "") -> str:
        return words_in(self.hints, language, otherwise)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q()


class QuestionChoice(Worded, Event):
    """An answer that a question offers."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="choices")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ("order",)
        constraints = (models.UniqueConstraint("question", "name", name="question_choice_once"),)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q()


class Response(Event):
    """What was answered in a case, whole and as it was given. It is never edited: asked again,
    it is answered again. `occasion`: the key of the follow-up by which it was asked, if any."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("title", "answered_on", "answers")

    case = models.ForeignKey(Case, models.CASCADE, related_name="responses")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="+")
    occasion = models.UUIDField(null=True, blank=True)
    language = models.CharField(max_length=3)  # in which it was asked
    answered_on = models.DateField(_("Asked on"))
    recorded_at = models.DateTimeField()
    answered_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    answers: Any = models.JSONField()  # question's name -> what was given

    class Meta:
        ordering = ("answered_on", "recorded_at", "id")
        indexes = (models.Index(fields=("case", "answered_on"), name="response_by_case"),)

    def __str__(self) -> str:
        return f"{self.version_id} {self.answered_on}"

    @property
    def title(self) -> str:
        return str(self.version)

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor)


class Score(Event):
    """What a response comes to in one dimension, between 0 and 1, by which rule of weights."""

    retention = RETENTION
    exports: ClassVar[tuple[str, ...]] = ("dimension", "value", "rule")
    kept_when_erased: ClassVar[frozenset[str]] = frozenset({"dimension", "rule"})

    response = models.ForeignKey(Response, models.CASCADE, related_name="scores")
    dimension = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=5, decimal_places=4)
    rule = models.CharField(
        max_length=160
    )  # the name and signature of the weights that it was worked out by
    is_signed_off = models.BooleanField()  # whether somebody had signed those weights

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint("response", "dimension", "rule", name="score_once"),
            models.CheckConstraint(
                condition=Q(value__gte=0) & Q(value__lte=1), name="score_between_0_and_1"
            ),
        )

    def __str__(self) -> str:
        return f"{self.dimension} {self.value}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return of_case(actor, "response__case")
