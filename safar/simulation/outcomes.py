"""Which travellers show every verdict of the booth, and what must be on record before them?"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from safar.lib.mrz.writing import Document as Zone
from safar.lib.mrz.writing import write
from safar.lib.partial_dates import PartialDate
from safar.simulation.documents import Document
from safar.simulation.personal_numbers import personal_number
from safar.simulation.posts import lanes
from safar.simulation.stays import stay_rule
from safar.simulation.traffic import Crossing
from safar.simulation.world import HOME, UTC_OFFSET

OFAC_UID = "18634"  # KHALIMOV, Gulmurod, born 14 May 1975: the list entry of the third traveller
_HOST = "Guest house Karakol, Karakol"
WRONG_DIGIT = "mrz.check.number"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A traveller at the booth and what the officer must see.

    `leading` is the code of the heaviest finding, `also` codes that must be among the others.
    `history` is what the loader records of this traveller beforehand, by time; its index
    of a traveller says nothing. The document's `status` and `reported` go on the list of reported ones.
    """

    label: str
    verdict: str
    leading: str
    also: tuple[str, ...]
    direction: str
    post: str
    why: str
    document: Document
    native_name: str = ""
    history: tuple[Crossing, ...] = ()
    list_uid: str = ""
    unread: tuple[str, ...] = ()  # lines that differ from what `document` would give

    def lines(self) -> list[str]:
        """The machine readable zone as a reader would type it."""
        return list(self.unread) or zone(self.document)


def zone(document: Document) -> list[str]:
    """The lines of a made-up document: TD3 for passports, TD1 for cards."""
    return write(
        Zone(
            document_code=document.code,
            issuer=document.issuer,
            number=document.number,
            surname=document.surname or document.given_names,
            given_names=document.given_names if document.surname else "",
            nationality=document.nationality,
            birth=PartialDate.parse(document.birth),
            sex=document.sex,
            expiry=document.expires,
            personal_number=document.personal_number,
        ),
        "TD3" if document.kind == "P" else "TD1",
    )


def eight(today: date, country: str = HOME) -> list[Outcome]:
    """One traveller for each outcome of the demonstration, in the order it shows them.

    All come to one airport, so that a newcomer signs in twice at most: at entry and at exit.

    Raises:
        ValueError: no outcomes are made for that country.
    """
    if country != HOME:
        raise ValueError(f"Outcomes are made for {HOME} only, not for {country}.")
    return [
        _visitor(today),
        _citizen(today),
        _listed(today),
        _stolen(today),
        _overstayer(today),
        _days_used(today),
        _expired(today),
        _minor(today),
    ]


def extras(today: date, country: str = HOME) -> list[Outcome]:
    """Two more: a visa is needed, and a reader or a forger got a check digit wrong."""
    if country != HOME:
        raise ValueError(f"Outcomes are made for {HOME} only, not for {country}.")
    return [_visa_needed(today), _wrong_digit(today)]


def _passport(
    today: date, state: str, number: str, name: str, sex: str, born: str, years_left: float
) -> Document:
    surname, given = name.split("/")
    expires = today + timedelta(days=round(years_left * 365.25))
    return Document(
        0, 0, "P", "P", state, state, number, surname, given, sex, born,
        expires - timedelta(days=3_652 if years_left > -1 else 1_826), expires,
        personal_number(state, date.fromisoformat(born), sex, 48_213),
    )  # fmt: skip


def _past(post: str, direction: str, at: datetime, purpose: str, place: str) -> Crossing:
    """A crossing already on record, by local time; `replace` adds what is particular to it."""
    lane = lanes(post, direction, "air")[0]
    utc = at.replace(tzinfo=UTC) - UTC_OFFSET
    return Crossing(0, 0, post, lane, direction, utc, purpose, place, "", "", "", None)


def _ago(today: date, days: int, hour: int) -> datetime:
    return datetime.combine(today - timedelta(days=days), time(hour, 17))


def _until(entry: Crossing, days: int) -> Crossing:
    """The entry with a stay of so many days permitted, the day of entry included."""
    last = (entry.at + UTC_OFFSET).date() + timedelta(days=days - 1)
    return replace(entry, permitted_until=last)


def _visitor(today: date) -> Outcome:
    paper = _passport(today, "JPN", "TZ4481902", "TAKAHASHI/YUKI", "F", "1991-03-14", 4.3)
    return Outcome(
        "Visitor, visa-free, first time", "clear", "list.none", ("entry.visa_free", "who.new"),
        "entry", "KG-MAN", "Sound passport, on no list, visa-free days all left.", paper,
        "Такахаси Юки",
    )  # fmt: skip


def _citizen(today: date) -> Outcome:
    paper = _passport(today, "KGZ", "PE4410736", "TOKTOGULOVA/AIZHAMAL", "F", "1987-06-05", 6.7)
    left = _past("KG-MAN", "exit", _ago(today, 12, 4), "tourism", "Antalya, TUR")
    left = replace(left, carrier="Turkish Airlines", service="TK 347")
    return Outcome(
        "Citizen coming home", "clear", "list.none", ("entry.citizen", "who.known"), "entry",
        "KG-MAN", "Own citizen; left twelve days ago by the same airport.", paper,
        "Токтогулова Айжамал", (left,),
    )  # fmt: skip


