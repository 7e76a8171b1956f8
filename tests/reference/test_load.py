"""Loading: whole or not at all, twice is once, and the database has the last word."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, connection, transaction

from safar.core.errors import NotAllowed
from safar.core.models import AuditEntry
from safar.core.permissions import Actor
from safar.core.record import UnguardedWrite, writing
from safar.reference import actions
from safar.reference.commands import reference
from safar.reference.files import BadFile
from safar.reference.models import Country, CrossingPoint, Lane, RefusalGround, VisaFreeRule
from safar.reference.tables import TABLES
from tests.makers.reference import edit, load_folder, reference_folder, visa_free_rule

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
RULE = "visa_free_rules.csv"
END_OF_AUSTRALIAN_RULE = re.compile(r"^(TJK-AUS-.*,2022-01-01),,", re.MULTILINE)


def stored() -> dict[str, list[object]]:
    return {
        table.file: list(table.model._default_manager.order_by("pk").values()) for table in TABLES
    }


def test_loading_fills_every_table_and_leaves_an_audit_row() -> None:
    load_folder()
    assert Country.objects.count() == 289
    assert Country.objects.get(pk="D").names["tg"] == "Германия"
    entry = AuditEntry.objects.latest("number")
    assert (entry.action, entry.outcome) == ("reference.load", "done")
    assert entry.details["countries.csv"] == {"added": 289, "changed": 0, "unchanged": 0, "gone": 0}


def test_loading_twice_changes_nothing() -> None:
    load_folder()
    before = stored()
    again = load_folder()
    assert all(not (o.added or o.changed or o.gone) for o in again.values())
    assert stored() == before


def test_a_changed_and_an_added_row_are_told_apart_and_the_rest_stays(tmp_path: Path) -> None:
    load_folder()
    folder = reference_folder(tmp_path, "refusal_grounds.csv")
    edit(
        folder / "refusal_grounds.csv",
        lambda text: text.replace("жок,\n", "жок,Article 7\n", 1) + "K,11,Own,Своё,Өз,\n",
    )
    outcome = load_folder(folder)
    assert list(outcome) == ["refusal_grounds.csv"]
    assert outcome["refusal_grounds.csv"].counts == {
        "added": 1, "changed": 1, "unchanged": 9, "gone": 0,
    }  # fmt: skip
    assert RefusalGround.objects.get(pk="A").national_reference == "Article 7"
    assert Country.objects.count() == 289


def test_a_row_that_is_gone_stays_no_longer_in_use_and_may_come_back(tmp_path: Path) -> None:
    load_folder()
    folder = reference_folder(tmp_path)
    edit(folder / "refusal_grounds.csv", lambda text: text[: text.index("J,10")])
    assert load_folder(folder)["refusal_grounds.csv"].gone == ("J",)
    assert RefusalGround.objects.get(pk="J").in_use is False
    assert load_folder(folder)["refusal_grounds.csv"].gone == ()
    assert load_folder()["refusal_grounds.csv"].changed == ("J",)
    assert RefusalGround.objects.get(pk="J").in_use is True


def cut_in_a_line(text: str) -> str:
    return text[: text.index("KG-TOR") + 30]


def cut_at_a_line(text: str) -> str:
    return text[: text.index("\nTJK-") + 1]


def wrong_day(text: str) -> str:
    return text.replace(",2025-12-31,", ",2025-13-31,", 1)


def unknown_country(text: str) -> str:
    return text.replace(",KAZ,AUS,", ",KAZ,AUX,", 1)


def longer_than_its_window(text: str) -> str:
    return text.replace(",60,120,,", ",130,120,,", 1)


@pytest.mark.parametrize(
    ("file", "spoil", "words"),
    [
        (
            "crossing_points.csv",
            cut_in_a_line,
            "crossing_points.csv, line [0-9]+: The last line is cut",
        ),
        (RULE, cut_at_a_line, "163 of 390 known rows are missing"),
        (RULE, wrong_day, "column in_force_from: “2025-13-31” is not a day"),
        (RULE, unknown_country, "line .*, column citizenship: “AUX” is not in countries.csv"),
        (
            RULE,
            longer_than_its_window,
            "visa_free_rules.csv: The database refuses it .rule_days_fit",
        ),
    ],
)
def test_a_torn_or_wrong_file_changes_nothing_and_says_where(
    tmp_path: Path, file: str, spoil: Callable[[str], str], words: str
) -> None:
    load_folder()
    before = stored()
    folder = reference_folder(tmp_path)
    edit(folder / "refusal_grounds.csv", lambda text: text.replace("A,1,No", "A,1,Not any"))
    edit(folder / file, spoil)
    with pytest.raises(BadFile, match=words):
        load_folder(folder)
    assert stored() == before
    refused = AuditEntry.objects.latest("number")
    assert (refused.outcome, refused.details["file"]) == ("refused", file)


def test_many_rows_may_go_when_that_is_said(tmp_path: Path) -> None:
    load_folder()
    folder = reference_folder(tmp_path, RULE)
    edit(folder / RULE, lambda text: "".join(text.splitlines(keepends=True)[:200]))
    with pytest.raises(BadFile, match="Is the file whole"):
        load_folder(folder)
    assert len(load_folder(folder, allow_gone=True)[RULE].gone) == 191


def test_rules_that_overlap_are_refused_by_the_load(tmp_path: Path) -> None:
    load_folder()
    folder = reference_folder(tmp_path, RULE)
    twice = "KGZ-D-twice,KGZ,D,90,180,,other,2026-03-01,,low,\n".replace("twice", "TWICE")
    edit(folder / RULE, lambda text: text + twice)
    with pytest.raises(BadFile, match=r"rule_one_at_a_time.*KGZ, D"):
        load_folder(folder)
    assert not VisaFreeRule.objects.filter(pk="KGZ-D-TWICE").exists()


def test_a_rule_may_end_and_the_next_begin_in_one_load(tmp_path: Path) -> None:
    load_folder()
    folder = reference_folder(tmp_path, RULE)
    row = "TJK-AUS-2027,TJK,AUS,60,,,a new act,2027-01-01,,high,\n"
    edit(folder / RULE, lambda text: END_OF_AUSTRALIAN_RULE.sub(r"\1,2026-12-31,", text) + row)
    outcome = load_folder(folder)[RULE]
    assert len(outcome.changed) == 1
    assert outcome.added == ("TJK-AUS-2027",)


def test_the_database_itself_refuses_two_rules_at_a_time() -> None:
    load_folder()
    visa_free_rule(since=date(2020, 1, 1), until=date(2020, 12, 31))
    with transaction.atomic():
        visa_free_rule(since=date(2021, 1, 1))
        settle()
    with pytest.raises(IntegrityError, match="rule_one_at_a_time"):
        one_day_twice()


@transaction.atomic
def one_day_twice() -> None:
    visa_free_rule(since=date(2020, 12, 31), until=date(2020, 12, 31))
    settle()


def settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.parametrize(
    ("code", "change", "constraint"),
    [
        ("KG-MAN", {"iata": ""}, "post_airport_has_codes"),
        ("KG-DOS", {"latitude": None}, "post_position_says_its_basis"),
        ("KG-DOS", {"position_basis": "unknown"}, "post_position_says_its_basis"),
        ("KG-DOS", {"position_basis": "certain"}, "reference_post_position_basis_known"),
        ("KG-DOS", {"mode": "tram"}, "reference_post_mode_known"),
        ("KG-DOS", {"names": {"ru": "Достук"}}, "reference_post_has_english_name"),
        ("KG-DOS", {"icao": "UCFM"}, "post_by_icao"),
    ],
)
def test_the_database_refuses_an_impossible_post(
    code: str, change: dict[str, object], constraint: str
) -> None:
    load_folder()
    with writing("reference"), transaction.atomic():
        CrossingPoint.objects.filter(pk=code).update(note="this is possible")
    with (
        pytest.raises(IntegrityError, match=constraint),
        writing("reference"),
        transaction.atomic(),
    ):
        CrossingPoint.objects.filter(pk=code).update(**change)


def test_a_post_has_no_two_lanes_of_one_number() -> None:
    load_folder()
    with pytest.raises(IntegrityError, match="lane_by_number"), writing("reference"):
        Lane.objects.filter(pk="KG-DOS-02").update(number=1)


def test_code_lists_are_written_by_the_load_alone() -> None:
    load_folder()
    with pytest.raises(UnguardedWrite):
        Country.objects.filter(pk="KGZ").update(in_use=False)


def test_only_who_may_load_loads() -> None:
    officer = Actor(None, "officer", permissions=frozenset({"border.admit"}))
    with pytest.raises(NotAllowed):
        actions.load(officer, None)
    assert not Country.objects.exists()


def test_a_folder_without_any_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="no file of reference data"):
        load_folder(tmp_path)


def test_the_command_prints_what_it_did() -> None:
    done = CliRunner().invoke(reference, ["load"])
    assert done.exit_code == 0
    assert done.output.splitlines()[1].split() == ["countries.csv", "289", "0", "0", "0"]
    again = CliRunner().invoke(reference, ["load", "--json"])
    assert json.loads(again.output)[RULE] == {
        "added": 0, "changed": 0, "unchanged": 390, "gone": 0,
    }  # fmt: skip


def test_the_command_fails_with_a_sentence_that_names_the_line(tmp_path: Path) -> None:
    folder = reference_folder(tmp_path)
    edit(folder / "countries.csv", lambda text: text[:500])
    failed = CliRunner().invoke(reference, ["load", "--from", str(folder)])
    assert failed.exit_code == 1
    assert "countries.csv, line" in failed.output
    assert "Nothing was changed." in failed.output
    assert "Traceback" not in failed.output
