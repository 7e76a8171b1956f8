"""The words of blanks and of the boxes in which they lie."""

from datetime import timedelta
from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BlankKind(TextChoices):
    STICKER = "sticker", pgettext_lazy("blank", "Visa sticker")
    BOOKLET = "booklet", pgettext_lazy("blank", "Passport booklet")
    CARD = "card", pgettext_lazy("blank", "Identity card")
    TRAVEL_PAPER = "travel_paper", pgettext_lazy("blank", "Travel paper")


TRAVEL_DOCUMENTS: Final = (BlankKind.BOOKLET, BlankKind.CARD, BlankKind.TRAVEL_PAPER)
"""Blanks that a thief would travel with: a lost one stands among the stolen batches at once."""


class BlankState(TextChoices):
    IN_HAND = "in_hand", _("In hand")
    ON_THE_WAY = "on_the_way", _("On the way")
    ISSUED = "issued", pgettext_lazy("visa", "Issued")
    SPOILED = "spoiled", _("Spoiled")
    LOST = "lost", _("Lost or stolen")
    FOUND = "found", _("Found again, to be destroyed")
    DESTROYED = "destroyed", _("Destroyed")


class MovementKind(TextChoices):
    RECEIVED = "received", _("Received from the printer")
    SENT = "sent", _("Sent to an office")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged by the office")
    ISSUED = "issued", pgettext_lazy("visa", "Issued")
    SPOILED = "spoiled", _("Spoiled")
    LOST = "lost", _("Lost or stolen")
    FOUND = "found", _("Found again")
    DESTROYED = "destroyed", _("Destroyed by two people")


class DestructionStatus(TextChoices):
    PROPOSED = "proposed", _("Waiting for a second person")
    DONE = "done", _("Destroyed")
    DECLINED = "declined", _("Declined")


class BoxState(TextChoices):
    SEALED = "sealed", pgettext_lazy("box", "Sealed")
    ON_THE_WAY = "on_the_way", pgettext_lazy("box", "On the way")
    OPEN = "open", pgettext_lazy("box", "Open")
    LOCKED = "locked", pgettext_lazy("box", "Locked: its seal was not the one on record")
    CONDEMNED = "condemned", pgettext_lazy("box", "Condemned: its blanks are spoiled")


class OpeningStatus(TextChoices):
    PROPOSED = "proposed", _("Waiting for a second person")
    OPENED = "opened", pgettext_lazy("box", "Opened by two people")
    LOCKED = "locked", pgettext_lazy("box", "Another seal: the box is locked")
    DECLINED = "declined", _("Declined")


LONGEST_ON_THE_WAY: Final = timedelta(days=14)
"""What an office has not acknowledged by then is looked for: nobody holds it meanwhile."""
# A blank of these states never became anything: its number on a document is a forgery.
NEVER_ISSUED: Final = (
    BlankState.LOST,
    BlankState.FOUND,
    BlankState.SPOILED,
    BlankState.DESTROYED,
)
OUT_OF_USE: Final = (BlankState.SPOILED, BlankState.LOST, BlankState.FOUND)
"""Left the stock in hand: no seal is a reason any more not to find or destroy them."""
WERE_LOST: Final = (BlankState.LOST, BlankState.FOUND)
"""Out of everybody's hand once: whatever bears such a number is held at the booth."""
