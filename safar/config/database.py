"""Which database Safar uses: the one that DATABASE_URL names, else a private cluster."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from safar.config.cluster import Cluster

ROOT = Path(__file__).resolve().parents[2]


def data_folder() -> Path:
    """The folder of everything that this installation keeps beside its database."""
    return Path(os.environ.get("SAFAR_DATA", ROOT / ".safar"))


def cluster() -> Cluster:
    return Cluster(data_folder())


def url() -> str:
    return os.environ.get("DATABASE_URL") or cluster().url


def ensure_running() -> None:
    """Start the private cluster, unless DATABASE_URL names a server of its own."""
    if not os.environ.get("DATABASE_URL"):
        cluster().start()


def configuration() -> dict[str, Any]:
    """Django's DATABASES["default"] for the address in use."""
    parts = urlsplit(url())
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    if role := os.environ.get("SAFAR_ROLE", ""):
        options["options"] = f"{options.get('options', '')} -c role={role}".strip()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "safar",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "SAFAR_ROLE": role,
        # Statements that come again are prepared by the server: the same few make up a scan.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 3, **options},
    }
