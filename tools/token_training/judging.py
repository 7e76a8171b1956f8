"""Learns how sure to be: from the tuning pairs, each twin against its nearest neighbours.

What it learns from was seen by neither of the other two parts. Two aims at once: the twin
comes first among 200, and the probability is right where half are twins and half are the
twenty hardest others. A list of a million names has closer neighbours than Wikidata, so each
twin with one consonant wrong is among the others too.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from safar.lib.screening.tokens.letters import spell
from safar.lib.screening.tokens.model import TokenModel
from tools.token_training.lattice import Array
from tools.token_training.network import Adam
from tools.token_training.pairs import Known, Pair, often_plain, some
from tools.token_training.respelling import as_typed, persian, romanised

CANDIDATES = 200
HARDEST = 20
HIDDEN = 24
FEATURES = 13
SLIPS = 6  # twins with one consonant wrong, among the others
_SOUNDS = {  # consonants that may stand for one another are no slip
    "latin": ("bp", "dt", "fvw", "ghjkqcx", "cjsxz", "l", "r", "m", "n"),
    "cyrillic": ("бп", "дт", "вф", "гкхқғҳһ", "жзсцчшщҷ", "л", "р", "м", "нң"),
    "arabic": ("بپ", "تدطضټډ", "فوڤۋ", "گكقغجخحهعھ", "سزصشجچثذظژضښږ", "ل", "رړ", "م", "نڼڭ"),
}
_EPOCHS, _BATCH, _RATE = 40, 64, 5e-3


@dataclass(frozen=True)
class Task:
    """Pairs whose right side must be found among a pool of its script."""

    name: str
    pairs: list[Pair]
    pool: str
    weight: float = 1.0


def untrained(arrays: dict[str, Array]) -> dict[str, Array]:
    """The arrays with a judge that knows nothing yet."""
    return arrays | {
        "judge_hidden": np.zeros((HIDDEN, FEATURES), np.float32),
        "judge_hidden_bias": np.zeros(HIDDEN, np.float32),
        "judge_out": np.zeros(HIDDEN + 1, np.float32),
    }


def _turned(pairs: list[Pair]) -> list[Pair]:
    return [(b, a) for a, b in pairs]


def tasks(tuning: Known, sharing: list[Pair], chance: np.random.Generator, size: int) -> list[Task]:
    """What is asked of the judge, in every mix of scripts."""
    made = romanised(tuning.cyrillic, size, chance)
    persian_latin, persian_arabic = persian(tuning.la, chance)
    typed = [(a, as_typed(a, chance)) for _, a in tuning.la]
    typed = [pair for pair in typed if pair[0] != pair[1]]
    alike = some(typed, size // 6, chance) + some(persian_arabic, size // 6, chance)
    cross = some(tuning.ca + made.ca, size // 3, chance)
    return [
        Task("latin-cyrillic", often_plain(some(tuning.lc, size, chance), 0.4, 0, chance),
             "cyrillic", 1.5),
        Task("latin-arabic", often_plain(some(tuning.la, size, chance), 0.4, 0, chance),
             "arabic", 1.5),
        Task("cyrillic-latin", _turned(some(tuning.lc, size // 2, chance)), "latin"),
        Task("arabic-latin", _turned(some(tuning.la, size // 2, chance)), "latin"),
        Task("latin-latin", often_plain(some(sharing, size, chance), 0.4, 0, chance), "latin"),
        Task("cyrillic-cyrillic", some(made.cc, size // 4, chance), "cyrillic"),
        Task("arabic-arabic", alike, "arabic"),
        Task("cyrillic-arabic", cross, "arabic"),
        Task("arabic-cyrillic", _turned(some(tuning.ca, size // 3, chance)), "cyrillic"),
        Task("latin-cyrillic, made", some(made.lc, size // 3, chance), "cyrillic"),
        Task("latin-latin, made", some(made.ll, size // 3, chance), "latin"),
        Task("latin-arabic, made", some(made.la + persian_latin, size // 3, chance), "arabic"),
    ]  # fmt: skip


class Spellings:
    """Which Latin tokens share a twin: neither of them is a stranger to the other."""

    def __init__(self, *lists: list[Pair]) -> None:
        """From pairs of a Latin token and its twin."""
        self._by_twin: dict[str, set[str]] = defaultdict(set)
        self._twins: dict[str, set[str]] = defaultdict(set)
        for latin, twin in (pair for pairs in lists for pair in pairs):
            self._by_twin[twin].add(latin)
            self._twins[latin].add(twin)

    def of(self, token: str) -> set[str]:
        """The token and all that share a twin with it."""
        twins = self._twins.get(token, ()) or (token,)
        return {token}.union(*(self._by_twin.get(twin, ()) for twin in twins))


def slips(token: str, script: str, chance: np.random.Generator) -> list[str]:
    """The token with one consonant become quite another, or fallen out."""
    groups = _SOUNDS[script]
    every = "".join(dict.fromkeys("".join(groups)))
    places = [at for at, letter in enumerate(token) if letter in every]
    found = []
    for at in some(places, SLIPS, chance):
        kin = "".join(group for group in groups if token[at] in group)
        beside = token[at - 1 : at] + token[at + 1 : at + 2]
        other = some([letter for letter in every if letter not in kin], 1, chance)[0]
        falls = chance.random() < 0.25 and token[at] not in beside and token[at] not in "hcj"
        found.append(token[:at] + ("" if falls else other) + token[at + 1 :])
    return found


def collect(
    model: TokenModel, given: list[Task], pools: dict[str, list[str]], known: Spellings
) -> Iterator[tuple[Task, Array]]:
    """The features of the twin and of its neighbours, the twin first: (task, features) each."""
    chance = np.random.default_rng(17)
    vectors = {name: model.encode(pool) for name, pool in pools.items()}
    for task in given:
        pool, there = pools[task.pool], vectors[task.pool]
        queries = model.encode([query for query, _ in task.pairs])
        twins = model.encode([twin for _, twin in task.pairs])
        for (query, twin), vector, own in zip(task.pairs, queries, twins, strict=True):
            cosine = there @ vector
            near = np.argpartition(-cosine, CANDIDATES)[:CANDIDATES]
            if own @ vector < cosine[near].min():
                continue  # never found at all: nothing for a judge to learn
            kin = known.of(query) | known.of(twin) if task.pool == "latin" else {query, twin}
            others = [pool[at] for at in near if pool[at] not in kin]
            wrong = [token for token in slips(twin, task.pool, chance) if token not in kin]
            rows = spell([query, twin, *wrong, *others[: CANDIDATES - 1]])
            if (rows > 1).any(axis=1).all():
                yield task, model.features(rows[0], rows[1:]).T


def _stacked(features: list[Array]) -> tuple[Array, Array]:
    """(queries, candidates, features), and which candidates are real."""
    most = max(len(rows) for rows in features)
    table = np.zeros((len(features), most, FEATURES), np.float32)
    real = np.zeros((len(features), most), bool)
    for at, rows in enumerate(features):
        table[at, : len(rows)], real[at, : len(rows)] = rows, True
    return table, real


class Judgement:
    """The judge in training: over features of mean nought and spread one."""

    def __init__(self, seed: int) -> None:
        """Random weights."""
        chance = np.random.default_rng(seed)
        hidden = chance.standard_normal((FEATURES, HIDDEN)) / np.sqrt(FEATURES)
        self.arrays = {
            "hidden": hidden.astype(np.float32),
            "bias": np.zeros(HIDDEN, np.float32),
            "out": (chance.standard_normal(HIDDEN) * 0.3).astype(np.float32),
            "last": np.zeros(1, np.float32),
        }
        self.adam = Adam(self.arrays)

    def step(self, shown: Array, real: Array, weight: Array, rate: float) -> None:
        """One step on some queries; the twin is the first candidate."""
        at = self.arrays
        hidden = np.maximum(shown @ at["hidden"] + at["bias"], 0)
        odds = np.where(real, hidden @ at["out"] + at["last"], -1e9)
        slope = _first_slope(odds) + _sure_slope(odds, real)
        slope = np.where(real, slope * weight[:, None] / len(shown), 0).astype(np.float32)
        back = slope[:, :, None] * at["out"] * (hidden > 0)
        self.adam.step(
            {
                "hidden": shown.reshape(-1, FEATURES).T @ back.reshape(-1, HIDDEN),
                "bias": back.sum(axis=(0, 1)),
                "out": (hidden * slope[:, :, None]).sum(axis=(0, 1)),
                "last": np.array([slope.sum()]),
            },
            rate,
        )

    def finished(self, mean: Array, spread: Array) -> dict[str, Array]:
        """What the program needs, for features as they come."""
        at = self.arrays
        return {
            "judge_hidden": (at["hidden"] / spread[:, None]).T.astype(np.float32),
            "judge_hidden_bias": (at["bias"] - (mean / spread) @ at["hidden"]).astype(np.float32),
            "judge_out": np.concatenate([at["out"], at["last"]]).astype(np.float32),
        }


def _first_slope(odds: Array) -> Array:
    """Of: the twin comes first."""
    grown = np.exp(odds - odds.max(axis=1, keepdims=True))
    slope: Array = grown / grown.sum(axis=1, keepdims=True)
    slope[:, 0] -= 1
    return slope


def _sure_slope(odds: Array, real: Array) -> Array:
    """Of: the probability is right, for the twin and for the hardest others together alike."""
    sure = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    least = -np.sort(-odds[:, 1:], axis=1)[:, HARDEST - 1 : HARDEST]
    hard = (odds >= least) & real
    hard[:, 0] = False
    slope = np.where(hard, sure / np.maximum(hard.sum(axis=1, keepdims=True), 1), 0)
    slope[:, 0] = sure[:, 0] - 1
    return slope


def _questions(
    arrays: dict[str, Array], known: Known, russian: list[Pair], arabic: list[Pair], size: int,
    chance: np.random.Generator,
) -> list[tuple[Task, Array]]:  # fmt: skip
    """Tasks from the tuning pairs, with the features that the judge will see."""
    kin = Spellings(known.lc, known.la, russian, arabic)
    sharing = []
    for latin, _ in russian + arabic:
        others = sorted(kin.of(latin) - {latin})
        if 0 < len(others) <= 8:
            sharing.append((latin, others[int(chance.integers(len(others)))]))
    pools = {
        "latin": [latin for latin, _ in known.lc + known.la],
        "cyrillic": [twin for _, twin in known.lc],
        "arabic": [twin for _, twin in known.la],
    }
    pools = {name: sorted(set(pool)) for name, pool in pools.items()}
    given = tasks(Known.of(russian, arabic), sharing, chance, size)
    return list(collect(TokenModel(untrained(arrays)), given, pools, kin))


def train(
    arrays: dict[str, Array], known: Known, russian: list[Pair], arabic: list[Pair],
    size: int = 1500, seed: int = 11,
) -> dict[str, Array]:  # fmt: skip
    """The judge's arrays, from the tuning pairs."""
    chance = np.random.default_rng(seed)
    found = _questions(arrays, known, russian, arabic, size, chance)
    weight = np.array([task.weight for task, _ in found], np.float32)
    features = [rows for _, rows in found]
    mean = np.concatenate(features).mean(axis=0)
    spread = np.concatenate(features).std(axis=0) + 1e-6
    table, real = _stacked([(rows - mean) / spread for rows in features])
    judge, steps = Judgement(seed), 0
    total = _EPOCHS * -(-len(table) // _BATCH)
    for _ in range(_EPOCHS):
        order = chance.permutation(len(table))
        for at in range(0, len(order), _BATCH):
            rows = order[at : at + _BATCH]
            rate = _RATE * (0.5 * (1 + np.cos(np.pi * steps / total)) + 0.01)
            judge.step(table[rows], real[rows], weight[rows], rate)
            steps += 1
    return judge.finished(mean, spread)
