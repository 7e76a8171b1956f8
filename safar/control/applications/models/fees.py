"""Money taken, waived or given back on an application."""

from typing import Any, ClassVar

from django.db import migrations, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from safar.accounts.models import User
from safar.control.applications.choices import FeeKind
from safar.core.record import Event


class FeeBase(Event):
    """Money taken, waived or given back. What is settled is the sum of these."""

    exports: ClassVar[tuple[str, ...]] = ("kind", "amount", "currency", "receipt", "at")

    application: Any
    kind = models.CharField(_("What"), max_length=8, choices=FeeKind)
    amount = models.DecimalField(_("Amount"), max_digits=8, decimal_places=2)
    currency = models.CharField(max_length=3)
    receipt = models.CharField(_("Receipt"), max_length=30, blank=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)

    class Meta:
        abstract = True
        ordering = ("at",)

    def __str__(self) -> str:
        who = self.application_id  # type: ignore[attr-defined]
        return f"{who} {self.kind} {self.amount} {self.currency}"


def fee_constraints(prefix: str) -> tuple[models.BaseConstraint, ...]:
    """What the database holds a table of fees to; names begin with `prefix`."""
    return (
        models.CheckConstraint(condition=Q(amount__gt=0), name=f"{prefix}_amount"),
        models.CheckConstraint(
            condition=(Q(kind="paid") & ~Q(receipt=""))
            | (Q(kind="waived", receipt="") & ~Q(reason=""))
            | (Q(kind="returned") & ~Q(receipt="") & ~Q(reason="")),
            name=f"{prefix}_with_receipt_or_reason",
        ),
        models.UniqueConstraint(
            fields=("kind", "receipt"), condition=~Q(receipt=""), name=f"{prefix}_receipt_once"
        ),
    )


_GUARD = """
CREATE FUNCTION {fees}_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    due numeric;
    paid numeric;
    waived numeric;
    returned numeric;
BEGIN
    SELECT coalesce(fee_due, 0) INTO due FROM {applications} WHERE id = NEW.application_id
        FOR NO KEY UPDATE;
    SELECT coalesce(sum(amount) FILTER (WHERE kind = 'paid'), 0),
           coalesce(sum(amount) FILTER (WHERE kind = 'waived'), 0),
           coalesce(sum(amount) FILTER (WHERE kind = 'returned'), 0)
        INTO paid, waived, returned FROM {fees} WHERE application_id = NEW.application_id;
    IF returned > paid THEN
        RAISE EXCEPTION 'More is given back than was paid' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.kind <> 'returned' AND paid - returned + waived > due THEN
        RAISE EXCEPTION 'More is paid or waived than is due' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER {fees}_guard AFTER INSERT ON {fees}
    FOR EACH ROW EXECUTE FUNCTION {fees}_guard();
"""


def fee_guard(app_label: str) -> migrations.RunSQL:
    """A migration's operation: the database too gives back no more than was paid."""
    fees = f"{app_label}_fee"
    return migrations.RunSQL(
        _GUARD.format(fees=fees, applications=f"{app_label}_application"),
        f"DROP TRIGGER {fees}_guard ON {fees}; DROP FUNCTION {fees}_guard();",
    )
