"""What a partner wrote about somebody is not kept for ever where nobody helps her."""

from datetime import timedelta

import pytest
from django.utils import timezone

from safar.assistance.cases import importing_tasks
from safar.assistance.cases.actions import receiving
from safar.assistance.cases.models import IncomingReferral
from safar.core.record import writing
from tests.makers import cases as make
from tests.makers import sharing as share
from tests.makers.accounts import actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_what_a_partner_wrote_of_somebody_declined_goes_a_year_afterwards():
    worker = make.caseworker()
    kept, gone, accepted = (share.arrival(worker, share.partner(name)) for name in "ABC")
    for found in (kept, gone):
        receiving.decline_incoming(actor(worker), found, channel="letter", reason="no place")
    receiving.accept_incoming(actor(worker), accepted, channel="letter")
    for found, days in ((kept, 364), (gone, 366), (accepted, 800)):
        with writing("cases"):
            then = timezone.now() - timedelta(days=days)
            IncomingReferral.objects.filter(pk=found.pk).update(answered_at=then)
    importing_tasks.clear_old()
    assert set(IncomingReferral.objects.all()) == {kept, accepted}
