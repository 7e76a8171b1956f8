"""What the visa manual answers: which rule holds, and why the others do not."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from safar.control.visas.rules.manual import (
    CITIZEN,
    CLOSED,
    E_VISA,
    FREE,
    ON_ARRIVAL,
    VISA,
    Asked,
    Rule,
    answer,
    passport_of,
)

DAY = date(2026, 11, 22)
SINCE = date(2020, 1, 1)
GERMAN = Rule("DE-60", FREE, SINCE, citizenships=frozenset({"D"}), days=60, window=120)
EVERYBODY = Rule("E-ALL", E_VISA, SINCE, posts=frozenset({"KG-MAN"}), days=30)


def ask(citizenship="D", **more):
    return Asked("KGZ", citizenship, more.pop("day", DAY), **more)


def codes(found):
    return [reason.code for reason in found.reasons]


def test_chinas_ordinary_passport_is_no_service_passport_whatever_its_code():
    assert passport_of("PO", "CHN") == "ordinary"
    assert passport_of("PO", "KAZ") == passport_of("PO") == "service"
    official = Rule("CN-S", FREE, SINCE, citizenships=frozenset({"CHN"}), days=30,
                    passports=frozenset({"diplomatic", "service"}))  # fmt: skip
    ordinary = ask("CHN", passport=passport_of("PO", "CHN"))
    assert answer([official], ordinary).way == VISA
    assert answer([official], ask("CHN", passport=passport_of("PO"))).way == FREE


def test_a_citizen_needs_no_rule():
    assert answer([GERMAN], ask("KGZ")).way == CITIZEN


def test_the_rule_of_her_citizenship_holds_and_says_so():
    found = answer([EVERYBODY, GERMAN], ask())
    assert (found.way, found.rule, codes(found)) == (FREE, GERMAN, ["holds"])


def test_without_a_rule_a_visa_is_needed():
    found = answer([GERMAN], ask("IND"))
    assert (found.way, found.rule, codes(found)) == (VISA, None, ["no_rule"])


def test_where_no_post_is_named_the_rules_of_some_posts_are_told():
    found = answer([EVERYBODY], ask("IND"))
    assert (found.way, found.at_posts) == (VISA, (EVERYBODY,))
    assert answer([EVERYBODY], ask("IND", post="KG-TOR")).at_posts == ()
    assert answer([EVERYBODY], ask("IND", day=date(2019, 1, 1))).at_posts == (), "not in force"
    assert answer([EVERYBODY, GERMAN], ask()).at_posts == (), "what holds everywhere goes before"
    closed = Rule(
        "DE-SHUT", CLOSED, SINCE, citizenships=frozenset({"D"}), posts=frozenset({"KG-TOR"})
    )
    assert answer([closed, GERMAN], ask()).at_posts == (closed,), "but for a post that is closed"


def test_a_rule_for_everybody_holds_only_at_its_posts():
    assert answer([EVERYBODY], ask("IND", post="KG-MAN")).way == E_VISA
    assert answer([EVERYBODY], ask("IND", post="KG-DOS")).way == VISA


def test_the_first_and_the_last_day_count():
    ended = Rule("X", FREE, DAY, until=DAY, citizenships=frozenset({"D"}))
    ways = [answer([ended], ask(day=DAY + timedelta(days=n))).way for n in (-1, 0, 1)]
    assert ways == [VISA, FREE, VISA]
    assert codes(answer([ended], ask(day=DAY - timedelta(days=1)))) == ["no_rule", "not_yet"]
    assert codes(answer([ended], ask(day=DAY + timedelta(days=1)))) == ["no_rule", "ended"]


def test_a_diplomatic_passport_has_its_own_rule_and_the_reason_names_it():
    diplomats = Rule("DIP", FREE, SINCE, citizenships=frozenset({"IND"}),
                     passports=frozenset({"diplomatic"}))  # fmt: skip
    assert answer([diplomats], ask("IND", passport=passport_of("PD"))).way == FREE
    found = answer([diplomats], ask("IND", passport=passport_of("P<")))
    assert (found.way, codes(found)) == (VISA, ["no_rule", "other_passport"])


def test_an_own_rule_goes_before_a_shipped_one_and_a_closed_border_before_all():
    shipped = Rule("S", FREE, SINCE, citizenships=frozenset({"D"}), is_own=False)
    suspended = Rule("O", VISA, SINCE, citizenships=frozenset({"D"}))
    closed = Rule("C", CLOSED, DAY, until=DAY)
    assert answer([shipped], ask()).way == FREE
    assert answer([shipped, suspended], ask()).way == VISA
    assert answer([GERMAN, shipped, closed], ask()).way == CLOSED
    assert answer([GERMAN, closed], ask(day=DAY + timedelta(days=1))).way == FREE


def test_of_two_equally_near_the_milder_holds():
    mild = Rule("M", ON_ARRIVAL, SINCE, citizenships=frozenset({"D"}))
    hard = Rule("H", E_VISA, SINCE, citizenships=frozenset({"D"}))
    assert answer([hard, mild], ask()).rule == mild


RULES = st.builds(
    Rule,
    code=st.text("ABC", min_size=1, max_size=3),
    way=st.sampled_from((CLOSED, FREE, ON_ARRIVAL, E_VISA, VISA)),
    since=st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    until=st.none() | st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    citizenships=st.frozensets(st.sampled_from(("D", "IND", "TJK"))),
    passports=st.frozensets(st.sampled_from(("ordinary", "diplomatic"))),
    posts=st.frozensets(st.sampled_from(("KG-MAN", "KG-DOS"))),
    is_own=st.booleans(),
)


@given(st.lists(RULES, max_size=6, unique_by=lambda rule: rule.code), st.randoms())
def test_the_answer_never_depends_on_the_order_and_never_stands_in_a_rule_out_of_force(
    rules, shuffle
):
    asked = ask(post="KG-MAN")
    found = answer(rules, asked)
    shuffle.shuffle(rules)
    assert answer(rules, asked) == found
    if found.rule:
        assert found.rule.since <= DAY <= (found.rule.until or DAY)
        assert not found.rule.posts or "KG-MAN" in found.rule.posts
