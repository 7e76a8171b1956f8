"""What a benchmark stands on that needs PostgreSQL: one of its own, sizes to ask for, one JSON line."""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from safar.config.cluster import Cluster

DATABASE = {"shared_buffers": "1GB", "max_wal_size": "4GB"}
Measure = Callable[[argparse.Namespace, Path], dict[str, Any]]


def run(name: str, wording: str | None, sizes: Mapping[str, int], measure: Measure) -> None:
    """Ask for the sizes, make the database, print what `measure` gives of it and its folder.

    fsync and synchronous_commit are on. Without `--keep` nothing stays.
    """
    asked = _arguments(wording, sizes)
    folder = Path(asked.keep or tempfile.mkdtemp(prefix=f"safar-{name}-", dir="/var/tmp"))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    cluster = Cluster(folder, DATABASE)
    cluster.start()
    os.environ |= {"DATABASE_URL": cluster.url, "SAFAR_DATA": str(folder)}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safar.config.settings.development")
    import django

    django.setup()
    try:
        sys.stdout.write(json.dumps(measure(asked, folder)) + "\n")
    finally:
        if asked.keep:
            cluster.stop()
        else:
            cluster.remove()
            shutil.rmtree(folder, ignore_errors=True)


def _arguments(wording: str | None, sizes: Mapping[str, int]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=wording)
    for name, value in sizes.items():
        parser.add_argument(f"--{name}", type=int, default=value)
    parser.add_argument("--keep", help="folder of a database that is made once and used again")
    return parser.parse_args()
