"""Bodies outside with whom cases are shared, and what binds them in writing."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.sharing import AgreementKind, PartnerKind
from safar.core.permissions import Actor
from safar.core.record import Record, Versioned


class Partner(Versioned):
    """A body outside: it may learn of a person what she agreed to, and under an agreement only."""

    name = models.CharField(_("Name"), max_length=160)
    kind = models.CharField(_("Kind"), max_length=14, choices=PartnerKind)
    country = models.CharField(_("Country"), max_length=3)
    contact = models.CharField(_("Who to ask for"), max_length=120, blank=True)
    phone = models.CharField(_("Telephone"), max_length=40, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    address = models.CharField(_("Address"), max_length=200, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint("name", "country", name="partner_once"),)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q()


class SharingAgreement(Record):
    """What binds a partner, for a time. Without one in force nothing about a person is sent."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="agreements")
    kind = models.CharField(_("Kind"), max_length=10, choices=AgreementKind)
    reference = models.CharField(_("Title or number"), max_length=160)
    in_force_from = models.DateField(_("In force from"))
    in_force_until = models.DateField(_("In force until"), null=True, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-in_force_from",)
        constraints = (
            models.CheckConstraint(
                condition=Q(in_force_until=None) | Q(in_force_until__gte=F("in_force_from")),
                name="sharing_agreement_dates",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @classmethod
    def scope(cls, actor: Actor) -> Q:
        return Q()
