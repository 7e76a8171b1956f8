"""What may go wrong, in words for the person in front of the screen.

An action or a query raises one of these; `ui.guard` turns it into a page, a
fragment or problem+json. The message says what happened and what to do next, and names
nothing that the reader may not see.
"""

from typing import Any


class DomainError(Exception):
    """A refusal with a language-neutral code for the help desk, a status and a message."""

    status = 400
    code = "E-400"

    def __init__(
        self, message: Any, *, field: str | None = None, code: str | None = None, **data: Any
    ) -> None:
        super().__init__(message)
        self.message = message  # kept unevaluated: it is translated when it is shown
        self.field = field
        self.code = code or self.code
        self.data = data

    def __str__(self) -> str:
        return str(self.message)


class SignedOut(DomainError):
    """Nobody is signed in any more."""

    status = 401
    code = "E-401"


class NotAllowed(DomainError):
    """In sight, but not hers to do."""

    status = 403
    code = "E-403"


class NotFound(DomainError):
    """Not there, or out of her sight: the two must not be told apart."""

    status = 404
    code = "E-404"


class InvalidMove(DomainError):
    """The record is not in a state from which this can be done."""

    status = 409
    code = "E-409"


class Stale(DomainError):
    """Somebody else changed the record since it was shown."""

    status = 409
    code = "E-410"


class RuleBroken(DomainError):
    """What was asked is not lawful or not complete."""

    status = 422
    code = "E-422"


class Unavailable(DomainError):
    """A part that is needed does not answer; nothing was recorded."""

    status = 503
    code = "E-503"
