"""Which fields of a case can leave, and what do they read? Each code begins with its kind of data.

Programmes add their own (`know`): a code without a name here cannot be sent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.people import ContactKind, NumberOf, Sex
from safar.assistance.cases.choices.sharing import DataKind
from safar.assistance.cases.consenting import OURS
from safar.assistance.cases.models import Case, Contact, Person, Referral
from safar.core.errors import RuleBroken
from safar.reference import queries as reference

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Read = Callable[[Case, Person], str]


@dataclass(frozen=True)
class SharedField:
    """A field that can be chosen for a referral. `code` is `<kind of data>.<name>`."""

    code: str
    label: "StrOrPromise"
    read: Read

    @property
    def kind(self) -> str:
        return self.code.partition(".")[0]


def names(_case: Case, person: Person) -> str:
    """Every name as it is written in her documents, each script once."""
    return " · ".join(str(name) for name in person.names.all() if name.kind == "legal")


def birth(_case: Case, person: Person) -> str:
    """The date of birth, with its missing parts left off."""
    about = str(_("(estimated)")) if person.birth_is_estimated else ""
    return f"{person.birth or ''} {about}".strip() if person.birth else ""


def sex(_case: Case, person: Person) -> str:
    return str(Sex(person.sex).label) if person.sex else ""


def languages(_case: Case, person: Person) -> str:
    return ", ".join(person.languages)


def citizenships(_case: Case, person: Person) -> str:
    return ", ".join(reference.country_name(code) for code in person.citizenships)


def phones(_case: Case, person: Person) -> str:
    """Only what we may use ourselves, and how: what we may not call, a partner may not."""
    ways = (way for way in person.contacts.all() if way.may_contact and way.ended_on is None)
    return "; ".join(_way(way) for way in ways if way.kind != ContactKind.ADDRESS)


def addresses(_case: Case, person: Person) -> str:
    ways = (way for way in person.contacts.all() if way.may_contact and way.ended_on is None)
    return "; ".join(way.value for way in ways if way.kind == ContactKind.ADDRESS)


def numbers(_case: Case, person: Person) -> str:
    known = dict(NumberOf.choices)
    return "; ".join(f"{known.get(n.system, n.system)}: {n.value}" for n in person.numbers.all())


def family(case: Case, person: Person) -> str:
    """Who belongs to the case beside her, without a name."""
    others = case.members.filter(left_on=None).exclude(person=person).select_related("person")
    return "; ".join(
        " ".join(filter(None, (str(one.get_role_display()), _born(one.person)))) for one in others
    )


def _way(way: Contact) -> str:
    quiet = "" if way.may_say_who else str(_("do not say who is calling"))
    return ", ".join(filter(None, (way.value, way.when, quiet)))


def _born(person: Person) -> str:
    return str(_("born {year}").format(year=person.birth.year)) if person.birth else ""


_KNOWN: dict[str, SharedField] = {}


def know(code: str, label: "StrOrPromise", read: Read | None = None) -> SharedField:
    """Make a field known: one that referrals offer where `read` is given, else one of texts.

    Raises:
        ValueError: the code does not begin with a kind of data.
    """
    kind, _dot, name = code.partition(".")
    if not name or kind not in {*DataKind.values, OURS}:
        raise ValueError(f"{code!r} does not begin with a kind of data")
    field = SharedField(code, label, read or (lambda _case, _person: ""))
    _KNOWN[code] = field
    return field


OFFERED = (
    know("identity.name", _("Name"), names),
    know("identity.birth", _("Born"), birth),
    know("identity.sex", _("Sex"), sex),
    know("identity.citizenships", _("Citizenship"), citizenships),
    know("identity.languages", _("Languages"), languages),
    know("contact.phone", _("Telephone or e-mail"), phones),
    know("contact.address", _("Address"), addresses),
    know("papers.numbers", _("Numbers"), numbers),
    know("family.members", _("Family, without names"), family),
)
ASKS = know("request.asks", _("What is asked for"))
NEEDS = know("needs.words", _("Needs"))
DONE = know("assistance.words", _("Help given so far"))
HEALTH = know("health.words", _("Health"))
WHAT_HAPPENED = know("protection.words", _("What happened to the person"))


def label_of(code: str) -> str:
    """The name of a field in the language of the page; the code, where its programme is gone."""
    return str(_KNOWN[code].label) if code in _KNOWN else code


def known(codes: Mapping[str, str]) -> None:
    """Refuse codes that nobody made known.

    Raises:
        RuleBroken: naming them.
    """
    if strange := sorted(set(codes) - set(_KNOWN)):
        raise RuleBroken(
            _("These fields are not known: {codes}.").format(codes=", ".join(strange)),
            field="shares",
        )


def content_of(referral: Referral) -> dict[str, str]:
    """What would leave with a referral as it stands: code and words, empty ones left out."""
    case, person = referral.case, referral.consent.person
    chosen = [field for field in OFFERED if field.code in referral.shares]
    found = {ASKS.code: referral.asks} | {f.code: f.read(case, person) for f in chosen}
    found |= {NEEDS.code: referral.needs, DONE.code: referral.done_so_far}
    found[sensitive_code(referral.compartment or case.compartment)] = referral.sensitive
    return {code: words.strip() for code, words in found.items() if words.strip()}


def sensitive_code(compartment: str) -> str:
    """What the sensitive words of a file are about: health in the medical one."""
    return HEALTH.code if compartment == "medical" else WHAT_HAPPENED.code