def _listed(today: date) -> Outcome:
    paper = _passport(today, "TJK", "402718365", "HALIMOV/GULMURAD", "M", "1975-05-14", 7.4)
    return Outcome(
        "Name on a sanctions list, spelt otherwise", "hold", "list.name", (), "entry", "KG-MAN",
        "OFAC writes KHALIMOV, Gulmurod; the same day of birth and the same state.", paper,
        "Ҳалимов Гулмурод", list_uid=OFAC_UID,
    )  # fmt: skip


def _stolen(today: date) -> Outcome:
    paper = _passport(today, "RUS", "758213467", "BOGATYREV/STANISLAV", "M", "1983-11-27", 5.2)
    reported = replace(paper, status="stolen", reported=today - timedelta(days=96))
    return Outcome(
        "Passport reported stolen", "hold", "document.reported", (), "entry", "KG-MAN",
        "The number is on the list of stolen documents.", reported, "Богатырёв Станислав",
    )  # fmt: skip


def _overstayer(today: date) -> Outcome:
    days = stay_rule("KOR", today).days
    paper = _passport(today, "KOR", "M71820465", "BAEK/SEUNGWOO", "M", "1996-09-02", 8.1)
    came = _past("KG-MAN", "entry", _ago(today, days + 22, 22), "tourism", _HOST)
    came = replace(_until(came, days), carrier="T'way Air", service="TW 607")
    return Outcome(
        "Leaving after the permitted stay", "check", "stay.overstay", ("who.known",), "exit",
        "KG-MAN", f"Was permitted {days} days and stayed {days + 23}.", paper, "Пэк Сыну", (came,),
    )  # fmt: skip


def _days_used(today: date) -> Outcome:
    days = stay_rule("D", today).days
    first, second = days // 2, days - days // 2
    back, away = 3 + second - 1, 3 + second + 4
    paper = _passport(today, "D", "C4VN7P2KL", "ZIMMERMANN/KLAUS DIETER", "M", "1969-01-21", 2.6)
    entries = [
        _past("KG-AKZ", "entry", _ago(today, ago, 12), "tourism", _HOST)
        for ago in (away + first - 1, back)
    ]
    exits = [
        _past("KG-AKZ", "exit", _ago(today, ago, 15), "tourism", "Berlin, D") for ago in (away, 3)
    ]
    history = (_until(entries[0], days), exits[0], _until(entries[1], days - first), exits[1])
    return Outcome(
        "Visa-free days used up", "check", "entry.days_used", ("who.known",), "entry", "KG-MAN",
        f"All {days} visa-free days of the window went in two visits.", paper,
        "Циммерманн Клаус Дитер", history,
    )  # fmt: skip


def _expired(today: date) -> Outcome:
    paper = _passport(today, "KAZ", "N09117428", "BEKTUROV/SAMGAT", "M", "1979-12-08", -41 / 365.25)
    return Outcome(
        "Passport expired", "check", "document.expired", ("entry.visa_free",), "entry", "KG-MAN",
        "The passport expired 41 days ago.", paper, "Бектұров Самғат",
    )  # fmt: skip


def _minor(today: date) -> Outcome:
    born = today.replace(year=today.year - 14, day=1) - timedelta(days=100)
    paper = _passport(today, "KGZ", "PE5520918", "KARYPBEKOV/ISLAM", "M", born.isoformat(), 3.0)
    paper.issued = paper.expires - timedelta(days=1_826)
    return Outcome(
        "Minor travelling alone", "check", "minor", ("exit.citizen",), "exit", "KG-MAN",
        "Fourteen years old, and nobody with him.", paper, "Карыпбеков Ислам",
    )  # fmt: skip


def _visa_needed(today: date) -> Outcome:
    paper = _passport(today, "NGA", "B50372816", "OKONKWO/CHUKWUEMEKA", "M", "1990-04-11", 1.9)
    return Outcome(
        "No visa", "check", "entry.visa_needed", (), "entry", "KG-MAN",
        "Citizens of Nigeria need a visa, and none is on record.", paper, "Оконкво Чуквуэмека",
    )  # fmt: skip


def _wrong_digit(today: date) -> Outcome:
    paper = _passport(today, "UZB", "FA7340182", "ERNAZAROV/DONIYOR", "M", "1988-02-19", 3.4)
    first, second = zone(paper)
    wrong = second[:9] + str((int(second[9]) + 1) % 10) + second[10:]
    return Outcome(
        "Wrong check digit", "check", WRONG_DIGIT, (), "entry", "KG-MAN",
        "The check digit of the document number does not hold.", paper, "Эрназаров Дониёр",
        unread=(first, wrong),
    )  # fmt: skip
