"""Peer: rapidfuzz over the whole list, ratio of the sorted words (one thread)."""

from rapidfuzz import fuzz, process

from bench.listed import folded
from bench.peers.files import Found, answer, asked


def main() -> None:
    """There is nothing to build: ask, answer."""
    work, given = asked()

    def find(query: dict[str, str]) -> Found:
        name = folded(query["name"])
        hits = process.extract(name, work.names, scorer=fuzz.ratio, processor=None, limit=work.top)
        return [(work.ids[row], score / 100) for _, score, row in hits]

    answer(given, work, 0.0, find)


if __name__ == "__main__":
    main()
