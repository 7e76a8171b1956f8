"""Who comes to the border in these stories, and what does the reader read of her passport?"""

from datetime import UTC, date, datetime

from safar.lib import mrz
from safar.lib.partial_dates import PartialDate

TODAY = datetime.now(UTC).date()
_LATIN = "QWERTYUIOPASDFGHJKLZXCVBNM<"
_CYRILLIC = "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬБ"
BIRTHDAY = PartialDate(1990, 4, 12)
RUSSIAN_LAYOUT = str.maketrans(_LATIN, _CYRILLIC)


def passport(
    surname: str,
    given_names: str,
    number: str,
    issuer: str = "JPN",
    birth: PartialDate = BIRTHDAY,
    *,
    sex: str = "F",
    expires: date = date(TODAY.year + 3, 6, 30),
) -> mrz.Document:
    return mrz.Document(
        document_code="P",
        issuer=issuer,
        number=number,
        nationality=issuer,
        surname=surname,
        given_names=given_names,
        birth=birth,
        sex=sex,
        expiry=expires,
    )


def zone(document: mrz.Document) -> str:
    """What a reader types: each line, and Enter."""
    return "".join(line + "\n" for line in mrz.write(document))


YUKI = passport("TAKAHASHI", "YUKI", "TZ4481902")
HANA = passport("OKUBO", "HANA", "TZ4481903")
KEN = passport("MORIYAMA", "KEN", "TZ4481904", sex="M")
MIO = passport("HASEGAWA", "MIO", "TZ4481905")
RIN = passport("KUROSAWA", "RIN", "TZ4481906")
AOI = passport("NISHIMURA", "AOI", "TZ4481907")
SORA = passport("FUJIWARA", "SORA", "TZ4481908")
# In the name and on the birthday of an entry on OFAC's list; she judges that it is another man.
NAMESAKE = passport("KHALIMOV", "GULMUROD", "401775310", "TJK", PartialDate(1975, 5, 14), sex="M")
LISTED = passport("SILCHENKO", "OLEG", "730112894", "RUS", PartialDate(1977, 6, 25), sex="M")
WITHOUT_VISA = passport("ADHIKARI", "SITA", "PA0081734", "NPL")
SEEKS_PROTECTION = passport("RAHIMI", "LAILA", "P01928374", "AFG")
EXPIRED = passport("ISHIKAWA", "NAO", "TZ4481910", expires=date(TODAY.year - 1, 6, 30))
STOLEN = passport("SHIMIZU", "REI", "TZ4481911")
OVERSTAYER = passport("MATSUDA", "KAORU", "TZ4481912")
LEAVER = passport("YAMANAKA", "TOMO", "TZ4481913")
# Others than the man who is put on a list as ЖУМАБАЕВ, Нурлан in the story; one shares his birthday.
OTHER_SPELLING = passport(
    "DZHUMABAEV", "NURLAN", "AC4481914", "KGZ", PartialDate(1986, 3, 9), sex="M"
)
THIRD_SPELLING = passport(
    "ZHUMABAYEV", "NURLAN", "N04481915", "KAZ", PartialDate(1986, 3, 9), sex="M"
)
STOLEN_REFERENCE = "JP-2026-0881"
DAYS_AGO = 100  # the overstayer's entry; thirty days were hers
