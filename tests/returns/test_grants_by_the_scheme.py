"""A grant in a return: by a line of the scheme and within it, whoever gives it and from where."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from safar.assistance.cases.actions import granting
from safar.assistance.cases.actions.granting import NewGrant
from safar.core.errors import RuleBroken
from tests.makers import cases as kernel
from tests.makers import money
from tests.makers import returns as make
from tests.makers.accounts import actor, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

RULE = "TUR-AVRR:business:case"  # 1,500 USD in kind
MOST = Decimal(1500)


@pytest.fixture
def worker():
    return make.worker()


@pytest.fixture
def officer():
    return kernel.caseworker("7190", role="programme_officer", programme="returns")


def new(ceiling=MOST, rule=RULE, kind="in_kind"):
    return NewGrant(make.line(), kind, "A business", ceiling, rule)


def give(by, case, **how):
    return granting.give_grant(actor(by), case, new=new(**how))


def test_by_the_general_page_too_only_the_scheme_grants(worker):
    case = make.planned(worker)
    for how in ({"rule": "any words"}, {"kind": "cash"}, {"rule": "BEL-REINT:business:case"}):
        with pytest.raises(RuleBroken, match="does not give this"):
            give(worker, case, **how)
    with pytest.raises(RuleBroken, match="at the most 1500"):
        give(worker, case, ceiling=MOST + 1)
    assert give(worker, case).ceiling == MOST
    with pytest.raises(RuleBroken, match=r"1500\.00 is given"):
        give(worker, case, ceiling=Decimal(1))


def test_nobody_grants_before_the_arrival(worker):
    with pytest.raises(RuleBroken, match="after the arrival"):
        give(worker, make.referred(worker))


def test_a_ceiling_is_not_raised_above_the_scheme_but_may_be_lowered(worker, officer):
    case = make.planned(worker)
    grant = make.granted(worker, case, "business", "1000")

    def change(ceiling):
        return granting.change_ceiling(
            actor(officer), grant, ceiling=Decimal(ceiling), reason="dearer"
        )

    with pytest.raises(RuleBroken, match="at the most 1500"):
        change("150000")
    assert change("1500").ceiling == MOST
    assert change("900").ceiling == 900


def test_what_other_grants_of_the_same_line_hold_counts_against_the_raise(worker, officer):
    case = make.planned(worker)
    make.granted(worker, case, "business", "900")
    second = make.granted(worker, case, "business", "500")

    def raised(to: int) -> Decimal:
        changed = granting.change_ceiling(
            actor(officer), second, ceiling=Decimal(to), reason="dearer"
        )
        return changed.ceiling

    with pytest.raises(RuleBroken, match=r"900\.00 is given"):
        raised(601)
    assert raised(600) == 600


def test_a_programme_without_schemes_grants_by_a_rule_in_words():
    worker = kernel.caseworker("7001")
    assert money.grant(worker, kernel.case(worker), "9000.00").ceiling == 9000


def test_the_page_of_money_offers_no_general_grant_where_a_scheme_has_a_say(worker):
    client, case = Client(), make.planned(worker)
    sign_in(client, worker)
    page = client.get(reverse("cases:case_money", args=[case.pk])).content.decode()
    assert reverse("cases:grant_add", args=[case.pk]) not in page
    kernel.place(worker)
    other = kernel.case(worker)
    page = client.get(reverse("cases:case_money", args=[other.pk])).content.decode()
    assert reverse("cases:grant_add", args=[other.pk]) in page
