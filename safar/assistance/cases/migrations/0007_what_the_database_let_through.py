"""What a review found the database to let through: strange tables, dead purchases, own plans.

Functions that read with their owner's eyes look into `public` first, whatever temporary table
bears the name of a true one. Who may call them, and that no page makes such a table: `wings.py`.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from safar.assistance.cases import walls

PATHS = """
DO $$ DECLARE found regprocedure; BEGIN
    FOR found IN SELECT p.oid FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
        WHERE p.pronamespace = 'public'::regnamespace
        AND ('search_path=public' = ANY (p.proconfig)
            OR p.proconfig IS NULL AND l.lanname = 'plpgsql' AND p.proname LIKE 'cases\\_%')
        AND (p.proname LIKE 'cases\\_%' OR p.proname LIKE 'safar\\_%') LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = public, pg_temp', found);
    END LOOP;
END $$;
"""

PLANNED = """
CREATE OR REPLACE FUNCTION cases_payment_planned() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE whole cases_grant%ROWTYPE; bought record;
BEGIN
    -- Whoever plans from the same grant waits here for the one before.
    SELECT * INTO whole FROM cases_grant WHERE id = NEW.grant_id FOR NO KEY UPDATE;
    IF whole.closed_at IS NOT NULL THEN PERFORM cases_refuse('payment_of_an_open_grant'); END IF;
    IF (NEW.case_id, NEW.currency) IS DISTINCT FROM (whole.case_id, whole.currency) THEN
        PERFORM cases_refuse('payment_in_the_currency_of_its_grant');
    END IF;
    IF NEW.status <> 'planned' OR NOT EXISTS (
        SELECT FROM cases_approval a WHERE a.id = NEW.approval_id AND a.subject = 'payment'
            AND a.status = 'open'
            AND (a.case_id, a.amount, a.currency) = (NEW.case_id, NEW.amount, NEW.currency))
    THEN PERFORM cases_refuse('payment_as_signed'); END IF;
    IF cases_spent(NEW.grant_id) + NEW.amount > whole.ceiling THEN
        PERFORM cases_refuse('payment_within_grant');
    END IF;
    IF NEW.purchase_id IS NULL AND whole.kind = 'in_kind' THEN
        PERFORM cases_refuse('payment_in_kind_is_bought');
    END IF;
    IF NEW.purchase_id IS NOT NULL THEN
        -- Whoever chooses another quote or gives the purchase up waits here, or is waited for.
        PERFORM FROM cases_purchase WHERE id = NEW.purchase_id FOR SHARE;
        SELECT p.grant_id, p.status, q.vendor_id, q.amount INTO bought
            FROM cases_purchase p LEFT JOIN cases_quote q ON q.id = p.chosen_id
            WHERE p.id = NEW.purchase_id;
        IF bought.status = 'cancelled' THEN
            PERFORM cases_refuse('payment_of_a_live_purchase');
        END IF;
        IF (bought.grant_id, bought.vendor_id) IS DISTINCT FROM (NEW.grant_id, NEW.vendor_id)
            OR NEW.amount + (SELECT coalesce(sum(amount), 0) FROM cases_payment
                WHERE purchase_id = NEW.purchase_id
                AND status NOT IN ('cancelled', 'returned')) > bought.amount
        THEN PERFORM cases_refuse('payment_within_quote'); END IF;
    END IF;
    RETURN NEW;
END $$;
"""
PLANNED_BEFORE = """
CREATE OR REPLACE FUNCTION cases_payment_planned() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE whole cases_grant%ROWTYPE; bought record;
BEGIN
    -- Whoever plans from the same grant waits here for the one before.
    SELECT * INTO whole FROM cases_grant WHERE id = NEW.grant_id FOR NO KEY UPDATE;
    IF whole.closed_at IS NOT NULL THEN PERFORM cases_refuse('payment_of_an_open_grant'); END IF;
    IF (NEW.case_id, NEW.currency) IS DISTINCT FROM (whole.case_id, whole.currency) THEN
        PERFORM cases_refuse('payment_in_the_currency_of_its_grant');
    END IF;
    IF NEW.status <> 'planned' OR NOT EXISTS (
        SELECT FROM cases_approval a WHERE a.id = NEW.approval_id AND a.subject = 'payment'
            AND a.status = 'open'
            AND (a.case_id, a.amount, a.currency) = (NEW.case_id, NEW.amount, NEW.currency))
    THEN PERFORM cases_refuse('payment_as_signed'); END IF;
    IF cases_spent(NEW.grant_id) + NEW.amount > whole.ceiling THEN
        PERFORM cases_refuse('payment_within_grant');
    END IF;
    IF NEW.purchase_id IS NULL AND whole.kind = 'in_kind' THEN
        PERFORM cases_refuse('payment_in_kind_is_bought');
    END IF;
    IF NEW.purchase_id IS NOT NULL THEN
        SELECT p.grant_id, q.vendor_id, q.amount INTO bought
            FROM cases_purchase p LEFT JOIN cases_quote q ON q.id = p.chosen_id
            WHERE p.id = NEW.purchase_id;
        IF (bought.grant_id, bought.vendor_id) IS DISTINCT FROM (NEW.grant_id, NEW.vendor_id)
            OR NEW.amount + (SELECT coalesce(sum(amount), 0) FROM cases_payment
                WHERE purchase_id = NEW.purchase_id
                AND status NOT IN ('cancelled', 'returned')) > bought.amount
        THEN PERFORM cases_refuse('payment_within_quote'); END IF;
    END IF;
    RETURN NEW;
