"""How a return goes. Beyond `declared` nothing is reachable without a written declaration."""

from safar.core.workflow import Workflow

RETURN = Workflow(
    "returns.case",
    start="referred",
    moves={
        "counsel": {"referred": "counselling"},
        "declare": {"counselling": "declared"},
        "take_back": dict.fromkeys(("declared", "travel_arranged", "departed"), "counselling"),
        "arrange_travel": {"declared": "travel_arranged"},
        "depart": {"travel_arranged": "departed"},
        "not_on_board": {"departed": "travel_arranged"},
        "arrive": {"departed": "arrived"},
        "agree_plan": {"arrived": "reintegrating"},
        "finish_help": {"reintegrating": "monitored"},
        "complete": {"monitored": "completed"},
        "end": dict.fromkeys(("referred", "counselling", "declared", "travel_arranged", "departed", "arrived", "reintegrating", "monitored"), "ended"),
    },
    terminal=frozenset({"completed", "ended"}),
)  # fmt: skip
# The states that a return reaches only with a declaration that stands.
BEYOND_DECLARATION = frozenset(
    {"declared", "travel_arranged", "departed", "arrived", "reintegrating", "monitored"}
)
# Declared, and not gone yet: from here a case can go back to counselling.
DECLARED = frozenset({"declared", "travel_arranged"})
BEFORE_DEPARTURE = DECLARED | {"referred", "counselling"}
