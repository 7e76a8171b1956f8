"""The words of the visa manual."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Way(TextChoices):
    """How a citizen of a state may come."""

    FREE = "free", _("Without a visa")
    ON_ARRIVAL = "on_arrival", _("Visa at the border")
    E_VISA = "e_visa", _("Electronic visa")
    VISA = "visa", _("Visa from a consulate")
    CLOSED = "closed", _("Not at all")


class Passport(TextChoices):
    ORDINARY = "ordinary", _("Ordinary passport")
    DIPLOMATIC = "diplomatic", _("Diplomatic passport")
    SERVICE = "service", _("Official or service passport")
    TRAVEL_PAPER = "travel_paper", _("Travel paper of a refugee, stateless person or alien")


class Needed(TextChoices):
    """What she must be able to show at the booth beside her passport."""

    INVITATION = "invitation", _("Invitation")
    RETURN_TICKET = "return_ticket", _("Ticket onward or back")
    MEANS = "means", _("Enough money for the stay")
    LODGING = "lodging", _("Place to stay")
    INSURANCE = "insurance", _("Health insurance")
    VACCINATION = "vaccination", _("Vaccination certificate")
