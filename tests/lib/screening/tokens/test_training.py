"""Does training climb the right hill, and does the program compute what was trained?"""

import numpy as np
import pytest

from safar.lib.screening.tokens import load
from safar.lib.screening.tokens.letters import CYRILLIC, LATIN, spell
from safar.lib.screening.tokens.model import TokenModel
from safar.lib.screening.tokens.transducer import Transducer
from tools.token_training.lattice import by_length, find_pieces
from tools.token_training.network import Network, contexts_of
from tools.token_training.pairs import part_of, plain
from tools.token_training.respelling import romanised
from tools.token_training.writing import arrays_of

WORDS = ["каримов", "жаксылыков", "шербаков", "чолпон", "хасанов", "нурлан", "щукин", "юлия"]


@pytest.fixture(scope="module")
def made() -> tuple[np.ndarray, np.ndarray]:
    pairs = romanised(WORDS, 400, np.random.default_rng(1)).lc
    return spell([latin for latin, _ in pairs]), spell([twin for _, twin in pairs])


@pytest.fixture(scope="module")
def network(made: tuple[np.ndarray, np.ndarray]) -> Network:
    sources, targets = made
    pieces = [find_pieces(targets, sources, LATIN, 5), find_pieces(sources, targets, CYRILLIC, 5)]
    return Network(pieces, [contexts_of(sources), contexts_of(targets)], seed=3)


def batch(made: tuple[np.ndarray, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    sources, targets = made
    rows = max(by_length(sources, targets, 32, np.random.default_rng(0)), key=len)
    return sources[rows], targets[rows]


def test_the_slopes_are_those_of_the_likelihood(
    made: tuple[np.ndarray, np.ndarray], network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources, targets = batch(made)
    seen: dict[str, np.ndarray] = {}
    monkeypatch.setattr(network.adam, "step", lambda slopes, _rate: seen.update(slopes))
    network.train(sources, targets, 1, 0.0, wary=False)
    for name in ("embedding", "first", "second", "word", "weights1", "bias1", "follows1"):
        array, slope = network.arrays[name], seen[name]
        spot = np.unravel_index(np.abs(slope).argmax(), slope.shape)
        before = float(array[spot])
        losses = []
        for change in (0.01, -0.01):
            array[spot] = before + change
            losses.append(-float(network.measure(sources, targets, 1).mean()))
        array[spot] = before
        assert slope[spot] == pytest.approx((losses[0] - losses[1]) / 0.02, rel=0.02), name


def test_training_makes_the_twins_likelier(
    made: tuple[np.ndarray, np.ndarray], network: Network
) -> None:
    sources, targets = batch(made)
    before = network.measure(sources, targets, 1).mean()
    for _ in range(20):
        network.train(sources, targets, 1, 2e-3, wary=False)
    assert network.measure(sources, targets, 1).mean() > before + 1


def test_the_program_computes_what_was_trained(
    made: tuple[np.ndarray, np.ndarray], network: Network
) -> None:
    sources, targets = batch(made)
    program = Transducer(arrays_of(network), 2)
    head = program.heads[1]
    trained = network.measure(sources, targets, 1)
    forth = [
        program.one_to_many(program.states(a[None])[0], b[None], head)[0]
        for a, b in zip(sources, targets, strict=True)
    ]
    back = program.many_to_one(sources, targets[0], head)
    np.testing.assert_allclose(forth, trained, atol=0.25)  # half precision, and the floor
    assert back[0] == pytest.approx(forth[0], abs=1e-3)
    assert program.one_to_many(program.states(sources[0][None])[0], targets, head)[
        0
    ] == pytest.approx(forth[0], abs=1e-3)


def test_alone_or_among_others_a_candidate_is_as_likely_backwards() -> None:
    model: TokenModel = load()
    rows = spell(["karimov", "kerimow", "sharapov"])
    target = spell(["каримов"])[0]
    head = model._transducer.heads[1]
    together = model._transducer.many_to_one(rows, target, head)
    alone = [model._transducer.many_to_one(row[None], target, head)[0] for row in rows]
    np.testing.assert_allclose(together, alone, atol=1e-3)
    assert together[0] > together[2]


def test_a_token_belongs_to_one_part_for_good() -> None:
    parts = [part_of(f"name{at}") for at in range(2000)]
    assert parts == [part_of(f"name{at}") for at in range(2000)]
    shares = {part: parts.count(part) / 2000 for part in set(parts)}
    assert shares["held-out"] == pytest.approx(3 / 16, abs=0.03)
    assert shares["tuning"] == pytest.approx(1 / 16, abs=0.02)


def test_plain_letters_are_those_of_a_passport() -> None:
    assert plain("ýazgülüň") == "yazgulun"
    assert plain("gross") == "gross"
