"""What does a true one look like? Specimens by state and kind: pages, features, how to test each."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from safar.control.documents.choices import Light, Way
from safar.core.permissions import Actor
from safar.core.record import Record, Versioned


class Specimen(Versioned):
    """A kind of document as it looks in truth: of an issuer's or an own specimen, of nobody."""

    issuer = models.CharField(_("Issued by"), max_length=3)
    kind = models.CharField(_("Kind"), max_length=2)
    title = models.CharField(_("Title"), max_length=80)
    since = models.DateField(_("First issued"), null=True, blank=True)
    source = models.CharField(_("Source"), max_length=250)
    note = models.CharField(_("Note"), max_length=400, blank=True)
    in_use = models.BooleanField(_("In use"), default=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("issuer", "kind", "-since", "title")
        constraints = (models.CheckConstraint(condition=~Q(source=""), name="specimen_has_source"),)

    def __str__(self) -> str:
        return f"{self.issuer} {self.kind} {self.title}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("documents.read") else Q(pk__in=[])


class SpecimenPage(Record):
    """One picture of a specimen, made again from its pixels: nothing else of its file is kept."""

    specimen = models.ForeignKey(Specimen, models.PROTECT, related_name="pages")
    title = models.CharField(_("Page"), max_length=60)
    light = models.CharField(pgettext_lazy("specimen", "Light"), max_length=8, choices=Light)
    content = models.BinaryField()  # JPEG
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(light__in=Light.values), name="specimen_light"),
            models.UniqueConstraint(fields=("specimen", "sha256"), name="specimen_page_once"),
        )

    def __str__(self) -> str:
        return f"{self.specimen_id} {self.title}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("documents.read") else Q(pk__in=[])


class SpecimenFeature(Record):
    """A security feature: where it is, how to test it, and what a true one shows."""

    specimen = models.ForeignKey(Specimen, models.PROTECT, related_name="features")
    title = models.CharField(_("Feature"), max_length=80)
    way = models.CharField(_("How to test it"), max_length=9, choices=Way)
    where = models.CharField(_("Where"), max_length=120)
    expected = models.CharField(_("What a true one shows"), max_length=400)

    class Meta:
        ordering = ("way", "id")
        constraints = (
            models.CheckConstraint(condition=Q(way__in=Way.values), name="specimen_feature_way"),
        )

    def __str__(self) -> str:
        return f"{self.title} {self.way}"

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q() if actor.may("documents.read") else Q(pk__in=[])
