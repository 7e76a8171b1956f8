"""Can somebody list or lift herself or a relative without anybody seeing it?"""

from typing import Any

import pytest

from safar.accounts import staff
from safar.accounts.models import StaffMarks, User
from safar.control.watchlist import actions, conflicts
from safar.control.watchlist.models import ListEntry
from safar.core.errors import NotAllowed, RuleBroken
from safar.core.models import AuditEntry
from safar.core.record import writing
from tests.makers import accounts
from tests.makers.watchlist import actor, change, draft, entry, head, watch_list

pytestmark = pytest.mark.django_db


def member(name: str = "Asanova Aida", username: str = "1001", **facts: str) -> User:
    """A member of staff of whom these facts are kept, as marks."""
    user = accounts.user(username, "officer", name=name)
    accounts.staff_details(user, **facts)
    return user


def proposed(name: str, **fields: Any) -> ListEntry:
    on = watch_list()
    return actions.propose_entry(actor("R. Kadyrov"), on, draft=draft(name, **fields))


def agrees(name: str, **fields: Any) -> list[tuple[str, ...]]:
    return [tie.agrees for tie in conflicts.of_draft(draft(name, **fields))]


@pytest.mark.parametrize(
    ("listed", "of_staff"),
    [
        ("АСАНОВ, Бакыт", "Asanova Aida"),
        ("ASANOVA, Meerim", "Asanov Bakyt"),
        ("SULAIMANOV, Nur", "Suleimanova Aigul"),
        ("Asan uulu, Bakyt", "Asan kyzy Aida"),
        ("BELINSKAYA, Anna", "Belinsky Ivan"),
    ],
)
def test_a_relative_has_the_surname_and_the_place_address_or_telephone(listed: str, of_staff: str):
    member(of_staff, birth_place="Osh", address="Bishkek, Chuy 12-5", phone="0555 123456")
    assert agrees(listed, birth_place="г. Ош") == [("birth_place",)]
    assert agrees(listed, address="Чуй 12 кв. 5, Бишкек") == [("address",)]
    assert agrees(listed, phone="+996 555 12-34-56") == [("phone",)]


def test_a_surname_alone_or_a_place_alone_is_nobody():
    member("Asanova Aida", birth_place="Osh", phone="0555123456")
    assert agrees("ASANOVA, Meerim", birth_place="Talas") == []
    assert agrees("ASANOVA, Meerim") == []
    assert agrees("SEITOV, Marat", birth_place="Osh", phone="0555123456") == []


def test_a_member_herself_has_the_name_and_the_birth_date_or_the_telephone():
    member("Asanova Aida", birth="1990-03-08", phone="0555123456")
    (tie,) = conflicts.of_draft(draft("ASANOVA, Aida Bakytovna", births=("1990-03-08",)))
    assert (tie.name, tie.herself, tie.agrees) == ("Asanova Aida", True, ("birth",))
    assert agrees("ASANOVA, Aida", births=("1990",)) == []  # a year alone is nobody's birth date
    assert agrees("ASANOVA, Meerim", births=("1990-03-08",)) == []


def test_the_telephone_at_work_counts_without_any_details():
    user = accounts.user("1001", "officer", name="Asanova Aida")
    with writing():
        User.objects.filter(pk=user.pk).update(phone="0312 55 66 77")
    assert agrees("ASANOV, Bek", phone="996312556677") == [("phone",)]


def test_what_is_kept_of_staff_can_be_compared_and_not_read():
    member(birth_place="Osh", address="Chuy 12", phone="0555123456", birth="1990-03-08")
    kept = StaffMarks.objects.get()
    for field in staff.FIELDS:
        mark = getattr(kept, field)
        assert len(mark) == 64
        assert not any(fact in mark for fact in ("Osh", "osh", "555123456", "1990"))
    assert not StaffMarks.objects.visible_to(actor("Husan", "administrator"))


def test_another_key_makes_other_marks(settings):
    before = staff.mark("birth_place", "Osh")
    assert staff.mark("birth_place", "ОШ") == before
    settings.SECRET_KEY = "another"
    assert staff.mark("birth_place", "Osh") != before


def test_a_relative_is_not_listed_before_the_second_person_confirms_the_warning():
    member("Asanova Aida", birth_place="Osh")
    new = proposed("ASANOV, Bakyt", birth_place="Osh")
    with pytest.raises(RuleBroken, match="member of staff"):
        actions.publish_entry(actor("B. Osmonalieva"), new)
    assert ListEntry.objects.get().status == "proposed"
    actions.publish_entry(actor("B. Osmonalieva"), new, ties_seen=True)
    assert ListEntry.objects.get().status == "published"


def test_nor_lifted():
    member("Asanova Aida", birth_place="Osh")
    new = proposed("ASANOV, Bakyt", birth_place="Osh")
    one = actions.publish_entry(actor("B. Osmonalieva"), new, ties_seen=True)
    one = actions.propose_lifting(actor("R. Kadyrov"), one, reason="Found.")
    with pytest.raises(RuleBroken, match="member of staff"):
        actions.lift_entry(head(), one)
    assert actions.lift_entry(head(), one, ties_seen=True).status == "lifted"


def test_nor_turned_into_one_by_a_change():
    member("Asanova Aida", birth_place="Osh")
    waiting = change(entry("ASANOV, Bakyt"), birth_place="Osh")
    with pytest.raises(RuleBroken, match="member of staff"):
        actions.publish_change(actor("B. Osmonalieva"), waiting)
    actions.publish_change(actor("B. Osmonalieva"), waiting, ties_seen=True)


def test_the_audit_keeps_whose_relative_it_may_be_and_no_fact():
    user = member("Asanova Aida", birth_place="Osh")
    new = proposed("ASANOV, Bakyt", birth_place="Osh")
    actions.publish_entry(actor("B. Osmonalieva"), new, ties_seen=True)
    wanted = [{"user": str(user.pk), "herself": False, "agrees": ["birth_place"]}]
    for action in ("watchlist.propose_entry", "watchlist.publish_entry"):
        row = AuditEntry.objects.filter(action=action, outcome="done").get()
        assert row.details["staff"] == wanted
        assert "Osh" not in str(row.details)


def test_nobody_decides_on_her_own_relative_even_with_her_eyes_open():
    approver = actor("B. Osmonalieva")
    accounts.staff_details(User.objects.get(pk=approver.person_id), birth_place="Osh")
    new = proposed("OSMONALIEV, Azamat", birth_place="Osh")
    with pytest.raises(NotAllowed, match="relative"):
        actions.publish_entry(approver, new, ties_seen=True)
    other = actor("C. Third")  # the control
    assert actions.publish_entry(other, new, ties_seen=True).status == "published"


def test_nor_does_she_turn_away_what_others_propose_of_a_relative():
    manager = actor("B. Osmonalieva")
    accounts.staff_details(User.objects.get(pk=manager.person_id), birth_place="Osh")
    new = proposed("OSMONALIEV, Azamat", birth_place="Osh")
    with pytest.raises(NotAllowed, match="relative"):
        actions.decline_entry(manager, new, reason="No ground.")
    assert actions.decline_entry(actor("C. Third"), new, reason="No ground.").status == "declined"


def test_a_stranger_is_published_without_a_word_about_staff():
    member("Asanova Aida", birth_place="Osh")
    new = proposed("SEITOV, Marat", birth_place="Osh")
    actions.publish_entry(actor("B. Osmonalieva"), new)
    row = AuditEntry.objects.filter(action="watchlist.publish_entry", outcome="done").get()
    assert "staff" not in row.details
