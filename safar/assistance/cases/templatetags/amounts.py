"""Amounts on pages: `{% load amounts %}`, then `{{ payment.amount|amount:payment.currency }}`."""

from decimal import Decimal

from django import template

from safar.assistance.cases.amounts import written

register = template.Library()


@register.filter
def amount(value: Decimal | None, currency: str = "") -> str:
    """An amount with thin spaces; with its currency before it, where one is given."""
    return written(value, currency)
