"""Which words of a list mean what: sexes, roles and ends of a case, in English and Russian."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from django.utils import translation

from safar.assistance.cases.choices.case import Closure, MemberRole
from safar.assistance.cases.choices.people import Sex

LANGUAGES: Final = ("ky", "ru", "en")
ALSO_SEX: Final = {
    "f": Sex.FEMALE, "female": Sex.FEMALE, "woman": Sex.FEMALE, "girl": Sex.FEMALE,
    "ж": Sex.FEMALE, "жен": Sex.FEMALE, "женский": Sex.FEMALE,
    "m": Sex.MALE, "male": Sex.MALE, "man": Sex.MALE, "boy": Sex.MALE,
    "м": Sex.MALE, "муж": Sex.MALE, "мужской": Sex.MALE,
}  # fmt: skip
ALSO_ROLE: Final = {
    "principal applicant": MemberRole.APPLICANT, "pa": MemberRole.APPLICANT,
    "head": MemberRole.APPLICANT, "заявитель": MemberRole.APPLICANT,
    "wife": MemberRole.SPOUSE, "husband": MemberRole.SPOUSE, "жена": MemberRole.SPOUSE,
    "муж": MemberRole.SPOUSE, "супруга": MemberRole.SPOUSE, "супруг": MemberRole.SPOUSE,
    "son": MemberRole.CHILD, "daughter": MemberRole.CHILD, "сын": MemberRole.CHILD,
    "дочь": MemberRole.CHILD, "ребенок": MemberRole.CHILD,
    "mother": MemberRole.PARENT, "father": MemberRole.PARENT, "мать": MemberRole.PARENT,
    "отец": MemberRole.PARENT, "brother": MemberRole.SIBLING, "sister": MemberRole.SIBLING,
    "брат": MemberRole.SIBLING, "сестра": MemberRole.SIBLING,
    "опекун": MemberRole.GUARDIAN, "другое": MemberRole.OTHER, "other": MemberRole.OTHER,
}  # fmt: skip
ALSO_CLOSURE: Final = {
    "завершено": Closure.COMPLETED, "выехал": Closure.DEPARTED, "выехала": Closure.DEPARTED,
    "выехали": Closure.DEPARTED, "отказался": Closure.WITHDRAWN, "умер": Closure.DIED,
}  # fmt: skip


def plain(text: str) -> str:
    """A word as it is compared: small letters, one blank, no point, е for ё."""
    return " ".join(text.casefold().replace("ё", "е").replace("_", " ").split()).strip(" .:*")


def _words(choices: Any, also: Mapping[str, str]) -> Callable[[], Mapping[str, str]]:
    @cache
    def words() -> Mapping[str, str]:
        found = dict(also)
        for language in LANGUAGES:
            with translation.override(language):
                found.update({plain(str(one.label)): one.value for one in choices if one.value})
        return {**found, **{plain(one.value): one.value for one in choices if one.value}}

    return words


SEXES: Final = _words(Sex, ALSO_SEX)
ROLES: Final = _words(MemberRole, ALSO_ROLE)
CLOSURES: Final = _words(Closure, ALSO_CLOSURE)
