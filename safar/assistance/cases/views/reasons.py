"""For what is a part of a case opened? Restricted and medical files: only once somebody said."""

from safar.assistance.cases.models import Case
from safar.assistance.cases.queries import files
from safar.assistance.cases.views.case import CASEWORK, WHY
from safar.core.permissions import Request


def purpose_of(request: Request, case: Case) -> str:
    """Return the purpose to be written down; nothing where it is still to be asked.

    The page of the case asks it, and keeps the answer for the session.
    """
    said = str(request.session.get(WHY, {}).get(str(case.pk), ""))
    return said if said or files.asks_why(case) else CASEWORK
