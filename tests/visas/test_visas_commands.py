"""Are kinds and consulates there before anybody applies, by the command line?"""

import json

import pytest
from click.testing import CliRunner

from safar.control.offices.commands import open_office
from safar.control.offices.models import IssuingOffice
from safar.control.visas.kinds_command import load_kinds
from safar.control.visas.models import (
    VisaKind,
)
from tests.makers import accounts
from tests.makers import visas as make

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def run(command, *args: str) -> tuple[int, str]:
    answer = CliRunner().invoke(command, list(args))
    return answer.exit_code, answer.output


def test_the_shipped_kinds_are_loaded_and_say_what_they_are():
    assert run(load_kinds, "--json") == (0, '{"kinds": 9}\n')
    codes = set(VisaKind.objects.values_list("code", flat=True))
    assert {"T", "B", "TR", "W", "S", "F", "H"} <= codes
    permits = VisaKind.objects.filter(is_permit=True).values_list("code", flat=True)
    assert set(permits) == {"PR", "PW"}
    assert all({"en", "ru", "ky"} <= kind.names.keys() for kind in VisaKind.objects.all())


def test_a_kind_that_is_gone_from_the_file_is_given_no_more(tmp_path):
    run(load_kinds)
    one = {
        "code": "T", "names": {"en": "Visit"}, "entries": ["1"], "max_days": 30,
        "max_validity_days": 30, "fee": "10", "currency": "EUR", "papers": [],
    }  # fmt: skip
    file = tmp_path / "kinds.json"
    file.write_text(json.dumps([one]))
    assert run(load_kinds, str(file))[0] == 0
    assert list(VisaKind.objects.filter(in_use=True).values_list("code", flat=True)) == ["T"]
    file.write_text("{")
    assert run(load_kinds, str(file))[0] == 1


def test_a_consulate_is_opened_for_an_agency_and_a_state_that_are_there():
    make.kinds()
    accounts.agency("MFA")
    assert run(open_office, "IST", "Istanbul", "--country=TUR", "--agency=MFA")[0] == 0
    assert IssuingOffice.objects.get().name == "Istanbul"
    assert run(open_office, "X", "X", "--country=XYZ", "--agency=MFA")[0] == 1
