"""How is data refused that cannot be read?"""

from safar.lib.chip.catalogue import CODES


class ChipError(ValueError):
    """Data that cannot be read; `code` and `params` for translation, `str()` is the English."""

    def __init__(self, code: str, **params: str | int) -> None:
        self.code = code
        self.params = params
        super().__init__(CODES[code].format_map(params))

    @property
    def sentence(self) -> str:
        return str(self)


class Unsupported(ChipError):
    """An algorithm or key that cannot be checked here: this proves nothing either way."""
