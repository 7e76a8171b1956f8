"""The tables of movements."""

from safar.assistance.movements.models.files import Departure, MovementFile, TravelTogether
from safar.assistance.movements.models.health import Examination, TravelHealth
from safar.assistance.movements.models.journeys import (
    Escort,
    JourneyEvent,
    Leg,
    MovementJourney,
    Passenger,
)
from safar.assistance.movements.models.loans import LoanRepayment, TravelLoan
from safar.assistance.movements.models.notices import BookingNotice, NoticeReceipt
from safar.assistance.movements.models.orientation import Attendance, OrientationSession
from safar.assistance.movements.models.schemes import MovementScheme, SchemeStep
from safar.assistance.movements.models.steps import Interview, Step

__all__ = (
    "Attendance",
    "BookingNotice",
    "Departure",
    "Escort",
    "Examination",
    "Interview",
    "JourneyEvent",
    "Leg",
    "LoanRepayment",
    "MovementFile",
    "MovementJourney",
    "MovementScheme",
    "NoticeReceipt",
    "OrientationSession",
    "Passenger",
    "SchemeStep",
    "Step",
    "TravelHealth",
    "TravelLoan",
    "TravelTogether",
)
