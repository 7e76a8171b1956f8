"""What does Safar know of countries, posts, lanes, code lists and visa-free stays?"""

from datetime import date
from zoneinfo import ZoneInfo

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Deferrable, F, Func, Q, Value

from safar.reference.choices import (
    CardPurpose,
    Confidence,
    CountryKind,
    Direction,
    DocumentKind,
    LaneKind,
    Mode,
    PositionBasis,
    Topic,
    Traffic,
)
from safar.reference.listed import Listed, Named, Ordered, has_english, one_of


class Country(Named):
    """A code that an issuer or nationality field may hold (ICAO Doc 9303-3 §5).

    Germany's code is `D`; its ISO code `DEU` is in `alpha3`.
    """

    alpha2 = models.CharField(max_length=2, blank=True)
    alpha3 = models.CharField(max_length=3, blank=True)
    numeric = models.CharField(max_length=3, blank=True)
    kind = models.CharField(max_length=12, choices=CountryKind.choices)
    groups = ArrayField(models.CharField(max_length=20), default=list, blank=True)

    class Meta:
        verbose_name_plural = "countries"
        constraints = (
            has_english("country"),
            one_of("kind", CountryKind, "country"),
            models.UniqueConstraint("alpha2", condition=~Q(alpha2=""), name="country_by_alpha2"),
            models.UniqueConstraint("alpha3", condition=~Q(alpha3=""), name="country_by_alpha3"),
        )


class CrossingPoint(Named):
    """A post: where a border may be crossed. Its code is our own, such as `KG-DOS`.

    UN/LOCODE has withdrawn its function for border crossings, so there is no other code.
    `names["national"]` is the name in the language of the post's own country.
    """

    country = models.ForeignKey(Country, models.PROTECT, related_name="posts")
    neighbour = models.ForeignKey(Country, models.PROTECT, related_name="posts_facing", null=True)
    mode = models.CharField(max_length=5, choices=Mode.choices)
    traffic = models.CharField(max_length=13, choices=Traffic.choices)
    opposite_name = models.CharField(max_length=60, blank=True)
    time_zone = models.CharField(max_length=40)
    latitude = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=4, null=True)
    position_basis = models.CharField(max_length=11, choices=PositionBasis.choices)
    iata = models.CharField(max_length=3, blank=True)
    icao = models.CharField(max_length=4, blank=True)
    season = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = (
            has_english("post"),
            one_of("mode", Mode, "post"),
            one_of("traffic", Traffic, "post"),
            one_of("position_basis", PositionBasis, "post"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z]{2}-[A-Z]{3,4}$"), name="post_code_form"
            ),
            models.CheckConstraint(
                condition=~Q(mode=Mode.AIR) | (~Q(iata="") & ~Q(icao="")),
                name="post_airport_has_codes",
            ),
            models.CheckConstraint(
                condition=Q(
                    position_basis=PositionBasis.UNKNOWN,
                    latitude__isnull=True,
                    longitude__isnull=True,
                )
                | (
                    ~Q(position_basis=PositionBasis.UNKNOWN)
                    & Q(latitude__isnull=False, longitude__isnull=False)
                    & Q(latitude__range=(-90, 90), longitude__range=(-180, 180))
                ),
                name="post_position_says_its_basis",
            ),
            models.UniqueConstraint("icao", condition=~Q(icao=""), name="post_by_icao"),
        )

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which days of stay are counted at this post."""
        return ZoneInfo(self.time_zone)

    @property
    def is_position_approximate(self) -> bool:
        """Whether a map must say that the post is only about here."""
        return self.position_basis == PositionBasis.APPROXIMATE


class Lane(Listed):
    """A lane of a post, and how many booths stand on it. Its code is `KG-DOS-07`."""

    post = models.ForeignKey(CrossingPoint, models.PROTECT, related_name="lanes")
    number = models.PositiveSmallIntegerField()
    direction = models.CharField(max_length=5, choices=Direction.choices)
    kind = models.CharField(max_length=5, choices=LaneKind.choices)
    booths = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ("post", "number")
        constraints = (
            one_of("direction", Direction, "lane"),
            one_of("kind", LaneKind, "lane"),
            models.CheckConstraint(condition=Q(booths__gte=1), name="lane_has_a_booth"),
            models.UniqueConstraint(
                fields=("post", "number"), condition=Q(in_use=True), name="lane_by_number"
            ),
        )


class Purpose(Ordered):
    """Why somebody travels, and as which of the card's seven purposes it is counted."""

    migration_card = models.CharField(max_length=10, choices=CardPurpose.choices)

    class Meta(Ordered.Meta):
        constraints = (has_english("purpose"), one_of("migration_card", CardPurpose, "purpose"))


