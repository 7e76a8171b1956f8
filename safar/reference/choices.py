"""Which words may stand in the columns of the reference data?"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CountryKind(TextChoices):
    """What a code in the issuer or nationality field stands for (ICAO Doc 9303-3 §5)."""

    STATE = "state", _("State")
    TERRITORY = "territory", _("Territory")
    SPECIAL = "special", _("Status of a person")
    ORGANISATION = "organisation", _("Organisation")
    SPECIMEN = "specimen", _("Specimen")
    WITHDRAWN = "withdrawn", _("Withdrawn code")


class Mode(TextChoices):
    AIR = "air", _("Air")
    ROAD = "road", _("Road")
    RAIL = "rail", _("Rail")
    RIVER = "river", _("River")
    SEA = "sea", _("Sea")


class Traffic(TextChoices):
    """Whom a post serves: everybody, or citizens of the two neighbours only."""

    INTERNATIONAL = "international", _("International")
    BILATERAL = "bilateral", _("Two neighbours only")


class PositionBasis(TextChoices):
    """How well a position is known. Only a surveyed one may be used to measure from."""

    SURVEYED = "surveyed", _("Surveyed")
    PUBLISHED = "published", _("Published by aviation sources")
    APPROXIMATE = "approximate", _("Approximate, within about 5 km")
    UNKNOWN = "unknown", _("Not known")


class Direction(TextChoices):
    ENTRY = "entry", _("Entry")
    EXIT = "exit", _("Exit")
    BOTH = "both", _("Both")


class LaneKind(TextChoices):
    FOOT = "foot", _("On foot")
    CAR = "car", _("Cars")
    BUS = "bus", _("Buses")
    LORRY = "lorry", _("Lorries")
    RAIL = "rail", _("Rail")
    AIR = "air", _("Air")
    SHIP = "ship", _("Ships")
    CREW = "crew", _("Crews")


class CardPurpose(TextChoices):
    """The seven purposes of the migration card of the CIS."""

    OFFICIAL = "official", _("Official")
    TOURISM = "tourism", _("Tourism")
    BUSINESS = "business", _("Business")
    STUDY = "study", _("Study")
    WORK = "work", _("Work")
    PRIVATE = "private", _("Private")
    TRANSIT = "transit", _("Transit")


class DocumentKind(TextChoices):
    PASSPORT = "passport", _("Passport or travel document")
    IDENTITY_CARD = "identity_card", _("Identity card")
    CREW = "crew", _("Crew document")
    VISA = "visa", _("Visa")
    RETURN = "return", _("Certificate of return")
    BIRTH = "birth", _("Birth certificate")


class Confidence(TextChoices):
    """How sure the compilers of a row are. A rule of low confidence is shown as such."""

    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class Topic(TextChoices):
    """Why somebody is called for the traveller's own protection."""

    ASYLUM = "asylum", _("Asylum")
    TRAFFICKING = "trafficking", _("Trafficking in persons")
    CHILD = "child", _("A child alone or in danger")
