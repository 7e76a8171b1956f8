"""The tables of returns: schemes, the file of a return, its declaration, journey and plan."""

from safar.assistance.returns.models.files import Declaration, ReturnFile, VulnerabilityScreening
from safar.assistance.returns.models.journeys import Journey, Reception
from safar.assistance.returns.models.plans import FeasibilityOption
from safar.assistance.returns.models.reports import MissionReport
from safar.assistance.returns.models.schemes import Scheme, SchemeLine

__all__ = [
    "Declaration",
    "FeasibilityOption",
    "Journey",
    "MissionReport",
    "Reception",
    "ReturnFile",
    "Scheme",
    "SchemeLine",
    "VulnerabilityScreening",
]
