"""Thirty-six ways to forge a visa: made by a generator, for the bench and the tests."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from bench.visa_world import Case, Good, World, as_shown
from safar.control.visas.rules.sealed import VALID_FROM
from safar.control.visas.rules.visa_facts import Register
from safar.lib import seal
from safar.lib.seal import dates as seal_dates
from safar.lib.seal.issuing import file_signer, new_key

Forge = Callable[[World, Good], Case]


def _with_seal(good: Good, raw: bytes) -> Case:
    return replace(as_shown(good), seal=raw, zone=())


def _features(world: World, good: Good, changes: dict[int, bytes]) -> Case:
    return _with_seal(good, seal.rebuild(seal.decode(good.seal), features=changes))


def _content(world: World, good: Good, **changes: object) -> Case:
    """Other content under the old signature: what an editor of pictures does."""
    other = world.sealed(replace(good.content, **changes))  # type: ignore[arg-type]
    old = seal.decode(good.seal)
    raw = seal.rebuild(seal.decode(other.seal), signature=old.signature)
    return replace(as_shown(good), seal=raw, zone=other.zone, holder=other.holder)


def _resealed(world: World, good: Good, by: seal.Signer, **more: date) -> Case:
    return _with_seal(good, world.sealed(good.content, by, **more).seal)


def _head(world: World, good: Good, **changes: object) -> Case:
    return _with_seal(good, seal.rebuild(seal.decode(good.seal), head=changes))


def _flipped(world: World, good: Good) -> Case:
    at = world.chance.randrange(len(good.seal) * 8)
    raw = bytearray(good.seal)
    raw[at // 8] ^= 1 << at % 8
    return _with_seal(good, bytes(raw))


def _swapped(world: World, good: Good) -> Case:
    other = world.good(stay_days=77, entries=3)
    taken = {tag: seal.decode(other.seal).features[tag] for tag in (3, 4)}
    return _features(world, good, taken)


def _wrong_key(world: World, good: Good) -> Case:
    return _resealed(world, good, file_signer(new_key(), world.signer[0]))


def _copied(world: World, good: Good) -> Case:
    other = world.good(surname="ANOTHER", given_names="PERSON")
    return replace(as_shown(good), holder=other.holder)


def _look_alike(world: World, good: Good) -> Case:
    """Another booklet of a person with the same name and day of birth."""
    return replace(as_shown(good), holder=replace(good.holder, number="X00000001"))


def _invented(world: World, good: Good) -> Case:
    """By somebody inside who has the key, on a number that was never issued."""
    return replace(as_shown(good), register=Register("here"))


def _stolen_blank(world: World, good: Good) -> Case:
    return replace(as_shown(good), register=Register("here", blank="lost"))


def _from_inside(world: World, good: Good) -> Case:
    other = world.sealed(replace(good.content, stay_days=good.content.stay_days + 30))
    return replace(as_shown(good), seal=other.seal, zone=other.zone)


def _ended(status: str) -> Forge:
    def forge(world: World, good: Good) -> Case:
        assert good.register.visa is not None
        visa = replace(good.register.visa, status=status, ended_on=world.today)
        return replace(as_shown(good), register=replace(good.register, visa=visa))

    return forge


def _on_list(why: str) -> Forge:
    """At a post that is cut off."""

    def forge(world: World, good: Good) -> Case:
        held = Register("list", listed=why, since=world.today, age=timedelta(hours=1))
        return replace(as_shown(good), register=held)

    return forge


def _used_up(world: World, good: Good) -> Case:
    once = world.good(entries=1)
    return replace(as_shown(once), register=replace(once.register, uses=1))


def _other_lines(world: World, good: Good) -> Case:
    """A good seal on a sticker whose printed lines are another's."""
    return replace(as_shown(good), zone=world.good().zone)


