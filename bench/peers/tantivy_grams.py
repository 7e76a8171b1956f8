"""Peer: tantivy, 3-grams and BM25, the index in memory."""

import time
from importlib import import_module

from bench.listed import folded
from bench.peers.files import Asked, Found, answer, asked, missing

HEAP = 512_000_000


class Grams:
    """The index."""

    def __init__(self, names: list[str]) -> None:
        tantivy = self.tantivy = import_module("tantivy")  # an optional extra: no types
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("name", tokenizer_name="gram3", index_option="freq")
        schema.add_unsigned_field("row", stored=True, fast=True)
        self.index = tantivy.Index(schema.build())
        grams = tantivy.Tokenizer.ngram(3, 3, False)
        self.index.register_tokenizer("gram3", tantivy.TextAnalyzerBuilder(grams).build())
        writer = self.index.writer(HEAP, 1)
        for row, name in enumerate(names):
            document = tantivy.Document()
            document.add_text("name", f" {name} ")
            document.add_unsigned("row", row)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def find(self, name: str, top: int) -> list[tuple[int, float]]:
        """Rows with their BM25 scores."""
        tantivy = self.tantivy
        text = f" {name} "
        grams = {text[at : at + 3] for at in range(len(text) - 2)}
        terms = [
            (
                tantivy.Occur.Should,
                tantivy.Query.term_query(self.index.schema, "name", gram, "freq"),
            )
            for gram in sorted(grams)
        ]
        hits = self.searcher.search(tantivy.Query.boolean_query(terms), top, count=False).hits
        return [(self.searcher.doc(place)["row"][0], score) for score, place in hits]


def main() -> None:
    """Build, ask, answer."""
    try:
        import_module("tantivy")
    except ImportError:
        missing("tantivy is not installed (extra `peers`).")
    work, given = asked()
    began = time.perf_counter()
    grams = Grams(work.names)
    built = time.perf_counter() - began

    def find(query: dict[str, str]) -> Found:
        return _named(work, grams.find(folded(query["name"]), work.top))

    answer(given, work, built, find)


def _named(work: Asked, found: list[tuple[int, float]]) -> Found:
    return [(work.ids[row], score) for row, score in found]


if __name__ == "__main__":
    main()
