"""Which letters differ between two spellings, so that a screen can mark them?"""

from difflib import SequenceMatcher

Span = tuple[str, bool]


def differences(a: str, b: str) -> tuple[list[Span], list[Span]]:
    """Each side cut into (text, differs); joined again the texts give the side back.

    Capitals count as the same letter. Spellings in two scripts share no letter: pass both
    through `latin` first.
    """
    left: list[Span] = []
    right: list[Span] = []
    first, second = ("".join(_one_case(c) for c in side) for side in (a, b))
    for tag, i, j, k, m in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        for spans, text in ((left, a[i:j]), (right, b[k:m])):
            if text:
                spans.append((text, tag != "equal"))
    return left, right


def _one_case(letter: str) -> str:
    """Lower case where that keeps the length (it does not for the Turkish capital İ)."""
    lower = letter.lower()
    return lower if len(lower) == 1 else letter
