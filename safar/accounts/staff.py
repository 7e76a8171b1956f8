"""Is somebody of our own staff meant, or a relative of hers? Compared by marks that nobody reads."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.crypto import salted_hmac

from safar.accounts.models import StaffMarks, User
from safar.lib.names import latin
from safar.lib.names.distance import alike
from safar.lib.names.skeleton import DAUGHTER, SON, skeleton

FIELDS: Final = ("birth", "birth_place", "address", "phone")
RELATIVE_BY: Final = ("birth_place", "address", "phone")  # with the surname: a relative
HERSELF_BY: Final = ("birth", "phone")  # with the whole name: herself
PHONE_DIGITS: Final = 9  # of a subscriber within any country of the region
SHORTEST_STEM: Final = 3
SAME: Final = 0.9  # Suleimanov and Sulaimanov
_WORDS: Final = re.compile(r"[a-z]+|\d+")
_NO_PLACE: Final = frozenset(
    [
        "city",
        "g",
        "gor",
        "gorod",
        "shaar",
        "shaary",
        "village",
        "s",
        "selo",
        "ayyl",
        "aiyl",
        "ayil",
        "street",
        "st",
        "str",
        "ul",
        "ulitsa",
        "kochosu",
        "kocosu",
        "house",
        "h",
        "dom",
        "d",
        "uy",
        "flat",
        "apt",
        "kv",
        "kvartira",
    ]
)
_CHILD: Final = re.compile(rf"(?<=.{{4}})(?:{'|'.join(sorted(SON | DAUGHTER))})$")
# Endings that one family bears in two forms, in folded letters: Karimov and Karimova.
_WOMAN: Final = re.compile(r"(?<=[eu]v|in)a$")
_ADJECTIVE: Final = re.compile(r"(?<=sk)(?:a(?:i?a|i)?|i+)$")


@dataclass(frozen=True, slots=True)
class Particulars:
    """What is known of a person that may be a member of staff; empty texts are not compared."""

    names: tuple[str, ...]
    births: tuple[str, ...] = ()  # ISO dates, whole ones
    birth_place: str = ""
    address: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A member of staff who may be the person (`herself`) or a relative, and what agrees."""

    user_id: UUID
    name: str
    herself: bool
    agrees: tuple[str, ...]


def mark(field: str, text: str) -> str:
    """A keyed hash of a fact, the same for the same fact in another spelling; '' for none."""
    plain = _plain(field, text)
    if not plain:
        return ""
    return salted_hmac(f"safar.staff.{field}", plain, algorithm="sha256").hexdigest()


def ties(person: Particulars) -> list[Tie]:
    """Return the members of staff who bear this surname and share a place, address or phone.

    Whoever bears the whole name, and the birth date or the telephone, may be the person.
    """
    wanted = _marks(person)
    found = []
    for user, agrees in _sharing(wanted):
        herself = bool(set(agrees) & set(HERSELF_BY)) and _same_name(user.full_name, person.names)
        related = tuple(name for name in agrees if name in RELATIVE_BY)
        if herself or (related and _same_family(user.full_name, person.names)):
            found.append(Tie(user.pk, user.full_name, herself, agrees if herself else related))
    return found


def _marks(person: Particulars) -> dict[str, set[str]]:
    given = {
        "birth": person.births,
        "birth_place": (person.birth_place,),
        "address": (person.address,),
        "phone": (person.phone,),
    }
    return {
        field: {made for text in texts if (made := mark(field, text))}
        for field, texts in given.items()
    }


def _sharing(wanted: dict[str, set[str]]) -> Iterator[tuple[User, tuple[str, ...]]]:
    """Users with at least one of the marks, and which; the telephone at work counts as theirs."""
    asked = Q(pk__in=[])
    for field, marks in wanted.items():
        if marks:
            asked |= Q(**{f"marks__{field}__in": marks})
    if wanted["phone"]:
        asked |= ~Q(phone="")
    users: QuerySet[User] = User.objects.filter(asked).select_related("marks")
    for user in users:
        agrees = tuple(name for name in FIELDS if _marks_of(user, name) & wanted[name])
        if agrees:
            yield user, agrees


def _marks_of(user: User, field: str) -> set[str]:
    held: StaffMarks | None = getattr(user, "marks", None)
    found = {getattr(held, field)} if held else set()
    if field == "phone":
        found.add(mark(field, user.phone))
    return found - {""}


def _plain(field: str, text: str) -> str:
    if field == "phone":
        digits = "".join(sign for sign in text if sign.isdigit())
        return digits[-PHONE_DIGITS:] if len(digits) >= 5 else ""
    if field == "birth":
        return text.strip()
    words = _WORDS.findall(latin(text).casefold())
    return " ".join(sorted(skeleton(word) for word in words if word not in _NO_PLACE))


def _same_name(name: str, others: Iterable[str]) -> bool:
    """Whether all parts of the shorter name are in the other: a patronymic may be left out."""
    return any(_contained(_stems(name), _stems(other)) for other in others)


def _contained(one: frozenset[str], other: frozenset[str]) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) > 1 and all(_among(part, long) for part in short)


def _same_family(name: str, others: Iterable[str]) -> bool:
    """Whether any part of a member's name is the surname of the person.

    The member's own surname is not marked as such: any part of her name may be it. A person
    of whom no surname is known (no comma) is compared with every part too.
    """
    mine = _stems(name)
    surnames = (_stems(other.partition(",")[0]) for other in others)
    return any(_among(part, mine) for parts in surnames for part in parts)


def _among(part: str, others: Iterable[str]) -> bool:
    return any(alike(part, other) >= SAME for other in others)


def _stems(name: str) -> frozenset[str]:
    """The folded parts of a name, without what tells son from daughter, man from woman."""
    words = [word for word in _WORDS.findall(latin(name).casefold()) if not word.isdigit()]
    kin = SON | DAUGHTER  # Asan uulu and Asan kyzy are children of one father
    stems = {_stem(word) for word in words if word not in kin}
    return frozenset(stem for stem in stems if len(stem) >= SHORTEST_STEM)


def _stem(word: str) -> str:
    return _ADJECTIVE.sub("", _WOMAN.sub("", skeleton(_CHILD.sub("", word))))
