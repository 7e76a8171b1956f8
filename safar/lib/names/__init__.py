"""Are two names the same name? Transliteration, skeletons, likeness with reasons, an index."""

from safar.lib.names.differences import differences
from safar.lib.names.index import FLOOR, Index
from safar.lib.names.letters import latin, mrz_form
from safar.lib.names.likeness import SENTENCES, Likeness, Reason, likeness
from safar.lib.names.skeleton import fold, fold_tokens

__all__ = [
    "FLOOR",
    "SENTENCES",
    "Index",
    "Likeness",
    "Reason",
    "differences",
    "fold",
    "fold_tokens",
    "latin",
    "likeness",
    "mrz_form",
]
