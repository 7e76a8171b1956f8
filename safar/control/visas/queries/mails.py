"""Which e-mails to applicants wait?"""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from safar.control.visas.models import StatusMail


def waiting(longer_than: timedelta) -> QuerySet[StatusMail]:
    """What was queued before that and has neither left nor been given up, the oldest first."""
    before = timezone.now() - longer_than
    return StatusMail.objects.filter(sent_at=None, given_up_at=None, queued_at__lte=before)
