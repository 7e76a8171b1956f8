"""The words of making, delivering and cancelling a passport or another travel paper."""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from safar.control.documents.choices import Report


class JobStatus(TextChoices):
    TAKEN = "taken", pgettext_lazy("passport job", "Taken")
    PRINTED = "printed", pgettext_lazy("passport job", "Printed")
    PASSED = "passed", pgettext_lazy("passport job", "Passed")
    FAILED = "failed", pgettext_lazy("passport job", "Failed")


class PassportStatus(TextChoices):
    IN_MAKING = "in_making", pgettext_lazy("passport", "In the making")
    MADE = "made", pgettext_lazy("passport", "Made")
    DELIVERED = "delivered", pgettext_lazy("passport", "Delivered")
    CANCELLED = "cancelled", pgettext_lazy("passport", "Cancelled")
    SPOILED = "spoiled", pgettext_lazy("passport", "Spoiled")


class CancelGround(TextChoices):
    """Why a document must no longer be honoured."""

    LOST = "lost", pgettext_lazy("passport", "The holder lost it")
    STOLEN = "stolen", pgettext_lazy("passport", "It was stolen from the holder")
    REPLACED = "replaced", pgettext_lazy("passport", "Handed back for a new one")
    RENOUNCED = "renounced", pgettext_lazy("passport", "The holder gave it or the citizenship up")
    WRONG = "wrong", pgettext_lazy("passport", "It should never have been issued")
    DIED = "died", pgettext_lazy("passport", "The holder died")


class Receiver(TextChoices):
    """Into whose hands a document was given."""

    HOLDER = "holder", pgettext_lazy("passport", "The holder")
    PARENT = "parent", pgettext_lazy("passport", "A parent or guardian of the child")
    REPRESENTATIVE = (
        "representative",
        pgettext_lazy("passport", "A representative with a power of attorney"),
    )


ACTIVE_JOBS: Final = (JobStatus.TAKEN, JobStatus.PRINTED, JobStatus.PASSED)
STANDING: Final = (PassportStatus.IN_MAKING, PassportStatus.MADE, PassportStatus.DELIVERED)
TAKEN_BACK: Final = (CancelGround.LOST, CancelGround.STOLEN)
"""Grounds that may turn out to be false, and are then withdrawn by another person."""
REPORTS: Final = {
    CancelGround.LOST: Report.LOST,
    CancelGround.STOLEN: Report.STOLEN,
    CancelGround.REPLACED: Report.VOID,
    CancelGround.RENOUNCED: Report.VOID,
    CancelGround.WRONG: Report.VOID,
    CancelGround.DIED: Report.VOID,
}
"""What the booths are told."""
