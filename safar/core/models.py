"""The audit chain's tables. Neither has a foreign key: the audit can never block or cascade."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models


class AuditEntry(models.Model):
    """One thing that was done, refused or opened. Number and hashes are set by the database."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    node = models.CharField(max_length=40)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=120)
    action = models.CharField(max_length=80)
    outcome = models.CharField(max_length=10)
    target = models.CharField(max_length=120)
    request_id = models.CharField(max_length=40)
    details = models.JSONField(default=dict)
    previous_hash = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        indexes = (
            models.Index("target", "number", name="audit_by_target"),
            models.Index("actor_id", "number", name="audit_by_actor"),
            BrinIndex("at", name="audit_by_time"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.actor_name} {self.action} {self.outcome}"


class AuditHead(models.Model):
    """The last number and hash of the chain. Its row lock puts the writers in a line."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(id=1), name="audit_one_head"),)

    def __str__(self) -> str:
        return str(self.number)
