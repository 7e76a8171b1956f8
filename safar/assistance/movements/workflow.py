"""How a movement goes, and how each step of each member does."""

from safar.core.workflow import Workflow

MOVEMENT = Workflow(
    "movements.case",
    start="referred",
    moves={
        "accept": {"referred": "preparing"},
        "not_accepted": {"referred": "not_accepted"},
        "book": {"preparing": "booked"},
        "cancel_booking": {"booked": "preparing"},
        "depart": {"booked": "departed"},
        "arrive": {"departed": "arrived"},
        "put_aside": {"preparing": "aside"},
        "take_up": {"aside": "preparing"},
        "end": dict.fromkeys(("referred", "preparing", "booked", "aside"), "ended"),
    },
    terminal=frozenset({"arrived", "not_accepted", "ended"}),
)
BEFORE_DEPARTURE = frozenset({"referred", "preparing", "booked", "aside"})
ACCEPTED = frozenset({"preparing", "booked"})  # and not gone yet, nor put aside

# A step of one member. What is done may have to be done again: it expired, or was taken back.
STEP = Workflow(
    "movements.step",
    start="to_do",
    moves={
        "ask": {"to_do": "asked", "sent_back": "asked"},
        "send_back": {"asked": "sent_back"},
        "finish": {"to_do": "done", "asked": "done", "sent_back": "done"},
        "refuse": {"asked": "refused"},
        "waive": {"to_do": "not_needed"},
        "need": {"not_needed": "to_do"},
        "again": {"done": "to_do", "refused": "to_do"},
    },
    terminal=frozenset(),
)

JOURNEY = Workflow(
    "movements.journey",
    start="held",
    moves={
        "ticket": {"held": "ticketed"},
        "add_seat": {"ticketed": "held"},  # whoever joins has no ticket yet
        "cancel": {"held": "cancelled", "ticketed": "cancelled"},
        "depart": {"ticketed": "departed"},
        "arrive": {"departed": "arrived"},
    },
    terminal=frozenset({"cancelled", "arrived"}),
)

LOAN = Workflow(
    "movements.loan",
    start="draft",
    moves={
        "sign": {"draft": "signed"},
        "assign": {"signed": "assigned"},
        "repay": {"assigned": "repaid"},
        "cancel": {"draft": "cancelled", "signed": "cancelled"},
    },
    terminal=frozenset({"repaid", "cancelled"}),
)
