"""Who acts on the public page? Nobody by name: an applicant, with the few rights she needs."""

from typing import Final

from safar.core.permissions import Actor

RIGHTS: Final = frozenset(
    {
        "visas.begin",
        "visas.write_answers",
        "visas.add_paper",
        "visas.remove_paper",
        "visas.renew_code",
        "visas.discard_draft",
        "visas.submit",
        "visas.answer",
        "visas.withdraw",
    }
)


def applicant(request_id: str = "") -> Actor:
    """The actor of the public page: may touch applications of the public page alone."""
    return Actor(None, "safar:applicant", permissions=RIGHTS, request_id=request_id)
