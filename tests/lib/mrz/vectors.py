"""Zones whose content is known: ICAO's specimens and invented documents. Nobody's own."""

from datetime import date

from safar.lib.mrz import Document
from safar.lib.partial_dates import PartialDate

TODAY = date(2026, 11, 22)

# ICAO Doc 9303-4 to 9303-7, specimens of Utopia
TD3 = (
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
)
TD2 = (
    "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
    "D231458907UTO7408122F1204159<<<<<<<6",
)
TD1 = (
    "I<UTOD231458907<<<<<<<<<<<<<<<",
    "7408122F1204159UTO<<<<<<<<<<<6",
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<",
)
MRV_A = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
    "L8988901C4XXX4009078F96121096ZE184226B<<<<<<",
)
MRV_B = (
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<",
    "L8988901C4XXX4009078F9612109<<<<<<<<",
)

# ICAO Doc 9303-5 and 9303-6: a number longer than its field
TD1_LONG = (
    "I<UTOD23145890<7349<<<<<<<<<<<",
    "3407127M9507122UTO<<<<<<<<<<<2",
    "STEVENSON<<PETER<JOHN<<<<<<<<<",
)
TD2_LONG = (
    "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<",
    "D23145890<UTO3407127M95071227349<<<8",
)

# invented
FRENCH = (
    "IDFRATEST<NAME<<<<<<<<<<<<<<<<0CHE02",
    "1710GVA123451ROBERTA<<<<<<<9112311F2",
)
KYRGYZ = (
    "P<KGZUSONOVA<<AIGUL<<<<<<<<<<<<<<<<<<<<<<<<<",
    "PE12345675KGZ9003048F33010181040319900012354",
)
RUSSIAN = (
    "PNRUS2JIKOVA<<7LI8<3ESLAVOVNA<<<<<<<<<<<<<<<",
    "4501234568RUS8405173F<<<<<<<1040520770042<44",
)

ALL = {
    "TD1": TD1,
    "TD2": TD2,
    "TD3": TD3,
    "MRV-A": MRV_A,
    "MRV-B": MRV_B,
    "FRENCH-ID": FRENCH,
}


def changed(lines: tuple[str, ...], line: int, column: int, sign: str) -> tuple[str, ...]:
    """The same lines with other signs from one place on (line and column from 0)."""
    row = lines[line]
    mended = row[:column] + sign + row[column + len(sign) :]
    return (*lines[:line], mended, *lines[line + 1 :])


def passport(**parts: object) -> Document:
    """An invented Kyrgyz passport, with whatever a test wants different."""
    plain: dict[str, object] = {
        "document_code": "P",
        "issuer": "KGZ",
        "number": "PE1234567",
        "surname": "Osmonov",
        "given_names": "Bakyt",
        "birth": PartialDate(1990, 3, 4),
        "sex": "M",
        "expiry": date(2033, 1, 1),
    }
    return Document(**(plain | parts))  # type: ignore[arg-type]
