"""Pages of a case's documents: the list, one with its versions, adding, and the file itself."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.actions import papers as actions
from safar.assistance.cases.actions.reasons import say_why
from safar.assistance.cases.forms.papers import DocumentForm, PurposeForm, VersionForm
from safar.assistance.cases.models import Case
from safar.assistance.cases.queries import papers
from safar.assistance.cases.views.case import CASEWORK
from safar.assistance.cases.views.opened import asked
from safar.assistance.cases.views.reasons import purpose_of
from safar.core import audit
from safar.core.permissions import Request, page
from safar.core.record import get_visible

ON_A_PAGE = 50
# Whatever is in the file: it is saved, not shown, and if shown it can neither run nor fetch.
ALONE = "default-src 'none'; sandbox"


@page("cases.read_papers")
def documents(request: Request, key: UUID) -> HttpResponse:
    """All documents of a case."""
    case = get_visible(Case.objects.all(), request.actor, key)
    if not (purpose := purpose_of(request, case)):
        return redirect("cases:case", key)
    found = papers.documents_of(request.actor, case)
    audit.opened(request.actor, "cases.documents", f"Case:{case.pk}", purpose=purpose)
    shown = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"case": case, "shown": shown, "rows": papers.shown(shown)}
    return render(request, "cases/documents.html", context)


@page("cases.read_papers")
def document(request: Request, key: UUID) -> HttpResponse:
    """One document with its versions."""
    found = papers.document(request.actor, key)
    if not (purpose := purpose_of(request, found.case)):
        return redirect("cases:case", found.case_id)
    audit.opened(request.actor, "cases.document", f"Document:{key}", purpose=purpose)
    context = {
        "document": found,
        "case": found.case,
        "versions": papers.versions_of(request.actor, found),
        "asks_why": papers.asks_why(found),
        "form": VersionForm(),
    }
    return render(request, "cases/document.html", context)


@page("cases.add_document", methods=("GET", "POST"))
def document_add(request: Request, key: UUID) -> HttpResponse:
    """Add a document to a case."""
    case = get_visible(Case.objects.all(), request.actor, key)
    if ask := asked(request, case):
        return ask
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = DocumentForm(request.actor, case, *given)
    if form.is_valid():
        added = actions.add_document(
            request.actor, case, facts=form.facts(), file=form.cleaned_data["file"]
        )
        messages.success(request, _("The document was added. Only this case’s key opens it."))
        return redirect("cases:document", added.pk)
    status = 422 if form.is_bound else 200
    return render(request, "cases/document_add.html", {"case": case, "form": form}, status=status)


@page("cases.add_version", methods=("POST",))
def version_add(request: Request, key: UUID) -> HttpResponse:
    """Add a new version to a document."""
    found = papers.document(request.actor, key)
    form = VersionForm(request.POST, request.FILES)
    if form.is_valid():
        actions.add_version(request.actor, found, file=form.cleaned_data["file"])
        messages.success(request, _("The new version was added. The ones before are still there."))
        return redirect("cases:document", key)
    context = {"document": found, "case": found.case, "form": form,
               "versions": papers.versions_of(request.actor, found),
               "asks_why": papers.asks_why(found)}  # fmt: skip
    return render(request, "cases/document.html", context, status=422)


@page("cases.read_papers", methods=("GET", "POST"))
def file(request: Request, key: UUID) -> HttpResponse:
    """The file of a version. Who opens it, and what for, is written down before a byte leaves."""
    version = papers.version(request.actor, key)
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if papers.asks_why(version) and not form.is_valid():
        context = {"version": version, "form": form, "case": version.case}
        status = 422 if form.is_bound else 200
        return render(request, "cases/file_purpose.html", context, status=status)
    purpose = CASEWORK
    if form.is_valid():
        why = form.cleaned_data["purpose"]
        said = say_why(request.actor, version.case, why=why, compartment=version.compartment)
        purpose = str(said.pk)
    audit.opened(request.actor, "cases.file", f"DocumentVersion:{key}", purpose=purpose)
    opened = papers.file_of(version)
    answer = HttpResponse(opened.content, content_type=opened.file_type)
    answer["Content-Disposition"] = f'attachment; filename="{opened.name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = ALONE
    answer["Cache-Control"] = "no-store"
    return answer
