"""Makers of movements, each topic in its own file; what everybody needs is at hand here."""

from tests.makers.movements.files import (
    accepted,
    file_of,
    finish_steps,
    referral,
    referred,
    schemes,
    step_of,
    worker,
)

__all__ = (
    "accepted",
    "file_of",
    "finish_steps",
    "referral",
    "referred",
    "schemes",
    "step_of",
    "worker",
)
