"""What do the codes of an explanation say, in English?"""

from typing import Final

SENTENCES: Final = {
    "name.same": "{a} = {b}: the same letters",
    "name.script": "{a} ~ {b}: the same name in another script",
    "name.spelling": "{a} ~ {b}: spelled otherwise ({differs})",
    "name.close": "{a} ~ {b}: nearly the same",
    "name.feminine": "{a} ~ {b}: the same surname with a man's and a woman's ending",
    "name.ending": "{a} ~ {b}: the same stem with another ending",
    "name.article": "{a} ~ {b}: with and without the Arabic article",
    "name.initial": "{a} ~ {b}: one may be the initial of the other",
    "name.joined": "{a} ~ {b}: written together on one side, apart on the other",
    "name.cut": "{a} ~ {b}: cut off at the end of the machine readable zone",
    "name.father": "{a} ~ {b}: the same father's name with another ending",
    "name.swapped": "the parts stand in another order",
    "father.missing": "patronymic left out: {name}",
    "father.differs": "patronymics differ: {a}, {b}",
    "name.missing": "only on one side: {name}",
    "name.differs": "do not agree: {a}, {b}",
    "birth.agrees": "birth date agrees: {query}",
    "birth.as_known": "birth date agrees as far as known: {query}, {entry}",
    "birth.swapped": "day and month of birth swapped: {query}, {entry}",
    "birth.digit": "birth dates differ in one digit: {query}, {entry}",
    "birth.near": "birth years lie close: {query}, {entry}",
    "birth.differs": "birth dates differ: {query}, {entry}",
    "sex.agrees": "sex agrees: {query}",
    "sex.differs": "sex differs: {query}, {entry}",
    "citizenship.agrees": "citizenship agrees: {query}",
    "citizenship.differs": "citizenship differs: {query}, {entry}",
    "document.agrees": "document number agrees: {query}",
}
