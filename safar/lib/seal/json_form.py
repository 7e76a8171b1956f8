"""Which bytes does a signature over JSON cover? (RFC 8785, JSON Canonicalization Scheme)

Texts, whole numbers, true, false, null, lists and objects; no fractions, whose canonical form is
a trap that no seal needs.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from safar.lib.seal.errors import SealError

_LARGEST: Final = 2**53 - 1
_DEEPEST: Final = 16


def canonical(value: Any) -> bytes:
    """The one form of a value; SealError `seal.cannot_write` for what has none here."""
    try:
        return _text(value, 0).encode()
    except UnicodeEncodeError:
        raise _cannot("a text with half a sign.") from None


def _text(value: Any, depth: int) -> str:
    if depth > _DEEPEST:
        raise _cannot("too many levels.")
    if value is None or isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int):
        return _number(value)
    if isinstance(value, list | tuple):
        return f"[{','.join(_text(one, depth + 1) for one in value)}]"
    if isinstance(value, Mapping):
        return _object(value, depth)
    raise _cannot(f"a value of the kind {type(value).__name__}.")


def _number(value: int) -> str:
    if abs(value) > _LARGEST:
        raise _cannot("a number that is too large.")
    return str(value)


def _object(value: Mapping[Any, Any], depth: int) -> str:
    if not all(isinstance(key, str) for key in value):
        raise _cannot("a name that is no text.")
    pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be", "surrogatepass"))
    inside = (f"{json.dumps(k, ensure_ascii=False)}:{_text(v, depth + 1)}" for k, v in pairs)
    return "{" + ",".join(inside) + "}"


def _cannot(reason: str) -> SealError:
    return SealError("seal.cannot_write", reason=reason)


def load(data: bytes) -> Any:
    """JSON of that kind; SealError `seal.bad_json` for names that come twice, fractions, depth."""
    try:
        return json.loads(
            data.decode(),
            object_pairs_hook=_once,
            parse_float=_refuse,
            parse_constant=_refuse,
        )
    except (ValueError, RecursionError):
        raise SealError("seal.bad_json") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise SealError("seal.bad_json")
    return found


def _refuse(_text: str) -> Any:
    raise SealError("seal.bad_json")