FORGERIES: dict[str, tuple[Forge, frozenset[str]]] = {
    name: (forge, frozenset(codes.split()))
    for name, forge, codes in (
        ("last day later", lambda w, g: _content(w, g, valid_until=w.today + timedelta(days=900)), "visa.altered"),
        ("first day earlier", lambda w, g: _features(w, g, {VALID_FROM: seal_dates.encode(w.today - timedelta(days=99))}), "visa.altered"),
        ("another name", lambda w, g: _content(w, g, surname="FORGED", given_names="NAME"), "visa.altered"),
        ("another passport number", lambda w, g: _content(w, g, passport_number="X12345678"), "visa.altered"),
        ("another visa number", lambda w, g: _content(w, g, number="KG999999"), "visa.altered"),
        ("entries raised", lambda w, g: _features(w, g, {3: b"\x63"}), "visa.altered"),
        ("stay raised", lambda w, g: _features(w, g, {4: b"\x00\x0b\x00"}), "visa.altered"),
        ("one bit flipped", _flipped, "visa.altered visa.unreadable visa.unknown_signer"),
        ("fields of another visa", _swapped, "visa.altered"),
        ("signature of another visa", lambda w, g: _with_seal(g, seal.rebuild(seal.decode(g.seal), signature=seal.decode(w.good().seal).signature)), "visa.altered"),
        ("truncated", lambda w, g: _with_seal(g, g.seal[: w.chance.randrange(1, len(g.seal))]), "visa.unreadable visa.altered"),
        ("something appended", lambda w, g: _with_seal(g, g.seal + b"\x08\x01\x00"), "visa.unreadable"),
        ("own false authority", lambda w, g: _resealed(w, g, w.false[1]), "visa.altered"),
        ("right name, wrong key", _wrong_key, "visa.altered"),
        ("seal of a test certificate", lambda w, g: _resealed(w, g, w.test[1]), "visa.unknown_signer"),
        ("signer of another state", lambda w, g: _resealed(w, g, w.foreign[1]), "visa.unknown_signer visa.other_country"),
        ("signer for passports", lambda w, g: _resealed(w, g, w.passports[1]), "visa.unknown_signer"),
        ("sealed after the signer's end", lambda w, g: _resealed(w, g, w.ended[1], signed_on=w.today - timedelta(days=5)), "visa.signer_time"),
        ("sealed after the signer's revocation", lambda w, g: _resealed(w, g, w.revoked[1], signed_on=w.today - timedelta(days=5)), "visa.signer_revoked"),
        ("sealed in the future", lambda w, g: _resealed(w, g, w.signer[1], signed_on=w.today + timedelta(days=5)), "visa.signer_time"),
        ("another state in the head", lambda w, g: _head(w, g, country="KAZ"), "visa.altered"),
        ("another kind of document", lambda w, g: _head(w, g, definition=0x5E, category=0x03), "visa.altered"),
        ("copied onto another passport", _copied, "visa.copied"),
        ("copied for a namesake", _look_alike, "visa.wrong_holder"),
        ("good seal, other printed lines", _other_lines, "visa.other_zone"),
        ("invented number, right key", _invented, "visa.not_in_register"),
        ("stolen blank, right key", _stolen_blank, "visa.stolen_blank"),
        ("sealed anew, right key", _from_inside, "visa.differs"),
        ("revoked", _ended("revoked"), "visa.revoked"),
        ("annulled", _ended("annulled"), "visa.annulled"),
        ("revoked, at a post that is cut off", _on_list("revoked"), "visa.revoked"),
        ("used up, at a post that is cut off", _on_list("used_up"), "visa.used_up"),
        ("used up", _used_up, "visa.used_up"),
        ("not yet valid", lambda w, g: as_shown(w.good(valid_from=w.today + timedelta(days=3), valid_until=w.today + timedelta(days=30))), "visa.not_yet"),
        ("run out", lambda w, g: as_shown(w.good(valid_from=w.today - timedelta(days=60), valid_until=w.today - timedelta(days=1))), "visa.expired"),
        ("a boarding pass", lambda w, g: _with_seal(g, b"M1DESMARAIS/LUC       EABC123 YULFRAAC 0834 226F001A0025 100"), "visa.unreadable"),
    )
}  # fmt: skip
"""Name -> how it is made, and which findings it may have; each must be caught."""
