"""What does each field of a zone mean, and does it hold?"""

from safar.lib.mrz import codes, names, russian
from safar.lib.mrz.dates import birth_date, expiry_date
from safar.lib.mrz.draft import Draft
from safar.lib.mrz.holder import compare_personal_number
from safar.lib.mrz.long_numbers import add_number
from safar.lib.mrz.reading import Check, Field
from safar.lib.partial_dates import PartialDate

_SEXES = {"F": "F", "M": "M", "<": "", "X": ""}


def add_fields(draft: Draft) -> None:
    """Fill a draft: fields in the order of the zone's rules, then what only whole zones show."""
    places = draft.form.places
    _document_code(draft)
    issuer = _state(draft, "issuer")
    add_number(draft)
    if "nationality" in places:
        _state(draft, "nationality")
    _birth(draft)
    _sex(draft)
    if "expiry" in places:
        _expiry(draft)
    _optional(draft)
    if "name" in places:
        _name(draft)
    else:
        _french(draft)
    _composite(draft)
    if "?" in draft.text:
        _foreign_signs(draft)
    if issuer in ("KGZ", "KAZ", "UZB"):
        compare_personal_number(draft, issuer)
    elif russian.is_internal(draft.fields["document_code"].value, issuer):
        _russian(draft)


def _document_code(draft: Draft) -> None:
    raw = draft.text[:2]
    code = raw.rstrip("<")
    problem = None
    if raw[0] not in codes.LETTERS:
        problem = draft.find("mrz.code.unknown", "document_code", code=code)
    elif raw[0] not in draft.form.letters:
        draft.find("mrz.code.unusual", "document_code", code=code)
    draft.add("document_code", raw, code, "none", problem)


def _state(draft: Draft, name: str) -> str:
    """Issuer or nationality: three letters of ISO 3166 or ICAO Doc 9303-3 §5."""
    raw = draft.text[draft.form.cuts[name]]
    code = raw.rstrip("<")
    problem = None if code in codes.PLAIN else _remark(draft, name, code)
    if code == "DEU":
        code = "D"
    draft.add(name, raw, code, "none", problem)
    return code


def _remark(draft: Draft, name: str, code: str) -> str | None:
    if code in codes.SPECIMEN:
        if not any(finding.code == "mrz.specimen" for finding in draft.findings):
            draft.find("mrz.specimen", name)
    elif code == "DEU":
        draft.find("mrz.germany", name)
    elif code in codes.WITHDRAWN:
        draft.find(f"mrz.{name}.withdrawn", name, code=code, meaning=codes.WITHDRAWN[code])
    elif code not in codes.KNOWN:
        return draft.find(f"mrz.{name}.unknown", name, code=code)
    elif name == "nationality":
        kind = "stateless" if code in codes.STATELESS else "refugee"
        draft.find(f"mrz.nationality.{kind}", name)
    return None


def _birth(draft: Draft) -> None:
    raw = draft.text[draft.form.cuts["birth"]]
    check, problem = draft.check("birth", raw)
    birth, code = birth_date(raw, draft.today)
    draft.birth = birth
    if birth is None and code != "mrz.birth.unknown":
        problem = draft.find("mrz.birth.impossible", "birth", raw=raw) or problem
    elif code:
        draft.find(code, "birth", **({"birth": str(birth)} if birth else {}))
    draft.add("birth", raw, str(birth) if birth else "", check, problem)


def _sex(draft: Draft) -> None:
    raw = draft.text[draft.form.cuts["sex"]]
    problem = None
    if raw == "X":
        draft.find("mrz.sex.letter", "sex")
    elif raw not in _SEXES:
        problem = draft.find("mrz.sex.unknown", "sex", raw=raw)
    draft.add("sex", raw, _SEXES.get(raw, ""), "none", problem)


def _expiry(draft: Draft) -> None:
    raw = draft.text[draft.form.cuts["expiry"]]
    empty = raw == "<<<<<<"
    check, problem = draft.check("expiry", raw, filler=empty)
    expiry = expiry_date(raw, draft.today)
    draft.expiry = expiry
    if expiry is None:
        problem = _no_expiry(draft, raw, empty=empty) or problem
    elif expiry < draft.today:
        draft.find("mrz.expired", "expiry", expiry=expiry.isoformat())
        if draft.birth and expiry < draft.birth.earliest():
            draft.find("mrz.expiry.before_birth", "expiry")
    draft.add("expiry", raw, expiry.isoformat() if expiry else "", check, problem)


