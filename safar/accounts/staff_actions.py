"""Writes: marks of a user's birth, home and telephone, for `staff` to compare with the lists."""

from collections.abc import Mapping

from safar.accounts import staff
from safar.accounts.models import StaffMarks, User
from safar.accounts.policies import another_account
from safar.core.action import action, note
from safar.core.permissions import Actor


@action("accounts.keep_details", policies=(another_account,))
def keep_details(actor: Actor, user: User, *, facts: Mapping[str, str]) -> StaffMarks:
    """Keep marks of where a user was born and lives, in place of those kept before.

    `facts` by `staff.FIELDS`; what is left out is kept no longer. The facts themselves are
    stored nowhere, in the audit neither.
    """
    marks = {field: staff.mark(field, facts.get(field, "")) for field in staff.FIELDS}
    kept, _new = StaffMarks.objects.update_or_create(user=user, defaults=marks)
    note(user=str(user.pk), fields=[field for field in staff.FIELDS if marks[field]])
    return kept
