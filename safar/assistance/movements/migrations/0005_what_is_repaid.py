"""Nothing is repaid beyond what is owed, nor on a note that nobody collects, whoever asks."""

from django.db import migrations

# With the eyes of whoever asks, on purpose: a loan out of sight is none, and tells nothing.
REPAID = """
CREATE FUNCTION movements_repayment_guard() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE loan movements_travelloan%ROWTYPE; before numeric;
BEGIN
    SELECT * INTO loan FROM movements_travelloan WHERE id = NEW.loan_id FOR NO KEY UPDATE;
    IF loan.case_id IS DISTINCT FROM NEW.case_id THEN
        PERFORM cases_refuse('repayment_of_the_case');
    END IF;
    IF loan.status <> 'assigned' THEN PERFORM cases_refuse('repayment_once_assigned'); END IF;
    SELECT coalesce(sum(amount), 0) INTO before
        FROM movements_loanrepayment WHERE loan_id = NEW.loan_id;
    IF before + NEW.amount > loan.amount THEN
        PERFORM cases_refuse('repayment_within_the_loan');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER movements_repayment_guard BEFORE INSERT ON movements_loanrepayment
    FOR EACH ROW EXECUTE FUNCTION movements_repayment_guard();
CREATE FUNCTION movements_loan_guard() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE repaid numeric;
BEGIN
    SELECT coalesce(sum(amount), 0) INTO repaid
        FROM movements_loanrepayment WHERE loan_id = NEW.id;
    IF repaid > 0 AND (NEW.amount < repaid OR NEW.currency <> OLD.currency
            OR NEW.status NOT IN ('assigned', 'repaid')) THEN
        PERFORM cases_refuse('loan_stands_as_repaid');
    END IF;
    IF NEW.status = 'repaid' AND repaid <> NEW.amount THEN
        PERFORM cases_refuse('loan_repaid_to_the_last');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER movements_loan_guard BEFORE UPDATE OF amount, currency, status
    ON movements_travelloan FOR EACH ROW EXECUTE FUNCTION movements_loan_guard();
"""
NOT_REPAID = """
DROP TRIGGER movements_loan_guard ON movements_travelloan;
DROP FUNCTION movements_loan_guard();
DROP TRIGGER movements_repayment_guard ON movements_loanrepayment;
DROP FUNCTION movements_repayment_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("movements", "0004_places")]

    operations = [migrations.RunSQL(REPAID, NOT_REPAID)]