def _no_expiry(draft: Draft, raw: str, *, empty: bool) -> str | None:
    """Identity cards may be valid for life; passports and visas never are."""
    if not empty:
        return draft.find("mrz.expiry.impossible", "expiry", raw=raw)
    if russian.is_internal(draft.fields["document_code"].value, draft.fields["issuer"].value):
        return None
    card = draft.form.long_number
    return draft.find("mrz.expiry.absent" if card else "mrz.expiry.missing", "expiry")


def _optional(draft: Draft) -> None:
    for name in ("personal_number", "optional"):
        if name in draft.form.places and name not in draft.fields:
            raw = draft.text[draft.form.cuts[name]]
            value = raw.strip("<").replace("<", " ")
            check: Check = "none"
            problem = None
            if name in draft.form.checks:
                check, problem = draft.check(name, raw, filler=not value)
            draft.add(name, raw, value, check, problem)


def _name(draft: Draft) -> None:
    line, start, end = draft.form.places["name"]
    raw = draft.lines[line][start:end]
    parts = names.split(raw)
    problem = None
    if not raw.replace("<", "").isalpha():
        problem = _name_fault(draft, raw, parts)
    if parts.truncated:
        draft.find("mrz.name.truncated", "surname")
    split, given = start + parts.surname_end, start + parts.given_start
    draft.fields["surname"] = Field(
        "surname",
        raw[: parts.surname_end],
        parts.surname,
        "none",
        problem,
        line,
        start,
        split,
    )
    draft.fields["given_names"] = Field(
        "given_names",
        raw[parts.given_start :],
        parts.given_names,
        "none",
        None,
        line,
        given,
        end,
    )


def _name_fault(draft: Draft, raw: str, parts: names.Names) -> str | None:
    if not raw.strip("<"):
        return draft.find("mrz.name.empty", "surname")
    digits = {sign for sign in raw if sign.isdigit()}
    code, issuer = draft.fields["document_code"].value, draft.fields["issuer"].value
    if russian.is_internal(code, issuer):
        digits -= russian.DIGITS
    if not digits:
        return None
    return draft.find(
        "mrz.name.signs", "surname", name=f"{parts.surname} {parts.given_names}".strip()
    )


def _french(draft: Draft) -> None:
    """The card before 2021: names in two places, no nationality, no expiry, month of issue."""
    for name in ("surname", "given_names"):
        raw = draft.text[draft.form.cuts[name]]
        problem = None
        if any(map(str.isdigit, raw)):
            problem = draft.find("mrz.name.signs", name, name=raw.strip("<"))
        if not raw.endswith("<"):
            draft.find("mrz.name.truncated", name)
        draft.add(name, raw, " ".join(raw.replace("<", " ").split()), "none", problem)
    if not draft.fields["surname"].value and not draft.fields["given_names"].value:
        draft.find("mrz.name.empty", "surname")
    draft.issued = _month(draft.fields["number"].raw[:4], draft)
    issued = str(draft.issued) if draft.issued else "?"
    draft.find("mrz.french.expiry", "number", issued=issued)


def _month(raw: str, draft: Draft) -> PartialDate | None:
    return birth_date(raw + "<<", draft.today)[0]


def _composite(draft: Draft) -> None:
    cuts = draft.form.composite_cuts
    if cuts:
        text = draft.text
        draft.check("composite", "".join([text[cut] for cut in cuts]))


def _foreign_signs(draft: Draft) -> None:
    for name, field in draft.fields.items():
        if "?" in field.raw:
            problem = draft.find("mrz.field.signs", name)
            draft.fields[name] = field._replace(problem=field.problem or problem)


def _russian(draft: Draft) -> None:
    """Names back into Cyrillic; series, date and authority of issue out of the optional data."""
    draft.find("mrz.russian.internal", "surname")
    fields = draft.fields
    for name in ("surname", "given_names"):
        fields[name] = fields[name]._replace(value=russian.cyrillic(fields[name].value))
    data = fields["personal_number"].raw
    if data[:7].isdigit():
        draft.issued = birth_date(data[1:7], draft.today)[0]
        number = fields["number"]
        whole = f"{number.raw[:3]}{data[0]}{number.raw[3:]}"
        fields["number"] = number._replace(value=whole.rstrip("<"))
