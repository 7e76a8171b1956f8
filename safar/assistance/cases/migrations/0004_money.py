"""What the database itself refuses about money and signatures, whoever asks and however.

Each refusal bears the name of a constraint, by which `refusals.py` says it in words. The
guards read with their owner's eyes: a budget line is used up by cases out of sight as well.
"""

from django.db import migrations

REFUSE = """
CREATE FUNCTION cases_refuse(rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'refused by %', rule USING ERRCODE = 'check_violation', CONSTRAINT = rule;
END $$;
"""

SUMS = """
-- What a grant holds of its line: its ceiling, and once it is closed what was paid or is planned.
CREATE FUNCTION cases_spent(grant_key uuid) RETURNS numeric LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(sum(amount), 0) FROM cases_payment
    WHERE grant_id = grant_key AND status NOT IN ('cancelled', 'returned') $$;
CREATE FUNCTION cases_held(line_key uuid, but uuid) RETURNS numeric LANGUAGE sql STABLE
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT coalesce(sum(CASE WHEN closed_at IS NULL THEN ceiling ELSE cases_spent(id) END), 0)
    FROM cases_grant WHERE line_id = line_key AND id IS DISTINCT FROM but $$;
REVOKE EXECUTE ON FUNCTION cases_spent(uuid), cases_held(uuid, uuid) FROM PUBLIC;
"""

APPROVALS = """
CREATE FUNCTION cases_approval_guard() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE signed varchar[]; missing varchar;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'open' OR NEW.waits_for <> NEW.needs[1] THEN
            PERFORM cases_refuse('approval_begins_open');
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.case_id, NEW.subject, NEW.needs, NEW.amount, NEW.currency, NEW.rule)
        IS DISTINCT FROM (OLD.case_id, OLD.subject, OLD.needs, OLD.amount, OLD.currency, OLD.rule)
    THEN PERFORM cases_refuse('approval_as_prepared'); END IF;
    IF OLD.status IN ('declined', 'withdrawn') AND NEW.status <> OLD.status THEN
        PERFORM cases_refuse('approval_ended');
    END IF;
    SELECT array_agg(kind) INTO signed FROM cases_approvalstep
        WHERE approval_id = NEW.id AND decision = 'agreed';
    SELECT need INTO missing FROM unnest(NEW.needs) WITH ORDINALITY AS n (need, place)
        WHERE need <> ALL (coalesce(signed, '{}')) ORDER BY place LIMIT 1;
    IF NEW.status = 'granted' AND missing IS NOT NULL
        OR NEW.status = 'open' AND NEW.waits_for IS DISTINCT FROM missing
    THEN PERFORM cases_refuse('approval_counts_signatures'); END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_approval_guard BEFORE INSERT OR UPDATE ON cases_approval
    FOR EACH ROW EXECUTE FUNCTION cases_approval_guard();

CREATE FUNCTION cases_step_guard() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE whole cases_approval%ROWTYPE;
BEGIN
    SELECT * INTO whole FROM cases_approval WHERE id = NEW.approval_id FOR NO KEY UPDATE;
    IF whole.status IS DISTINCT FROM 'open'
        OR NEW.kind <> 'prepare' AND NEW.kind IS DISTINCT FROM whole.waits_for
    THEN PERFORM cases_refuse('approval_steps_in_order'); END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_step_guard BEFORE INSERT ON cases_approvalstep
    FOR EACH ROW EXECUTE FUNCTION cases_step_guard();

CREATE FUNCTION cases_approval_prepared() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM cases_approvalstep s
                   WHERE s.approval_id = NEW.id AND s.kind = 'prepare') THEN
        PERFORM cases_refuse('approval_has_a_preparer');
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER cases_approval_prepared AFTER INSERT ON cases_approval
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cases_approval_prepared();
"""

BUDGETS = """
CREATE FUNCTION cases_line_guard() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.project_id <> OLD.project_id
        AND EXISTS (SELECT FROM cases_grant WHERE line_id = OLD.id)
    THEN PERFORM cases_refuse('line_stays_in_its_project'); END IF;
    IF NEW.amount < cases_held(NEW.id, NULL) THEN
        PERFORM cases_refuse('line_not_below_committed');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_line_guard BEFORE UPDATE ON cases_budgetline
    FOR EACH ROW EXECUTE FUNCTION cases_line_guard();

CREATE FUNCTION cases_project_guard() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM cases_grant g JOIN cases_budgetline l ON l.id = g.line_id
               WHERE l.project_id = OLD.id) THEN
        PERFORM cases_refuse('project_keeps_its_currency');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_project_guard BEFORE UPDATE ON cases_project
    FOR EACH ROW WHEN (NEW.currency IS DISTINCT FROM OLD.currency)
    EXECUTE FUNCTION cases_project_guard();

CREATE FUNCTION cases_grant_guard() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE line cases_budgetline%ROWTYPE; project_currency varchar; spent numeric;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.case_id, NEW.person_id, NEW.line_id, NEW.kind, NEW.currency)
            IS DISTINCT FROM (OLD.case_id, OLD.person_id, OLD.line_id, OLD.kind, OLD.currency)
        THEN PERFORM cases_refuse('grant_as_given'); END IF;
        IF OLD.closed_at IS NOT NULL AND (NEW.ceiling <> OLD.ceiling OR NEW.closed_at IS NULL)
        THEN PERFORM cases_refuse('grant_stays_closed'); END IF;
    END IF;
    -- Whoever grants from the same line waits here for the one before.
    SELECT * INTO line FROM cases_budgetline WHERE id = NEW.line_id FOR NO KEY UPDATE;
    SELECT currency INTO project_currency FROM cases_project WHERE id = line.project_id FOR SHARE;
    IF NEW.currency IS DISTINCT FROM project_currency THEN
        PERFORM cases_refuse('grant_in_the_currency_of_its_project');
    END IF;
    spent := cases_spent(NEW.id);
    IF spent > NEW.ceiling THEN PERFORM cases_refuse('grant_not_below_payments'); END IF;
    IF cases_held(NEW.line_id, NEW.id)
        + (CASE WHEN NEW.closed_at IS NULL THEN NEW.ceiling ELSE spent END) > line.amount
    THEN PERFORM cases_refuse('grant_within_line'); END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_grant_guard BEFORE INSERT OR UPDATE ON cases_grant
    FOR EACH ROW EXECUTE FUNCTION cases_grant_guard();
"""

