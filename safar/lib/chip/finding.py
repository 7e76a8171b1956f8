"""Something worth saying about a chip or a list of certificates."""

from typing import NamedTuple

from safar.lib.chip.catalogue import CODES, WEIGHTS
from safar.lib.chip.errors import ChipError


class Finding(NamedTuple):
    """A code of the catalogue, the file it is about (`DG1`, `SOD`, or empty), its params."""

    code: str
    group: str
    params: dict[str, str | int]

    @property
    def weight(self) -> int:
        """100 no genuine chip shows this, 80 grave, 60 doubtful, 40 worth a look, 10 a note."""
        return WEIGHTS[self.code]

    @property
    def sentence(self) -> str:
        return CODES[self.code].format_map(self.params)

    def as_dict(self) -> dict[str, object]:
        return {
            "code": self.code,
            "group": self.group or None,
            "weight": self.weight,
            "sentence": self.sentence,
            "params": self.params,
        }


def because(code: str, group: str, error: ChipError) -> Finding:
    """A finding with an error as its reason: params `group`, `why` (English) and `why_code`."""
    return Finding(code, group, {"group": group, "why": error.sentence, "why_code": error.code})
