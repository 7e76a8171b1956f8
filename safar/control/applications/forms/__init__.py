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

__all__ = [
    "DeskForm",
    "FeeForm",
    "ListedForm",
    "MoreForm",
    "ReasonForm",
    "RefuseForm",
    "WordForm",
]
