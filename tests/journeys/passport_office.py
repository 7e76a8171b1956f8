"""What stands at the passport office before its story: blanks, and somebody who holds a passport."""

from safar.control.blanks.actions import boxes
from safar.control.offices import actions as offices
from safar.control.passports import actions
from safar.control.passports.chips import keys
from safar.control.passports.models import Application
from safar.core.permissions import Actor
from tests.journeys import people
from tests.makers import passports as make
from tests.makers import passports_made as papers
from tests.makers.accounts import actor, user

SEAL = "S-77120"
BOX = "B-2001"


def add() -> None:
    """An office of four; Aigul holds a card, and now asks for a passport under another name."""
    office = make.office()
    for person in people.AT_PASSPORTS:
        offices.place_user(make.SAFAR, office, user=user(person.number))
    keys.make_keys(make.today(), *papers.experts())
    papers.stocked()
    box = boxes.receive_box(
        papers.HEADQUARTERS, None, number=BOX, kind="booklet", first="PE5550001",
        last="PE5550010", seal=SEAL,
    )  # fmt: skip
    boxes.send_box(papers.HEADQUARTERS, box, office=office)
    clerk, officer = actor(user(people.BURUL.number)), actor(user(people.SABYR.number))
    card = make.checked(by=clerk, kind="card", seed=1)
    actions.approve(officer, card, reason="All is in order")
    second(clerk)


def second(clerk: Actor) -> Application:
    """The same woman after her marriage, as she says nothing of: another name, no number."""
    who = make.who(surname="ABDYLDAEVA", name_written="Абдылдаева Айгүл", personal_number="",
                   former_names=("TOKTOGULOVA AIGUL",))  # fmt: skip
    return make.checked(by=clerk, person=who, seed=2)
