"""The shapes of numbers are learned from what crossed: in SQL as in the rule that judges by them."""

import pytest

from safar.control.border.queries.number_shapes import shapes_that_crossed
from safar.control.documents.rules.shapes import shape_of
from tests import cast
from tests.makers import border

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NUMBERS = ("AC1234567", "751234567", "U0000A15", "ABCDEF", "0A1B2C")


def crossed(*numbers):
    booth = border.sign_on(cast.aida())
    for number in numbers:
        border.admit(border.inspect(booth, border.document(number=number)))


def test_a_shape_is_the_same_in_sql_and_in_the_rule():
    crossed(*NUMBERS)
    assert shapes_that_crossed() == {("RUS", "P", shape_of(one)): 1 for one in NUMBERS}


def test_a_number_counts_once_and_what_was_not_admitted_not_at_all():
    crossed("AC1234567", "AC1234567", "AC7654321")
    border.inspect(border.sign_on(cast.aida()), border.document(number="ZZ1"))
    assert shapes_that_crossed() == {("RUS", "P", "AC#######"): 2}
