"""The pages of making: the queue, a job with its page and chip, the quality control."""

import io
import zipfile
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from safar.control.offices import queries as offices
from safar.control.offices.choices import Work
from safar.control.passports.actions import making, quality
from safar.control.passports.chips import writing as chips
from safar.control.passports.choices.making import JobStatus
from safar.control.passports.forms.making import FailForm, QualityForm
from safar.control.passports.models.making import PersonalisationJob
from safar.control.passports.paper import data_page
from safar.control.passports.policies.making import at_work
from safar.control.passports.queries import making as queries
from safar.control.passports.queries.hindrances import hindrances
from safar.control.passports.wording.making import mismatches
from safar.core.action import can
from safar.core.errors import NotAllowed
from safar.core.permissions import Request, page


@page("passports.read_jobs")
def queue(request: Request) -> HttpResponse:
    """What waits to be made, what is being made, what waits for the control. Numbers, no names."""
    actor = request.actor
    waiting = list(queries.waiting_for(actor))
    stopped = hindrances(waiting)
    context = {
        "offices": offices.offices_of(actor, Work.PASSPORTS),
        "waiting": [(one, stopped.get(one.pk)) for one in waiting],
        "taken": queries.jobs(actor, JobStatus.TAKEN),
        "printed": queries.jobs(actor, JobStatus.PRINTED),
        "may_take": actor.may("passports.take_next"),
        "may_check": actor.may("passports.check_quality"),
    }
    return render(request, "passports/queue.html", context)


@page("passports.take_next", methods=("POST",))
def take(request: Request, office: str) -> HttpResponseBase:
    """Take the oldest that waits at an office."""
    job = making.take_next(request.actor, None, office=office)
    return redirect("passports:job", job.pk)


@page("passports.read_jobs")
def job(request: Request, key: UUID) -> HttpResponse:
    """One job: what to print, what to write on the chip, what the control found."""
    return _show(request, queries.open_job(request.actor, key))


@page("passports.print_document")
def job_pdf(request: Request, key: UUID) -> HttpResponse:
    """The data page, to be printed on the blank."""
    found = _in_hand(request, key, "print")
    return _download(data_page.printed(found.passport), "application/pdf", f"{found.passport}.pdf")


@page("passports.print_document")
def job_chip(request: Request, key: UUID) -> HttpResponse:
    """The chip's files, for the writer of chips."""
    found = _in_hand(request, key, "chip")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as folder:
        for name, data in found.passport.chip.files.items():
            folder.writestr(f"{found.passport}/{name}", data)
    return _download(packed.getvalue(), "application/zip", f"{found.passport}-chip.zip")


@page("passports.read_jobs")
def job_face(request: Request, key: UUID) -> HttpResponse:
    """The portrait as it stands on the chip."""
    found = queries.open_job(request.actor, key, purpose="picture")
    return HttpResponse(chips.face_of(found.passport.chip), content_type="image/jpeg")


@page("passports.report_printed", methods=("POST",))
def printed(request: Request, key: UUID) -> HttpResponseBase:
    """It is printed, and its chip is written."""
    making.report_printed(request.actor, queries.job(request.actor, key))
    messages.success(request, _("Another person reads it back now."))
    return redirect("passports:queue")


@page("passports.fail_job", methods=("POST",))
def fail(request: Request, key: UUID) -> HttpResponseBase:
    """Reject it: the blank is spoiled, and it waits to be made again."""
    found = queries.job(request.actor, key)
    form = FailForm(request.POST)
    if not form.is_valid():
        return _show(request, found, fail_form=form, status=422)
    making.fail_job(request.actor, found, reason=form.cleaned_data["reason"])
    messages.success(request, _("The blank is spoiled. It waits to be made on another."))
    return redirect("passports:queue")


@page("passports.check_quality", methods=("GET", "POST"))
def control(request: Request, key: UUID) -> HttpResponseBase:
    """Read a finished document back."""
    found = queries.open_job(request.actor, key, purpose="quality control")
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = QualityForm(*sent)
    check = None
    if form.is_valid():
        typed = form.cleaned_data
        check = quality.check_quality(
            request.actor, found, zone=typed["zone"], files=typed["chip"], looked=typed["looked"]
        )
        if check.passed:
            messages.success(request, _("It passed. It can be given out."))
            return redirect("passports:queue")
    context = {
        "job": found,
        "passport": found.passport,
        "form": form,
        "wrong": mismatches(check.mismatches) if check else [],
        "fail_form": FailForm(),
        "may_check": can(request.actor, "passports.check_quality", found),
        "may_fail": can(request.actor, "passports.fail_job", found),
    }
    status = 422 if form.is_bound else 200
    return render(request, "passports/control.html", context, status=status)


def _show(
    request: Request, found: PersonalisationJob, *, status: int = 200, **forms: Any
) -> HttpResponse:
    actor = request.actor
    context = {
        "job": found,
        "passport": found.passport,
        "checks": [(one, mismatches(one.mismatches)) for one in found.checks.all()],
        "fail_form": FailForm(),
        "is_hers": found.taken_by_id == actor.user_id,
        "may_print": actor.may("passports.print_document") and at_work(actor, found) is None,
        "may_report": can(actor, "passports.report_printed", found),
        "may_fail": can(actor, "passports.fail_job", found),
        "may_check": can(actor, "passports.check_quality", found),
        **forms,
    }
    return render(request, "passports/job.html", context, status=status)


def _in_hand(request: Request, key: UUID, purpose: str) -> PersonalisationJob:
    """A job at which she works now; that it was opened is on record.

    Raises:
        NotAllowed: it is another's, or was handed to the quality control.
    """
    if why_not := at_work(request.actor, queries.job(request.actor, key)):
        raise NotAllowed(why_not)
    return queries.open_job(request.actor, key, purpose=purpose)


def _download(data: bytes, content_type: str, name: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=content_type)
    how = "inline" if content_type == "application/pdf" else "attachment"
    answer["Content-Disposition"] = f'{how}; filename="{name}"'
    return answer
