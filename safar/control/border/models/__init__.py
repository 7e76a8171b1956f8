"""Shifts and sign-ons, inspections and decisions, crossings and their amendments."""

from safar.control.border.models.chips import ChipCheck
from safar.control.border.models.crossings import Amendment, Crossing, FlowExit
from safar.control.border.models.inspections import Decision, Inspection, Referral
from safar.control.border.models.shifts import Shift, ShiftLogEntry, SignOn

__all__ = [
    "Amendment",
    "ChipCheck",
    "Crossing",
    "Decision",
    "FlowExit",
    "Inspection",
    "Referral",
    "Shift",
    "ShiftLogEntry",
    "SignOn",
]
