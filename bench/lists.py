"""Which lists and queries does the bench ask? Written once into a scratch folder as CSV."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench import breakage, golden, made_up, romanisations, stocks
from bench.contract import read_rows, write_rows
from bench.listed import Alias, Listed, ofac

FACTS = ("birth_date", "sex", "citizenship")
POOLS = {"cyrillic": ("wikidata_english_russian.tsv", 30_000),
         "arabic": ("wikidata_english_arabic.tsv", 12_000)}  # fmt: skip
Entry = tuple[Listed, str]  # with the name at home


@dataclass(frozen=True)
class Files:
    """A list with queries."""

    listed: Path
    queries: Path


@dataclass(frozen=True)
class Scratch:
    """The folder of what was made, for one OFAC folder."""

    folder: Path
    ofac_folder: Path
    recombined: float = made_up.RECOMBINED

    def aliases(self, names: int, stride: int = 1) -> tuple[Files, dict[str, Alias]]:
        """Primary names among `names`; each alias asked, names only."""
        people, aliases = ofac(self.ofac_folder)
        listed = self.folder / f"names-{names}-{self.recombined}.csv"
        if not listed.exists():
            pad = (entry for entry, _ in self.padding(names - len(people)))
            rows = ((one.id, one.name) for part in (people, pad) for one in part)
            write_rows(listed, ("entity_id", "name"), rows)
        asked = {f"alias-{number}": alias for number, alias in enumerate(aliases)}
        asked = dict(list(asked.items())[::stride])
        queries = self.folder / f"aliases-{names}-{self.recombined}-{stride}.csv"
        write_rows(queries, ("query_id", "name"), ((key, one.name) for key, one in asked.items()))
        return Files(listed, queries), asked

    def people(
        self, names: int, clean: int, facts: Sequence[str]
    ) -> tuple[Files, list[dict[str, str]], list[made_up.Clean]]:
        """The golden people and OFAC's with facts among `names`; variants and clean travellers."""
        entries = self._entries(names)
        mark = hashlib.sha1((golden.DATA / "variants.csv").read_bytes()).hexdigest()[:10]
        name = f"people-{names}-{self.recombined}-{'-'.join(facts)}-{mark}.csv"
        listed = self.folder / name
        if not listed.exists():
            rows = (_row(entry, facts) for entry, _ in entries)
            write_rows(listed, ("entity_id", "name", *facts), rows)
        variants = [
            {**row, "query_id": f"variant-{number}"} for number, row in enumerate(golden.golden())
        ]
        travellers = list(made_up.travellers(clean, made_up.homonyms(entries)))
        queries = self.folder / f"travellers-{names}-{clean}-{'-'.join(facts)}.csv"
        asked = [
            (row["query_id"], row["variant"], *(row[fact] for fact in facts)) for row in variants
        ]
        for one in travellers:
            known = {"birth_date": one.birth, "sex": one.sex, "citizenship": one.citizenship}
            asked.append((one.id, one.name, *(known[fact] for fact in facts)))
        write_rows(queries, ("query_id", "name", *facts), asked)
        return Files(listed, queries), variants, travellers

    def _entries(self, names: int) -> list[Entry]:
        people, aliases = ofac(self.ofac_folder)
        named = {one.id: one for one in people}
        also = [replace(named[alias.entity], name=alias.name) for alias in aliases]
        homes = golden.homes()
        set_ = {
            row["person_id"]: Listed(
                row["person_id"], row["name"], (row["listed_birth_date"],), row["sex"],
                row["citizenship"],
            )
            for row in golden.golden()
        }  # fmt: skip
        entries = [(one, "") for one in (*people, *also)]
        entries += [(one, homes.get(key, one.name.casefold())) for key, one in set_.items()]
        return entries + list(self.padding(names - len(entries)))

    def padding(self, count: int) -> Iterable[Entry]:
        """Made-up entries, made once."""
        path = self.folder / f"padding-{count}-{self.recombined}-{_mark(self.ofac_folder)}.csv"
        if not path.exists():
            people, _ = ofac(self.ofac_folder)
            rows = (
                (one.id, one.name, *one.births, one.sex, one.citizenship, home)
                for one, home in made_up.padding(count, people, self.recombined)
            )
            write_rows(path, ("id", "name", "birth", "sex", "citizenship", "home"), rows)
        for row in read_rows(path):
            one = Listed(row["id"], row["name"], (row["birth"],), row["sex"], row["citizenship"])
            yield one, row["home"]

    def tokens(self, pairs: Path, script: str, asked: int) -> tuple[Files, dict[str, set[str]]]:
        """One-token names: held-out Latin tokens asked among targets in another script."""
        file, size = POOLS[script]
        kept, others = _pairs(pairs / file)
        pool = list(dict.fromkeys(target for targets in kept.values() for target in targets))
        pool = list(dict.fromkeys(pool + others))[: max(size, len(pool))]
        ids = {target: f"{script}-{number}" for number, target in enumerate(pool)}
        listed = write_rows(
            self.folder / f"tokens-{script}.csv", ("entity_id", "name"),
            ((key, target) for target, key in ids.items()),
        )  # fmt: skip
        latin = sorted(kept, key=_hash)[:asked]
        queries = write_rows(
            self.folder / f"tokens-{script}-asked.csv",
            ("query_id", "name"),
            zip(latin, latin, strict=True),
        )
        return Files(listed, queries), {word: {ids[t] for t in kept[word]} for word in latin}


def _row(entry: Listed, facts: Sequence[str]) -> tuple[str, ...]:
    births = ";".join(entry.births)
    known = {"birth_date": births, "sex": entry.sex, "citizenship": entry.citizenship}
    return (entry.id, entry.name, *(known[fact] for fact in facts))


def _pairs(path: Path) -> tuple[dict[str, list[str]], list[str]]:
    """Targets of each held-out Latin token, and the targets of all others."""
    kept: defaultdict[str, list[str]] = defaultdict(list)
    others: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        latin, letters, _count = line.split("\t")
        target = letters.replace(" ", "")
        if _hash(latin)[0] in "012":
            kept[latin].append(target)
        else:
            others.append(target)
    return kept, sorted(others, key=_hash)


def _hash(text: str) -> str:
    return hashlib.sha1(text.encode()).hexdigest()


def _mark(folder: Path) -> str:
    """Changes with what the padding is made of."""
    digest = hashlib.sha1()
    code = [
        Path(str(module.__file__)) for module in (made_up, golden, stocks, romanisations, breakage)
    ]
    for path in sorted([*folder.glob("*.csv"), *golden.DATA.glob("*"), *code]):
        if path.name != "variants.csv" and path.suffix != ".md":
            digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
