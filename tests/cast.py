"""The people of the tests. Each is made when a test asks for her, and is the same when asked again."""

from safar.accounts.models import User
from tests.makers.accounts import user

MANAS = "KG-MAN"
TORUGART = "KG-TOR"


def aida() -> User:
    """An officer in a booth at Manas."""
    return user("1001", "officer", name="Asanova Aida", rank="Lt", posts=[MANAS])


def bakyt() -> User:
    """A second-line officer at Manas."""
    return user("1002", "second_line", name="Bakirov Bakyt", rank="Sr Lt", posts=[MANAS])


def cholpon() -> User:
    """A shift leader at Manas."""
    return user("1003", "shift_leader", name="Chynybaeva Cholpon", rank="Capt", posts=[MANAS])


def daniyar() -> User:
    """An officer at another post."""
    return user("1004", "officer", name="Duishenov Daniyar", rank="Lt", posts=[TORUGART])


def elena() -> User:
    """A list manager."""
    return user("2001", "list_manager", name="Em Elena")


def farid() -> User:
    """The other list manager."""
    return user("2002", "list_manager", name="Fayzullaev Farid")


def gulnara() -> User:
    """An analyst at headquarters."""
    return user("3001", "analyst", name="Galieva Gulnara")


def husan() -> User:
    """An administrator."""
    return user("4001", "administrator", name="Holmatov Husan")


def irina() -> User:
    """The other administrator."""
    return user("4002", "administrator", name="Ivanova Irina")


def jamila() -> User:
    """An auditor."""
    return user("5001", "auditor", name="Jumaeva Jamila")


def kamila() -> User:
    """A document expert."""
    return user("6001", "document_expert", name="Karimova Kamila")


def leila() -> User:
    """The other document expert."""
    return user("6002", "document_expert", name="Lomova Leila")