PAYMENTS = """
CREATE FUNCTION cases_payment_planned() RETURNS trigger LANGUAGE plpgsql
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
CREATE TRIGGER cases_payment_planned BEFORE INSERT ON cases_payment
    FOR EACH ROW EXECUTE FUNCTION cases_payment_planned();

CREATE FUNCTION cases_payment_moved() RETURNS trigger LANGUAGE plpgsql
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
CREATE TRIGGER cases_payment_moved BEFORE UPDATE ON cases_payment
    FOR EACH ROW EXECUTE FUNCTION cases_payment_moved();

CREATE FUNCTION cases_payment_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cases_refuse('payment_paid_is_kept');
    RETURN NULL;
END $$;
CREATE TRIGGER cases_payment_kept BEFORE DELETE ON cases_payment
    FOR EACH ROW WHEN (OLD.paid_at IS NOT NULL) EXECUTE FUNCTION cases_payment_kept();
"""

# Sums of budget lines over all cases, for those who work the project's programme: they say how
# much, never of whom, nor of how many. Whoever is no page (reports, nights) reads them all.
TOTALS = """
CREATE FUNCTION safar_line_totals(since date, until date)
    RETURNS TABLE (line_id uuid, committed numeric, planned numeric, paid numeric,
                   services numeric)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH mine AS (
        SELECT l.id FROM cases_budgetline l JOIN cases_project p ON p.id = l.project_id
        WHERE current_setting('role') = 'none' OR EXISTS (
            SELECT FROM cases_placement w
            WHERE w.user_id = safar_user() AND w.programme = p.programme)),
    held AS (
        SELECT g.line_id, sum(g.ceiling) AS open FROM cases_grant g
        WHERE g.closed_at IS NULL
        AND (since IS NULL OR g.granted_at >= since)
        AND (until IS NULL OR g.granted_at < until + 1)
        GROUP BY g.line_id),
    sums AS (
        SELECT g.line_id, sum(p.amount) AS live,
            sum(p.amount) FILTER (WHERE p.status IN ('paid', 'reconciled')) AS paid,
            sum(p.amount) FILTER (WHERE g.closed_at IS NOT NULL) AS of_closed
        FROM cases_payment p JOIN cases_grant g ON g.id = p.grant_id
        WHERE p.status NOT IN ('cancelled', 'returned')
        AND (since IS NULL OR g.granted_at >= since)
        AND (until IS NULL OR g.granted_at < until + 1)
        GROUP BY g.line_id),
    -- What workers wrote down as the cost of a service, in the currency of the line.
    costs AS (
        SELECT line_id, currency, sum(cost) AS cost FROM cases_service
        WHERE taken_back_at IS NULL
        AND (since IS NULL OR delivered_on >= since)
        AND (until IS NULL OR delivered_on <= until)
        GROUP BY line_id, currency),
    of_services AS (
        SELECT c.line_id, c.cost FROM costs c JOIN cases_budgetline l ON l.id = c.line_id
        JOIN cases_project p ON p.id = l.project_id AND p.currency = c.currency)
    SELECT m.id, coalesce(h.open, 0) + coalesce(s.of_closed, 0), coalesce(s.live, 0),
        coalesce(s.paid, 0), coalesce(v.cost, 0)
    FROM mine m LEFT JOIN held h ON h.line_id = m.id LEFT JOIN sums s ON s.line_id = m.id
    LEFT JOIN of_services v ON v.line_id = m.id $$;
"""

REMOVE = """
DROP FUNCTION safar_line_totals(date, date);
DROP TRIGGER cases_payment_kept ON cases_payment; DROP FUNCTION cases_payment_kept();
DROP TRIGGER cases_payment_moved ON cases_payment; DROP FUNCTION cases_payment_moved();
DROP TRIGGER cases_payment_planned ON cases_payment; DROP FUNCTION cases_payment_planned();
DROP TRIGGER cases_grant_guard ON cases_grant; DROP FUNCTION cases_grant_guard();
DROP TRIGGER cases_project_guard ON cases_project; DROP FUNCTION cases_project_guard();
DROP TRIGGER cases_line_guard ON cases_budgetline; DROP FUNCTION cases_line_guard();
DROP TRIGGER cases_approval_prepared ON cases_approval; DROP FUNCTION cases_approval_prepared();
DROP TRIGGER cases_step_guard ON cases_approvalstep; DROP FUNCTION cases_step_guard();
DROP TRIGGER cases_approval_guard ON cases_approval; DROP FUNCTION cases_approval_guard();
DROP FUNCTION cases_held(uuid, uuid); DROP FUNCTION cases_spent(uuid);
DROP FUNCTION cases_refuse(text);
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_sharing")]

    operations = [
        migrations.RunSQL(REFUSE + SUMS + APPROVALS + BUDGETS + PAYMENTS + TOTALS, REMOVE)
    ]
