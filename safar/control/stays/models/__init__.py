"""The tables of stay: extensions asked for, registrations, overstays and rebuttals."""

from safar.control.stays.models.extensions import ExtensionApplication
from safar.control.stays.models.nights import OverstayNight
from safar.control.stays.models.overstays import Overstay, Rebuttal
from safar.control.stays.models.registration_rules import RegistrationRule
from safar.control.stays.models.registrations import Registration, RegistrationMistake

__all__ = [
    "ExtensionApplication",
    "Overstay",
    "OverstayNight",
    "Rebuttal",
    "Registration",
    "RegistrationMistake",
    "RegistrationRule",
]
