"""A file that is written whole or not at all, and read by nobody else while it is."""

import stat

import pytest

from safar.core.files.whole import READ_BY_ALL, whole_file


@pytest.fixture
def path(tmp_path):
    return tmp_path / "list.csv"


def test_what_was_there_stays_until_the_new_one_is_whole(path):
    path.write_bytes(b"old")
    with whole_file(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert [each.name for each in path.parent.iterdir()] == ["list.csv"]


def test_nothing_is_left_of_one_that_failed(path):
    def fail():
        with whole_file(path) as file:
            file.write(b"half")
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        fail()
    assert not any(path.parent.iterdir())


def test_it_is_private_from_its_first_byte_unless_all_may_read_it(path):
    with whole_file(path) as file:
        beside = next(path.parent.iterdir())
        assert stat.S_IMODE(beside.stat().st_mode) == 0o600
        file.write(b"x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with whole_file(path, READ_BY_ALL) as file:
        file.write(b"x")
    assert stat.S_IMODE(path.stat().st_mode) & 0o600 == 0o600


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(FileNotFoundError), whole_file(tmp_path / "no" / "list.csv"):
        pass
