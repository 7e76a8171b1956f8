"""How people are described: names, contacts, kinship, and what is changed of a person."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sex(TextChoices):
    FEMALE = "F", _("Female")
    MALE = "M", _("Male")
    UNSPECIFIED = "", _("Not specified")


class Script(TextChoices):
    LATIN = "latin", _("Latin")
    CYRILLIC = "cyrillic", _("Cyrillic")
    ARABIC = "arabic", _("Arabic")
    OTHER = "other", _("Other")


class NameKind(TextChoices):
    LEGAL = "legal", _("In the documents")
    FORMER = "former", _("Former")
    OTHER = "other", _("Also called")


class ContactKind(TextChoices):
    PHONE = "phone", _("Telephone")
    MESSENGER = "messenger", _("Messenger")
    EMAIL = "email", _("E-mail")
    ADDRESS = "address", _("Address")


class Kinship(TextChoices):
    SPOUSE = "spouse", _("Wife or husband of")
    PARENT = "parent", _("Parent of")
    CHILD = "child", _("Child of")
    SIBLING = "sibling", _("Sister or brother of")
    GUARDIAN = "guardian", _("Guardian of")
    WARD = "ward", _("In the care of")
    OTHER = "other", _("Otherwise related to")


class Judgement(TextChoices):
    SAME = "same", _("The same person")
    DIFFERENT = "different", _("Different people")


class PersonFact(TextChoices):
    NAME = "name", _("Name")
    BIRTH = "birth", _("Birth date")
    SEX = "sex", _("Sex")
    CITIZENSHIPS = "citizenships", _("Citizenships")
    NUMBER = "number", _("Number")


class NumberOf(TextChoices):
    """Bodies whose numbers have a known form; any other is written by its own short name."""

    UNHCR_FILE = "unhcr_file", _("UNHCR file")
    UNHCR_PERSON = "unhcr_person", _("UNHCR individual number")
    MISSION = "mission", _("Sending mission")
