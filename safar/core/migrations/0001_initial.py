"""The audit chain, and the functions that append-only tables and the chain are guarded by."""

from typing import ClassVar

import django.contrib.postgres.indexes
from django.db import migrations, models

from safar.core.audit import CANONICAL
from safar.core.record import append_only

APPEND_ONLY_FUNCTION = """
CREATE FUNCTION safar_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The table % is append-only: % is refused.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""
# The head's row lock puts writers in a line; each then sees the hash that was committed last.
CHAIN_FUNCTION = f"""
CREATE FUNCTION safar_audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE tip core_audithead%ROWTYPE;
BEGIN
    SELECT * INTO tip FROM core_audithead WHERE id = 1 FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO core_audithead (id, number, hash)
            VALUES (1, 0, decode(repeat('00', 32), 'hex')) ON CONFLICT DO NOTHING;
        SELECT * INTO tip FROM core_audithead WHERE id = 1 FOR UPDATE;
    END IF;
    NEW.number := tip.number + 1;
    NEW.previous_hash := tip.hash;
    NEW.hash := sha256(tip.hash || convert_to({CANONICAL.format("NEW.")}, 'UTF8'));
    UPDATE core_audithead SET number = NEW.number, hash = NEW.hash WHERE id = 1;
    RETURN NEW;
END $$;
CREATE TRIGGER core_auditentry_chain BEFORE INSERT ON core_auditentry
    FOR EACH ROW EXECUTE FUNCTION safar_audit_chain();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("node", models.CharField(max_length=40)),
                ("actor_id", models.UUIDField(null=True)),
                ("actor_name", models.CharField(max_length=120)),
                ("action", models.CharField(max_length=80)),
                ("outcome", models.CharField(max_length=10)),
                ("target", models.CharField(max_length=120)),
                ("request_id", models.CharField(max_length=40)),
                ("details", models.JSONField(default=dict)),
                ("previous_hash", models.BinaryField()),
                ("hash", models.BinaryField()),
            ],
            options={
                "indexes": (
                    models.Index(models.F("target"), models.F("number"), name="audit_by_target"),
                    models.Index(models.F("actor_id"), models.F("number"), name="audit_by_actor"),
                    django.contrib.postgres.indexes.BrinIndex(models.F("at"), name="audit_by_time"),
                ),
            },
        ),
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
                ("hash", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="audit_one_head")
                ],
            },
        ),
        migrations.RunSQL(APPEND_ONLY_FUNCTION, "DROP FUNCTION safar_append_only"),
        migrations.RunSQL(CHAIN_FUNCTION, "DROP FUNCTION safar_audit_chain CASCADE"),
        append_only("core_auditentry"),
    ]
