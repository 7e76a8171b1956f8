"""What a role is: a set of permissions under a name that people use."""

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

CONTROL, ASSISTANCE, NEITHER = "control", "assistance", ""


class Role:
    """A set of permissions with a name that officers use."""

    code: ClassVar[str]
    name: ClassVar["StrOrPromise"]
    description: ClassVar["StrOrPromise"]
    permissions: ClassVar[frozenset[str]]
    changes_trust = False  # changes lists, roles or keys: needs a second factor
    wing = NEITHER  # nobody holds roles of both wings
    nationwide = False  # sees every post, not only those where she serves
