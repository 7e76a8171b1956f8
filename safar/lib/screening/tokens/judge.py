"""How sure do the likelihoods both ways and the nearness of two tokens make us, from 0 to 1?"""

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from safar.lib.screening.tokens.encoder import Floats

_SUREST: Final = 30.0


class Judge:
    """One hidden layer over a dozen figures."""

    def __init__(self, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        """From the arrays that training has saved."""
        self._hidden = np.asarray(arrays["judge_hidden"]).astype(np.float32)
        self._hidden_bias = np.asarray(arrays["judge_hidden_bias"]).astype(np.float32)
        self._out = np.asarray(arrays["judge_out"]).astype(np.float32)

    def probability(self, features: Floats) -> Floats:
        """(n,) of features, one column a candidate."""
        hidden = np.maximum(self._hidden @ features + self._hidden_bias[:, None], 0)
        odds = self._out[:-1] @ hidden + self._out[-1]
        return np.asarray(1 / (1 + np.exp(-np.clip(odds, -_SUREST, _SUREST))), np.float32)