END $$;
"""

MOVED = """
CREATE OR REPLACE FUNCTION cases_payment_moved() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE whole cases_approval%ROWTYPE; ended date; bought varchar;
BEGIN
    IF (NEW.case_id, NEW.grant_id, NEW.approval_id, NEW.person_id, NEW.vendor_id,
            NEW.purchase_id, NEW.amount, NEW.currency, NEW.method, NEW.tranche)
        IS DISTINCT FROM (OLD.case_id, OLD.grant_id, OLD.approval_id, OLD.person_id, OLD.vendor_id,
            OLD.purchase_id, OLD.amount, OLD.currency, OLD.method, OLD.tranche)
    THEN PERFORM cases_refuse('payment_as_signed'); END IF;
    IF NEW.status = OLD.status THEN RETURN NEW; END IF;
    IF OLD.status IN ('cancelled', 'returned') THEN PERFORM cases_refuse('payment_ended'); END IF;
    -- Signing and paying end with the case; what was paid before may still be written down.
    IF NEW.status IN ('approved', 'released', 'paid') THEN
        SELECT closed_on INTO ended FROM cases_case WHERE id = NEW.case_id FOR SHARE;
        IF ended IS NOT NULL AND (NEW.status <> 'paid' OR NEW.paid_on > ended) THEN
            PERFORM cases_refuse('payment_of_an_open_case');
        END IF;
        SELECT status INTO bought FROM cases_purchase WHERE id = NEW.purchase_id FOR SHARE;
        IF bought = 'cancelled' THEN PERFORM cases_refuse('payment_of_a_live_purchase'); END IF;
    END IF;
    SELECT * INTO whole FROM cases_approval WHERE id = NEW.approval_id;
    IF NEW.status IN ('released', 'paid', 'reconciled') AND whole.status <> 'granted'
        OR NEW.status = 'approved' AND whole.status <> 'granted' AND whole.waits_for <> 'release'
    THEN PERFORM cases_refuse('payment_signed_by_all'); END IF;
    RETURN NEW;
END $$;
"""
MOVED_BEFORE = """
CREATE OR REPLACE FUNCTION cases_payment_moved() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE whole cases_approval%ROWTYPE;
BEGIN
    IF (NEW.case_id, NEW.grant_id, NEW.approval_id, NEW.person_id, NEW.vendor_id,
            NEW.purchase_id, NEW.amount, NEW.currency, NEW.method, NEW.tranche)
        IS DISTINCT FROM (OLD.case_id, OLD.grant_id, OLD.approval_id, OLD.person_id, OLD.vendor_id,
            OLD.purchase_id, OLD.amount, OLD.currency, OLD.method, OLD.tranche)
    THEN PERFORM cases_refuse('payment_as_signed'); END IF;
    IF NEW.status = OLD.status THEN RETURN NEW; END IF;
    IF OLD.status IN ('cancelled', 'returned') THEN PERFORM cases_refuse('payment_ended'); END IF;
    SELECT * INTO whole FROM cases_approval WHERE id = NEW.approval_id;
    IF NEW.status IN ('released', 'paid', 'reconciled') AND whole.status <> 'granted'
        OR NEW.status = 'approved' AND whole.status <> 'granted' AND whole.waits_for <> 'release'
    THEN PERFORM cases_refuse('payment_signed_by_all'); END IF;
    RETURN NEW;
END $$;
"""

# The new lead of a restricted case is another: the row is out of sight of whoever hands it over,
# and a policy lets nobody write what she may not read. So the owner writes it, asked by who sees it.
HANDED_OVER = f"""
CREATE FUNCTION safar_hand_over(handed uuid, seen integer, new_lead uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE cases_case SET lead_id = new_lead, version = version + 1
        WHERE id = handed AND version = seen AND (current_setting('role') = 'none' OR ({walls.CASE}));
    RETURN FOUND;
END $$;
"""  # noqa: S608 - made of constants

PLANS = """
UPDATE cases_plan SET written_by = ARRAY[prepared_by_id];
ALTER TABLE cases_plan ADD CONSTRAINT plan_agreed_to_by_no_author
    CHECK (approved_by_id IS NULL OR approved_by_id <> ALL (written_by));
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0006_where_it_was_written")]

    operations: ClassVar = [
        migrations.RunSQL(PLANNED, PLANNED_BEFORE),
        migrations.RunSQL(MOVED, MOVED_BEFORE),
        migrations.RunSQL(
            HANDED_OVER, "DROP FUNCTION safar_hand_over(uuid, integer, uuid);"
        ),
        migrations.RunSQL(PATHS, migrations.RunSQL.noop),
        migrations.AddField(
            "contact", "version", models.PositiveIntegerField(default=1, editable=False)
        ),
        migrations.AddField(
            "plan", "written_by", ArrayField(models.UUIDField(), default=list, editable=False)
        ),
        migrations.RunSQL(
            PLANS, "ALTER TABLE cases_plan DROP CONSTRAINT plan_agreed_to_by_no_author;"
        ),
    ]
