"""A case's key opens what it sealed, in its own row, and nothing else."""

import base64

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from safar.assistance.cases import keys
from safar.assistance.cases.models import CaseKey, Note
from safar.core.errors import Unavailable
from safar.core.record import writing
from tests.makers import cases as make
from tests.makers import papers

CIPHER = keys.CaseCipher(AESGCM.generate_key(256))


def key_line() -> str:
    return base64.b64encode(AESGCM.generate_key(256)).decode()


@pytest.fixture
def key_file(tmp_path, settings):
    """A file of the installation's keys, which a test may write anew, as rotation does."""

    def write(*lines: str) -> str:
        file = tmp_path / f"keys-{len(list(tmp_path.iterdir()))}"
        file.write_text("\n".join(lines))
        settings.SAFAR_CASE_KEY_FILE = str(file)
        return str(file)

    return write


@given(st.binary(max_size=300))
def test_what_was_sealed_opens_as_it_was(plain):
    note = Note()
    assert CIPHER.open(note, CIPHER.seal(note, plain)) == plain


@given(st.binary(max_size=80), st.data())
def test_a_flipped_bit_anywhere_is_noticed(plain, data):
    note = Note()
    sealed = bytearray(CIPHER.seal(note, plain))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(Unavailable):
        CIPHER.open(note, bytes(sealed))


def test_two_rows_cannot_be_exchanged():
    one, other = Note(), Note()
    sealed = CIPHER.seal(one, b"hers")
    with pytest.raises(Unavailable):
        CIPHER.open(other, sealed)
    assert CIPHER.open(one, sealed) == b"hers"


def test_another_case_s_key_opens_nothing():
    note, other = Note(), keys.CaseCipher(AESGCM.generate_key(256))
    with pytest.raises(Unavailable):
        other.open(note, CIPHER.seal(note, b"hers"))


def test_the_same_words_are_never_sealed_to_the_same_bytes():
    note = Note()
    assert CIPHER.seal(note, b"hers") != CIPHER.seal(note, b"hers")


@pytest.mark.parametrize("cut", [0, 1, 12, 20])
def test_what_is_cut_short_does_not_open(cut):
    note = Note()
    with pytest.raises(Unavailable):
        CIPHER.open(note, CIPHER.seal(note, b"hers")[:cut])


@pytest.mark.django_db
def test_each_case_has_a_key_of_its_own_and_the_database_holds_none_of_them():
    worker = make.caseworker()
    one, other = make.case(worker), make.case(worker)
    with writing("cases"):
        first, second = keys.of(one).key, keys.of(other).key
        again = keys.of(one).key
    assert first == again != second
    kept = b"".join(bytes(k.wrapped) for k in CaseKey.objects.all() if k.wrapped)
    assert len(kept) == 2 * (1 + 12 + 32 + 16)
    assert first not in kept
    assert second not in kept


@pytest.mark.django_db
def test_the_keys_of_two_cases_cannot_be_exchanged():
    worker = make.caseworker()
    one, other = make.case(worker), make.case(worker)
    with writing("cases"):
        keys.of(one), keys.of(other)
        wrapped = CaseKey.objects.get(case=other).wrapped
        CaseKey.objects.filter(case=one).update(wrapped=wrapped)
        with pytest.raises(Unavailable):
            keys.of(one)


@pytest.mark.django_db
def test_a_new_installation_key_wraps_all_anew_and_the_old_one_can_go(key_file):
    old, new = key_line(), key_line()
    key_file(old)
    worker = make.caseworker()
    case = make.case(worker)
    note = papers.note(worker, case, "hers")
    key_file(new, old)
    with writing("cases"):
        key = CaseKey.objects.get(case=case)
        assert keys.wrapped_anew(key)
        key.save()
    assert not keys.wrapped_anew(key)
    key_file(new)
    assert keys.of(case).open(note, note.sealed) == b"hers"
    key_file(old)  # the control: without the new key nothing opens
    with pytest.raises(Unavailable):
        keys.of(case)


def test_production_without_a_key_file_does_not_start(settings):
    settings.SAFAR_CASE_KEY_FROM_SECRET = False
    with pytest.raises(ImproperlyConfigured, match="SAFAR_CASE_KEY_FILE"):
        keys.installation_keys()
    settings.SAFAR_CASE_KEY_FROM_SECRET = True
    assert keys.installation_keys().current


@pytest.mark.parametrize("line", ["", "no base64!", base64.b64encode(b"short").decode(), "ключ"])
def test_a_key_file_with_anything_else_in_it_is_refused(key_file, line):
    key_file(line)
    with pytest.raises(ImproperlyConfigured):
        keys.installation_keys()


def test_a_key_file_that_is_not_there_is_refused(settings):
    settings.SAFAR_CASE_KEY_FILE = "/no/such/file"
    with pytest.raises(ImproperlyConfigured):
        keys.installation_keys()


@pytest.mark.django_db
def test_the_command_wraps_all_keys_but_the_destroyed_anew(key_file):
    from click.testing import CliRunner

    from safar.assistance.cases.commands import cases_group

    old, new = key_line(), key_line()
    key_file(old)
    worker = make.caseworker()
    notes = [papers.note(worker, make.case(worker), "hers") for _ in range(3)]
    gone = make.case(worker)
    papers.note(worker, gone, "gone")
    papers.erased(papers.closed_long_ago(worker, gone))
    key_file(new, old)
    assert "3 keys" in CliRunner().invoke(cases_group, ["rewrap"]).output
    assert "0 keys" in CliRunner().invoke(cases_group, ["rewrap"]).output
    key_file(new)
    assert {keys.of(n.case).open(n, n.sealed) for n in notes} == {b"hers"}
