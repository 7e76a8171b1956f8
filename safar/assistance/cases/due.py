"""What a worker's day and a case's page are made of, whatever part of the kernel it comes from."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from safar.assistance.cases.models import Case


@dataclass(frozen=True)
class Due:
    """Something that somebody has to do: it leads to the page where it is done."""

    case: "Case"
    title: "StrOrPromise"
    url: str
    due_on: date | None = None  # None: whenever
    about: "StrOrPromise" = ""
    waits_for: "StrOrPromise" = ""  # another person or body, where the next step is not ours
    stops: "StrOrPromise" = ""  # what cannot go on before it is done
    at: time | None = None  # an appointment
    begun: bool = False
    waits_since: date | None = None


@dataclass(frozen=True)
class Happened:
    """A point on a case's time line."""

    at: datetime
    title: "StrOrPromise"
    text: "StrOrPromise" = ""
    by: str = ""
    url: str = ""


@dataclass(frozen=True)
class Banner:
    """How a case stands, above its page: `clear`, `check`, `hold` or `info`."""

    tone: str
    title: "StrOrPromise"
    text: "StrOrPromise" = ""
    facts: tuple["StrOrPromise", ...] = ()  # short lines on the right, the weightiest first
