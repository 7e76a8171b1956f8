"""Are two names the same name? Transliteration, skeletons, likeness with reasons."""

from safar.lib.names.differences import differences
from safar.lib.names.letters import latin, mrz_form
from safar.lib.names.likeness import SENTENCES, Likeness, Reason, likeness
from safar.lib.names.skeleton import fold, fold_tokens
from safar.lib.names.spellings import is_spelling, spellings

__all__ = [
    "SENTENCES",
    "Likeness",
    "Reason",
    "differences",
    "fold",
    "fold_tokens",
    "is_spelling",
    "latin",
    "likeness",
    "mrz_form",
    "spellings",
]
