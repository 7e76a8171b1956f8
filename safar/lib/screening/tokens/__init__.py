"""How likely are two name tokens, in Latin, Cyrillic or Arabic script, one name? Learned."""

from safar.lib.screening.tokens.model import TokenModel, load

__all__ = ["TokenModel", "load"]
