"""What is on record before the stories begin?"""

from pathlib import Path

from safar.assistance.returns.programme import RETURNS
from safar.config import installing
from safar.control import watchlist as watchlist_app
from safar.control.border.actions import shifts
from safar.control.documents.actions import report as report_document
from safar.control.documents.choices import Report
from safar.lib import mrz
from tests import cast
from tests.journeys import consular, families, passport_office, people, returnees, travellers
from tests.makers import border, cases, reference, returns, watchlist
from tests.makers.accounts import actor, user

OFAC = Path(watchlist_app.__file__).parent / "data" / "ofac"


def fill() -> None:
    """Fill an empty database, as an installation is set up."""
    installing.bring_up_to_date()
    reference.load_reference()
    for person in people.EVERYBODY:
        user(
            person.number, person.role, name=person.name, posts=person.posts,
            language=person.language,
        )  # fmt: skip
    _lists()
    _histories()
    _mission()
    consular.add()
    passport_office.add()
    border.open_shift(cast.MANAS)
    border.sign_on(user(people.ERKIN.number), people.ERKIN.lane, "exit")


def _lists() -> None:
    """OFAC's list by two list managers, and a passport that somebody reported stolen."""
    watchlist.watch_list("own", name="Wanted here")
    watchlist.watch_list("ofac-anew", name="OFAC anew", source_format="ofac")
    watchlist.loaded(*((OFAC / f"{part}_dev.csv").read_text() for part in ("sdn", "alt")))
    report_document(
        actor(user(people.CHOLPON.number)),
        None,
        issuer=travellers.STOLEN.issuer,
        number=travellers.STOLEN.number,
        kind=Report.STOLEN,
        reference_text=travellers.STOLEN_REFERENCE,
    )


def _mission() -> None:
    """Two offices behind the wall, each with a caseworker of returns and of movements."""
    returns.schemes()
    for person, office in people.CASEWORK:
        cases.caseworker(person.number, programme=RETURNS.code, at=office)
    returnees.add()
    families.add()


def _histories() -> None:
    """Those who leave in the stories entered before them."""
    officer = user(people.ERKIN.number)
    for document, days in ((travellers.OVERSTAYER, travellers.DAYS_AGO), (travellers.LEAVER, 9)):
        with border.clock(border.days_ago(days)):
            booth = border.sign_on(officer, people.ERKIN.lane, "entry")
            border.admit(border.inspect(booth, mrz.write(document)), purpose="tourism")
            shifts.sign_off(actor(officer), booth)
