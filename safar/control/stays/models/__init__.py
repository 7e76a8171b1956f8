"""The tables of stay: extensions asked for, registrations, overstays and rebuttals."""

from safar.control.stays.models.extensions import ExtensionApplication
from safar.control.stays.models.overstays import Overstay, Rebuttal
from safar.control.stays.models.registrations import Registration, RegistrationRule

__all__ = ["ExtensionApplication", "Overstay", "Rebuttal", "Registration", "RegistrationRule"]