class RefusalGround(Ordered):
    """A ground of refusal, A to J (Regulation (EU) 2016/399 Annex V Part B, in own words).

    The administration enters the article of its own law in `national_reference`.
    """

    national_reference = models.CharField(max_length=200, blank=True)

    class Meta(Ordered.Meta):
        constraints = (has_english("ground"),)


class TravellerCategory(Ordered):
    """Who stands at the booth, as far as the rules differ."""

    class Meta(Ordered.Meta):
        verbose_name_plural = "traveller categories"
        constraints = (has_english("category"),)


class DocumentType(Ordered):
    """A kind of travel document, by the code in its machine readable zone (ICAO Doc 9303-4)."""

    kind = models.CharField(max_length=13, choices=DocumentKind.choices)

    class Meta(Ordered.Meta):
        constraints = (has_english("document_type"), one_of("kind", DocumentKind, "document_type"))


class VisaFreeRule(Listed):
    """How long citizens of a country may stay in another without a visa, ordinary passport.

    `days` in any `window_days`; without a window, `days` at each visit; without days, no limit.
    `visit_days` is a second limit, on each visit within the window. No rule: a visa is needed.
    """

    host = models.ForeignKey(Country, models.PROTECT, related_name="rules")
    citizenship = models.ForeignKey(Country, models.PROTECT, related_name="rules_abroad")
    days = models.PositiveSmallIntegerField(null=True)
    window_days = models.PositiveSmallIntegerField(null=True)
    visit_days = models.PositiveSmallIntegerField(null=True)
    basis = models.CharField(max_length=250)
    in_force_from = models.DateField()
    in_force_to = models.DateField(null=True)
    confidence = models.CharField(max_length=6, choices=Confidence.choices)
    note = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = (
            one_of("confidence", Confidence, "rule"),
            models.CheckConstraint(condition=~Q(host=F("citizenship")), name="rule_for_foreigners"),
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gte=F("in_force_from")),
                name="rule_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=(Q(days__isnull=True) | Q(days__gte=1))
                & (Q(window_days__isnull=True) | Q(days__isnull=False, window_days__gt=F("days")))
                & (
                    Q(visit_days__isnull=True)
                    | Q(window_days__isnull=False, visit_days__gte=1, visit_days__lte=F("days"))
                ),
                name="rule_days_fit",
            ),
            ExclusionConstraint(
                name="rule_one_at_a_time",
                expressions=(
                    ("host", RangeOperators.EQUAL),
                    ("citizenship", RangeOperators.EQUAL),
                    (
                        Func(
                            "in_force_from",
                            "in_force_to",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ),
                condition=Q(in_use=True),
                deferrable=Deferrable.DEFERRED,
            ),
        )

    def is_in_force(self, on: date) -> bool:
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)


class ProtectionContact(Ordered):
    """Whom to call when a traveller asks for protection. Without a number, the post sets it."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="contacts")
    topic = models.CharField(max_length=11, choices=Topic.choices)
    phone = models.CharField(max_length=40, blank=True)
    hours = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=250, blank=True)

    class Meta(Ordered.Meta):
        constraints = (has_english("contact"), one_of("topic", Topic, "contact"))
