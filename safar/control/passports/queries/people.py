"""Who is an applicant, as the register and the lists are asked for her?"""

from hashlib import sha256

from safar.control.passports.choices.applications import AttachmentKind
from safar.control.passports.models import Application
from safar.control.passports.rules.identity import Someone
from safar.control.travellers.models import TravelDocument
from safar.control.watchlist import queries as lists
from safar.core import node


def names_of(application: Application) -> tuple[str, ...]:
    """Every name that an application tells; the surname first with a comma where it is known."""
    whole = f"{application.surname}, {application.given_names}".strip(", ")
    written = [application.name_written] if application.name_written else []
    return tuple(dict.fromkeys([whole, *written, *application.former_names]))


def someone(applications: list[Application], *, issued: bool = False) -> Someone:
    """The person of these applications: of one, or of all that one holder ever made.

    `issued`: with the documents that were made of them.
    """
    first = applications[0]
    given = [one.given_names for one in applications if one.given_names]
    numbers = [one.personal_number for one in applications if one.personal_number]
    documents = {(a.earlier_issuer, a.earlier_number) for a in applications if a.earlier_number}
    if issued:
        made = (paper.number for one in applications for paper in one.passports.all())
        documents |= {(node.country(), number) for number in made}
    return Someone(
        names=tuple(dict.fromkeys(name for one in applications for name in names_of(one))),
        given_names=tuple(dict.fromkeys(given)),
        birth=first.birth,
        birth_place=first.birth_place,
        sex=first.sex,
        personal_number=numbers[0] if numbers else "",
        documents=frozenset(documents),
        photos=photos(applications),
    )


def photos(applications: list[Application]) -> frozenset[str]:
    """The marks of the photos that were handed in."""
    return frozenset(
        paper.sha256
        for one in applications
        for paper in one.attachments.all()
        if paper.kind == AttachmentKind.PHOTO and not paper.set_aside_at
    )


def shown(document: TravelDocument) -> Someone:
    """The holder of a document that was shown at a border."""
    whole = f"{document.surname}, {document.given_names}".strip(", ")
    written = (document.name_written,) if document.name_written else ()
    return Someone(
        names=(whole or "–", *written),
        given_names=(document.given_names,),
        birth=document.birth,
        sex=document.sex,
        personal_number=document.personal_number,
        documents=frozenset({(document.issuer, document.number)}),
    )


def mark_of(application: Application) -> str:
    """Changes with whatever the identity check looks at."""
    person = someone([application])
    said = [*person.names, str(person.birth), person.birth_place, person.sex,
            person.personal_number, *sorted(map(str, person.documents)), *sorted(person.photos)]  # fmt: skip
    return sha256("|".join(said).encode()).hexdigest()


def mark_of_shown(document: TravelDocument) -> str:
    """Changes with whatever a document tells; the same one shown again tells nothing new."""
    person = shown(document)
    said = [document.issuer, document.number, *person.names, str(person.birth), person.sex,
            person.personal_number]  # fmt: skip
    return sha256("|".join(said).encode()).hexdigest()


def listed_person(application: Application) -> lists.Person:
    """The applicant, as the lists are asked for her."""
    named = application.earlier_issuer and application.earlier_number
    return lists.Person(
        names=names_of(application),
        birth=application.birth,
        sex=application.sex,
        citizenship=application.nationality,
        documents=((application.earlier_issuer, application.earlier_number),) if named else (),
    )
