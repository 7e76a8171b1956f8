"""Who stands in which booth of the demonstration, and what does she see of its travellers?"""

import time
from dataclasses import dataclass
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from safar.control.border.actions import shifts
from safar.control.border.choices import Direction
from safar.control.border.models import Inspection, Shift, SignOn
from safar.control.border.screen import show
from safar.reference import queries as reference
from safar.simulation import users
from safar.simulation.outcomes import Outcome
from safar.simulation.users import BOOTHS, ENTRY_OFFICER, EXIT_OFFICER, LEADER, LEADERS, Person

SHIFT_LASTS = timedelta(hours=12)
NOTE = "Quiet. Lane 2 has a slow reader; call the technician in the morning."
# (officer, lane, direction) at the first post where she serves
PLACES: tuple[tuple[Person, str, Direction], ...] = (
    (ENTRY_OFFICER, "3", Direction.ENTRY),
    (EXIT_OFFICER, "9", Direction.EXIT),
    (BOOTHS[0], "1", Direction.ENTRY),
    (BOOTHS[1], "2", Direction.ENTRY),
    (BOOTHS[2], "10", Direction.EXIT),
    (BOOTHS[3], "2", Direction.ENTRY),
    (BOOTHS[4], "3", Direction.ENTRY),
    (BOOTHS[5], "9", Direction.EXIT),
    (BOOTHS[6], "1", Direction.ENTRY),
    (BOOTHS[7], "9", Direction.EXIT),
)


class BoothError(Exception):
    """A page of the booth did not answer as it should; the text says which and how."""


@dataclass(frozen=True)
class Scanned:
    """What one traveller of the demonstration got to see, and what was expected."""

    outcome: Outcome
    officer: Person
    verdict: str
    leading: str
    sentence: str
    milliseconds: float

    @property
    def as_expected(self) -> bool:
        # Who comes twice is perhaps known, which is told first of what stops nobody.
        same = self.outcome.verdict == "clear" or self.leading == self.outcome.leading
        return self.verdict == self.outcome.verdict and same


def man() -> None:
    """Open the shifts, and sign the officers on to their booths."""
    open_shifts()
    for person, lane, direction in PLACES:
        _ensure_booth(person, lane, direction)


def open_shifts() -> None:
    """Open a shift at each post of the demonstration; one of another day is handed over."""
    for leader in (LEADER, *LEADERS):
        _ensure_shift(leader)


def booth_of(person: Person) -> SignOn:
    """Return the booth that an officer of the demonstration is signed on to."""
    return SignOn.objects.select_related("shift").get(officer=users.user(person), ended_at=None)


def _ensure_shift(leader: Person) -> None:
    actor = users.actor(leader)
    for code in leader.posts:
        current = Shift.objects.filter(post=code, status="open").first()
        post = reference.post(code)
        assert post is not None  # noqa: S101 - a posting has a foreign key to it
        if current is None:
            shifts.open_shift(actor, post)
        elif current.opened_at < timezone.now() - SHIFT_LASTS:
            ended = shifts.hand_over_shift(actor, current, hand_over_note=NOTE)
            shifts.take_over_shift(actor, ended)


def _ensure_booth(person: Person, lane: str, direction: Direction) -> None:
    actor, code = users.actor(person), person.posts[0]
    held = SignOn.objects.filter(officer=actor.user_id, ended_at=None).first()
    if held and (held.post_id, held.direction) == (code, direction):
        return
    if held:
        shifts.sign_off(actor, held)
    _free(code, lane)
    post = reference.post(code)
    assert post is not None  # noqa: S101 - a posting has a foreign key to it
    shifts.sign_on(actor, post, lane=lane, direction=direction)


def _free(post: str, lane: str) -> None:
    """Sign whoever stands in a lane off from it, as the leader of the post may."""
    there = SignOn.objects.filter(post=post, lane=lane, ended_at=None).first()
    if there:
        leader = next(one for one in (LEADER, *LEADERS) if post in one.posts)
        shifts.end_sign_on(users.actor(leader), there)


def scan_all(outcomes: list[Outcome]) -> list[Scanned]:
    """Scan each traveller through the pages of the booth: signed in by password, as in a browser.

    Nothing is decided, so that every one can be scanned again. A scan that nobody sees goes
    first: it loads what a running server has long loaded.

    Raises:
        BoothError: a page did not answer.
    """
    clients = {person.username: signed_in(person) for person in (ENTRY_OFFICER, EXIT_OFFICER)}
    done = []
    _post(clients[ENTRY_OFFICER.username], outcomes[0])
    for outcome in outcomes:
        person = ENTRY_OFFICER if outcome.direction == Direction.ENTRY else EXIT_OFFICER
        began = time.perf_counter()
        _post(clients[person.username], outcome)
        spent = (time.perf_counter() - began) * 1000
        done.append(_read(outcome, person, spent))
    return done


def signed_in(person: Person) -> Client:
    """A browser within this process in which she signed in, and stands in her booth.

    Raises:
        BoothError: she could not.
    """
    client = Client(SERVER_NAME="localhost")
    page = reverse("account_login")
    client.get(page)
    client.post(page, {"login": person.username, "password": person.password})
    answer = client.get(reverse("border:booth"))
    if answer.status_code != 200:
        raise BoothError(
            f"{person.username} could not sign in with the password of the demonstration "
            f"(status {answer.status_code}). `safar demo --fresh` begins anew."
        )
    return client


def _post(client: Client, outcome: Outcome) -> None:
    answer = client.post(
        reverse("border:scan"), {"scan": "\n".join(outcome.lines())}, headers={"HX-Request": "true"}
    )
    if answer.status_code != 200:
        raise BoothError(f"The scan of “{outcome.label}” was answered with {answer.status_code}.")


def _read(outcome: Outcome, person: Person, milliseconds: float) -> Scanned:
    rows = Inspection.objects.filter(officer=users.user(person)).order_by("-inspected_at")
    inspection = rows.first()
    if inspection is None or outcome.document.number != inspection.document["number"]:
        raise BoothError(f"The scan of “{outcome.label}” left no inspection.")
    with override("en"):
        told = show(inspection).told[0]
    leading = inspection.findings[0]["code"]
    return Scanned(outcome, person, inspection.verdict, leading, told.sentence, milliseconds)
