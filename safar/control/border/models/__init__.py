"""Shifts and sign-ons, inspections and decisions, crossings and their amendments."""

from safar.control.border.models.chips import ChipCheck
from safar.control.border.models.crossings import Amendment, Crossing, FlowExit
from safar.control.border.models.extensions import StayExcuse, StayExtension
from safar.control.border.models.inspections import Decision, Inspection, Referral
from safar.control.border.models.shifts import Shift, ShiftLogEntry, SignOn
from safar.control.border.models.specimen_looks import SpecimenLook
from safar.control.border.models.visa_looks import VisaLook

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
    "SpecimenLook",
    "StayExcuse",
    "StayExtension",
    "VisaLook",
]
