"""Who works in these stories? Each is signed in through the real page."""

from dataclasses import dataclass

from tests.cast import MANAS, TORUGART


@dataclass(frozen=True)
class Person:
    """A user: service number, role, the post and the lane where she works."""

    number: str
    role: str
    name: str
    posts: tuple[str, ...] = (MANAS,)
    lane: str = ""
    direction: str = "entry"
    language: str = "en"


# The cast of the other tests, and those that only the stories need.
AIDA = Person("1001", "officer", "Asanova Aida", lane="1")
BAKYT = Person("1002", "second_line", "Bakirov Bakyt")
CHOLPON = Person("1003", "shift_leader", "Chynybaeva Cholpon")
ELENA = Person("2001", "list_manager", "Em Elena", posts=())
BOLOT = Person("2002", "list_manager", "Bolotov Bolot", posts=())
KUBAT = Person("2003", "list_head", "Kasymov Kubat", posts=())
GULNARA = Person("3001", "analyst", "Galieva Gulnara", posts=())
HUSAN = Person("4001", "administrator", "Holmatov Husan", posts=())
ERKIN = Person("1005", "officer", "Eshimov Erkin", lane="9", direction="exit")
KANYKEI = Person("1006", "officer", "Kasymova Kanykei", lane="3")
MEERIM = Person("1007", "officer", "Maratova Meerim", lane="4")
NURLAN = Person("1008", "officer", "Nazarov Nurlan", lane="5")
SALTANAT = Person("1009", "shift_leader", "Sydykova Saltanat", posts=(TORUGART,))
ZARINA = Person("1011", "officer", "Zakirova Zarina", lane="6")
TIMUR = Person("1010", "shift_leader", "Toktogulov Timur", posts=(TORUGART,))
# Visas: who prepares at the consulate, who decides, and a booth each.
KALYBEK = Person("8001", "visa_clerk", "Kalykov Kalybek", posts=())
AINURA = Person("8002", "consul", "Alieva Ainura", posts=())
TOLGONAI = Person("8003", "seal_keeper", "Toktosunova Tolgonai", posts=())
CHYNARA = Person("1012", "officer", "Chokoeva Chynara", lane="7")
DOOLOT = Person("1013", "officer", "Duishenov Doolot", lane="8")
# Passports: five pairs of hands, and a booth.
BURUL = Person("8101", "passport_clerk", "Beishenova Burul", posts=())
SABYR = Person("8102", "passport_officer", "Sadykov Sabyr", posts=())
ULAN = Person("8103", "passport_operator", "Urmatov Ulan", posts=())
NAZGUL = Person("8104", "passport_quality", "Nurova Nazgul", posts=())
AT_PASSPORTS = (BURUL, SABYR, ULAN, NAZGUL)
JANYL = Person("1014", "officer", "Jumabekova Janyl", lane="10")
# Behind the wall, in the mission's offices.
ASEL = Person("7001", "caseworker", "Mamytova Asel", posts=())
ODINA = Person("7002", "caseworker", "Karimova Odina", posts=())
NARGIZA = Person("7005", "health_worker", "Osmonova Nargiza", posts=())
CASEWORK = ((ASEL, "BIS"), (ODINA, "OSH"))
EVERYBODY = (
    AIDA, BAKYT, CHOLPON, ELENA, GULNARA, HUSAN, ERKIN, KANYKEI, MEERIM, NURLAN, SALTANAT, TIMUR,
    BOLOT, KUBAT, ZARINA, KALYBEK, AINURA, TOLGONAI, CHYNARA, DOOLOT, *AT_PASSPORTS, JANYL,
)  # fmt: skip
