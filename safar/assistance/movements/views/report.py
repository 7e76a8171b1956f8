"""The report of departures: its page, and its tables as files."""

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from safar.assistance.movements.actions.reporting import export_report
from safar.assistance.movements.forms.report import ReportForm, usual
from safar.assistance.movements.queries import report as queries
from safar.assistance.movements.queries.report import Report
from safar.core.errors import RuleBroken
from safar.core.permissions import Request, page
from safar.ui.csv_out import csv_lines
from safar.ui.render import render
from safar.ui.xlsx_out import TYPE, workbook


@page("movements.report")
def report(request: Request) -> HttpResponse:
    """Who left in a span of years: counts alone."""
    span = queries.span(request.actor)
    context: dict[str, Any] = {"span": span, "form": None}
    if span is None:
        return render(request, "movements/report.html", context)
    form = ReportForm(request.GET or usual(span), span=span)
    context |= {"form": form, "address": request.GET.urlencode()}
    if not form.is_valid():
        return render(request, "movements/report.html", context, status=422)
    context |= {
        "report": queries.report(request.actor, form.asked()),
        "may_export": request.actor.may("movements.export_report"),
    }
    return render(request, "movements/report.html", context)


@page("movements.export_report")
def export(request: Request, kind: str) -> HttpResponse:
    """The same tables as CSV or XLSX."""
    span = queries.span(request.actor)
    if span is None:
        raise RuleBroken(_("Nobody has left yet."))
    form = ReportForm(request.GET or usual(span), span=span)
    if not form.is_valid():
        raise RuleBroken(_("The filters cannot be read. Open the report and choose them again."))
    found = export_report(request.actor, None, asked=form.asked(), kind=kind)
    content, content_type = WRITTEN[kind](found)
    name = f"departures-{found.asked.first}-{found.asked.last}.{kind}"
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _csv(found: Report) -> tuple[bytes, str]:
    """One table under the other, each with its title and an empty line after it."""
    rows: list[tuple[object, ...]] = []
    for table in found.tables:
        rows += [(table.title,), table.header]
        rows += [(name, *cells) for name, cells in table.lines]
        rows.append(())
    return "".join(csv_lines(rows[0], rows[1:-1])).encode(), "text/csv; charset=utf-8"


def _xlsx(found: Report) -> tuple[bytes, str]:
    """Each table is a sheet."""
    sheets = [
        (one.title, [one.header, *((name, *cells) for name, cells in one.lines)])
        for one in found.tables
    ]
    return workbook(sheets), TYPE


WRITTEN = {"csv": _csv, "xlsx": _xlsx}
