"""What did the reader ask for: which days, which post, whose crossings, which way?"""

from dataclasses import dataclass

from safar.insight.statistics.rules.periods import Period


@dataclass(frozen=True)
class Asked:
    """The filters of the page. Empty text stands for all."""

    period: Period
    post: str = ""
    citizenship: str = ""
    direction: str = ""
