"""Users, agencies, postings, and role grants whose two people the database insists on."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import safar.core.node


class Migration(migrations.Migration):
    initial = True
    dependencies: ClassVar = [
        ("core", "0001_initial"),  # what every kept table calls
        ("reference", "0001_code_lists"),
    ]
    operations: ClassVar = [
        migrations.CreateModel(
            name="Agency",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=safar.core.node.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="Code")),
                ("name", models.CharField(max_length=120, verbose_name="Name")),
            ],
            options={"ordering": ("code",)},
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "id",
                    models.UUIDField(
                        default=safar.core.node.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "username",
                    models.CharField(max_length=60, unique=True, verbose_name="Service number"),
                ),
                ("full_name", models.CharField(max_length=120, verbose_name="Name")),
                ("rank", models.CharField(blank=True, max_length=40, verbose_name="Rank")),
                ("language", models.CharField(default="en", max_length=5, verbose_name="Language")),
                (
                    "theme",
                    models.CharField(
                        choices=[("auto", "As the device"), ("day", "Day"), ("night", "Night")],
                        default="auto",
                        max_length=5,
                    ),
                ),
                (
                    "phone",
                    models.CharField(blank=True, max_length=40, verbose_name="Telephone at work"),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="May sign in")),
                ("password_is_temporary", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="accounts.agency",
                        verbose_name="Agency",
                    ),
                ),
            ],
            options={"ordering": ("full_name",)},
        ),
        migrations.CreateModel(
            name="Posting",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=safar.core.node.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reference.crossingpoint",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="postings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(models.F("user"), models.F("post"), name="posting_once")
                ]
            },
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=safar.core.node.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("role", models.CharField(max_length=20, verbose_name="Role")),
                ("reason", models.CharField(max_length=200, verbose_name="Reason")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "Waiting for a second person"),
                            ("active", "In force"),
                            ("declined", "Declined"),
                            ("revoked", "Revoked"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField(auto_now_add=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-proposed_at",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="role_grant_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("proposed_by", None),
                            models.Q(("proposed_by", models.F("user")), _negated=True),
                            _connector="OR",
                        ),
                        name="role_grant_not_own_proposed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("user")), _negated=True),
                            _connector="OR",
                        ),
                        name="role_grant_not_own_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("revoked_by", None),
                            models.Q(("revoked_by", models.F("user")), _negated=True),
                            _connector="OR",
                        ),
                        name="role_grant_not_own_revoked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None), ("decided_by", None), ("status", "proposed")
                            ),
                            models.Q(
                                models.Q(("status", "proposed"), _negated=True),
                                models.Q(
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        ("proposed_by__isnull", False),
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by", None),
                                        ("proposed_by", None),
                                    ),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="role_grant_decided_at_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at__isnull", False), ("status", "revoked")),
                            models.Q(
                                models.Q(("status", "revoked"), _negated=True),
                                ("revoked_at", None),
                                ("revoked_by", None),
                            ),
                            _connector="OR",
                        ),
                        name="role_grant_revoked_at_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["proposed", "active", "declined", "revoked"])
                        ),
                        name="role_grant_status_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("proposed", "active"))),
                        fields=("user", "role"),
                        name="role_grant_once",
                    ),
                ],
            },
        ),
    ]
