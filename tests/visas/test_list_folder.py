"""Does the list of visas reach a post by itself, through a folder that nobody has to trust?"""

import pytest

from safar.config import examination
from safar.control.visas import tasks
from safar.control.visas.files import list_folder
from safar.control.visas.models import ListedNumber, VisaListVersion
from safar.core.errors import RuleBroken
from tests.makers import visas_issued as make

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.SAFAR_VISA_LIST_TO = settings.SAFAR_VISA_LIST_FROM = str(tmp_path)
    make.fresh_keys()
    yield tmp_path
    make.forget_keys()


def versions(*, imported):
    rows = VisaListVersion.objects.filter(imported=imported)
    return sorted(rows.values_list("version", flat=True))


def test_what_is_revoked_is_known_at_the_post_after_the_next_hour(folder):
    visa = make.revoked(make.issued())
    tasks.make_list(0)
    assert [path.name for path in folder.iterdir()] == ["visas.list"]
    tasks.take_list(0)
    assert ListedNumber.objects.get().number == visa.number


def test_the_same_list_is_taken_once_and_an_older_one_is_passed_over(folder):
    tasks.make_list(0)
    older = (folder / "visas.list").read_bytes()
    tasks.take_list(0)
    tasks.take_list(0)
    assert versions(imported=True) == [1]
    tasks.make_list(0)
    tasks.take_list(0)
    list_folder.put(folder, older)
    tasks.take_list(0)
    assert versions(imported=True) == [1, 2]


def test_a_list_that_was_changed_on_its_way_leaves_the_one_before(folder):
    make.revoked(make.issued())
    tasks.make_list(0)
    tasks.take_list(0)
    tasks.make_list(0)
    path = folder / "visas.list"
    path.write_bytes(path.read_bytes().replace(b'"as":"revoked"', b'"as":"blank"'))
    with pytest.raises(RuleBroken):
        tasks.take_list(0)
    assert versions(imported=True) == [1]
    assert ListedNumber.objects.get().listed_as == "revoked"


@pytest.mark.parametrize(
    "torn", [b"", b"\n", b"[" * 5000, b'{"version":"x"}\n', b'{"version":1e999}\n']
)
def test_what_is_no_list_is_passed_over(folder, torn):
    (folder / "visas.list").write_bytes(torn)
    tasks.take_list(0)
    assert versions(imported=True) == []


def test_a_list_that_cannot_be_written_leaves_the_one_before_and_nothing_beside_it(
    folder, settings
):
    tasks.make_list(0)
    before = (folder / "visas.list").read_bytes()
    settings.SAFAR_VISA_LIST_TO = str(folder / "gone")
    with pytest.raises(FileNotFoundError):
        tasks.make_list(0)
    assert (folder / "visas.list").read_bytes() == before
    assert len(list(folder.iterdir())) == 1


def test_where_no_folder_is_named_nothing_is_made_or_taken(folder, settings):
    settings.SAFAR_VISA_LIST_TO = settings.SAFAR_VISA_LIST_FROM = ""
    tasks.make_list(0)
    tasks.take_list(0)
    assert versions(imported=False) == versions(imported=True) == []


def doctor():
    return next(one for one in examination.examine() if one.name == "list of visas")


def test_the_doctor_says_where_no_list_is_made_or_taken(folder, settings):
    assert "none is made here" in doctor().text
    assert "none is held here" in doctor().text
    tasks.make_list(0)
    tasks.take_list(0)
    assert doctor().ok
    settings.SAFAR_VISA_LIST_FROM = str(folder / "gone")
    assert not doctor().ok
    assert "is no folder" in doctor().text
