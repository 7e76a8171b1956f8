"""What an officer types on any application."""

from safar.control.applications.forms.desk import (
    DeskForm,
    FeeForm,
    ListedForm,
    MoreForm,
    ReasonForm,
    RefuseForm,
    WordForm,
)
from safar.control.applications.forms.names import LONGEST_NAME, in_latin

__all__ = [
    "LONGEST_NAME",
    "DeskForm",
    "FeeForm",
    "ListedForm",
    "MoreForm",
    "ReasonForm",
    "RefuseForm",
    "WordForm",
    "in_latin",
]
