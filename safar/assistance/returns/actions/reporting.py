"""Reporting a visit to the sending mission: on a live consent, once, as PDF and as data."""

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions.disclosing import disclose
from safar.assistance.cases.choices.sharing import Channel, SharingPurpose
from safar.assistance.cases.choices.work import FollowUpStatus
from safar.assistance.cases.models import Consent, FollowUp, Partner
from safar.assistance.cases.policies import in_sight
from safar.assistance.returns.models import MissionReport, ReturnFile
from safar.assistance.returns.rules import months_of
from safar.assistance.returns.shared import report_content, spoken_of
from safar.core.action import action
from safar.core.errors import RuleBroken
from safar.core.permissions import Actor


@action("returns.report_visit", policies=(in_sight,))
def report_visit(
    actor: Actor, visit: FollowUp, *, consent: Consent, mission: Partner, channel: str
) -> MissionReport:
    """Report a visit to the mission that referred the person.

    Raises:
        NotAllowed: no live consent covers it; nothing is sent.
        RuleBroken: the visit is still due, was reported, or the partner is not that mission.
    """
    months = months_of(visit.code)
    if months is None or visit.status == FollowUpStatus.DUE:
        raise RuleBroken(_("Write down first what came of the visit."))
    file = ReturnFile.objects.select_related("case").get(case=visit.case)
    if consent.case_id != visit.case_id or mission.country != file.sending:
        raise RuleBroken(_("This is not the mission that referred the person."), field="mission")
    if MissionReport.objects.filter(case=visit.case, months=months).exists():
        raise RuleBroken(_("This visit was reported already."))
    sent = disclose(
        actor,
        consent,
        about=spoken_of(visit.case),
        recipient=mission,
        purpose=SharingPurpose.REPORT,
        content=report_content(file, visit),
        channel=Channel(channel),
    )
    return MissionReport.objects.create(
        case=visit.case, follow_up=visit, disclosure=sent, months=months
    )
