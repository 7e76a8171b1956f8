"""Peer: PostgreSQL's pg_trgm with a GIN index and the operator `%`, in a private server."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from bench.listed import folded
from bench.peers.files import Asked, Found, answer, asked, missing

THRESHOLD = 0.3  # PostgreSQL's own default
FIND = (
    "SELECT id, similarity(name, %(name)s) FROM listed WHERE name %% %(name)s "
    "ORDER BY 2 DESC LIMIT %(top)s"
)


@contextmanager
def server() -> Iterator[str]:
    """The server that DATABASE_URL names, else one of its own that is removed afterwards."""
    from safar.config.cluster import Cluster

    if named := os.environ.get("DATABASE_URL"):
        yield named
        return
    folder = Path(tempfile.mkdtemp(prefix="safar-trgm-", dir="/var/tmp"))
    folder.chmod(0o755)
    cluster = Cluster(folder, {"shared_buffers": "1GB", "maintenance_work_mem": "512MB"})
    try:
        cluster.start()
        yield cluster.url
    finally:
        cluster.remove()
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Load, index, ask, answer."""
    work, given = asked()
    with server() as url, psycopg.connect(url, autocommit=True) as bare:
        try:
            bare.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        except psycopg.Error as problem:
            missing(f"This PostgreSQL has no pg_trgm: {problem}")
        build_s = _load(bare, work)
        bare.execute(f"SET pg_trgm.similarity_threshold = {THRESHOLD}")

        def find(query: dict[str, str]) -> Found:
            values = {"name": folded(query["name"]), "top": work.top}
            return [(str(key), float(score)) for key, score in bare.execute(FIND, values)]

        answer(given, work, build_s, find, threshold=THRESHOLD)


def _load(bare: psycopg.Connection, work: Asked) -> float:
    began = time.perf_counter()
    bare.execute("CREATE TEMPORARY TABLE listed (id text, name text)")
    with bare.cursor().copy("COPY listed FROM STDIN") as copy:
        for row in zip(work.ids, work.names, strict=True):
            copy.write_row(row)
    bare.execute("CREATE INDEX ON listed USING gin (name gin_trgm_ops)")
    bare.execute("ANALYZE listed")
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
