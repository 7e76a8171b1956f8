"""The words of issued visas, of certificates and of lists."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VisaForm(TextChoices):
    STICKER = "sticker", _("Sticker")
    E_VISA = "e_visa", _("Electronic visa")
    PERMIT = "permit", _("Permit")


class ZoneFormat(TextChoices):
    """Sizes of the sticker: ICAO Doc 9303-7."""

    MRV_A = "MRV-A", _("MRV-A: 120 × 80 mm")
    MRV_B = "MRV-B", _("MRV-B: 105 × 74 mm")


class VisaStatus(TextChoices):
    VALID = "valid", _("Valid")
    ANNULLED = "annulled", _("Annulled")
    REVOKED = "revoked", _("Revoked")


class EndingGround(TextChoices):
    """Why a visa ended before its time. Regulation (EC) 810/2009 Art. 34 is the model."""

    MISPRINT = "misprint", _("Misprint: another sticker was issued instead")
    FALSE_PAPERS = "false_papers", _("The papers or statements were false")
    NOT_MET = "not_met", _("The conditions were not met when it was issued")
    NO_LONGER_MET = "no_longer_met", _("The conditions are no longer met")
    HOLDER_ASKED = "holder_asked", _("The holder asked for it")
    LOST = "lost", _("The sticker or the passport was lost or stolen")
    BY_COURT = "by_court", _("A court decided so")


class CertificateKind(TextChoices):
    AUTHORITY = "authority", _("State authority (CSCA)")
    SIGNER = "signer", _("Seal signer")


class CertificateStatus(TextChoices):
    PROPOSED = "proposed", _("Waiting for a second person")
    TRUSTED = "trusted", _("Trusted")
    DECLINED = "declined", _("Declined")
    REVOKED = "revoked", _("Revoked")


class ListedAs(TextChoices):
    """Why a number stands in the list that posts hold."""

    REVOKED = "revoked", _("Revoked")
    ANNULLED = "annulled", _("Annulled")
    USED_UP = "used_up", _("Used up")
    BLANK = "blank", _("A blank that was lost, spoiled or destroyed")


NO_LIMIT = 0  # entries
