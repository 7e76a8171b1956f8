"""Writes of blanks and their boxes."""

from safar.control.blanks.actions.using import issue_blank, spoil_issued, take_blank

__all__ = ["issue_blank", "spoil_issued", "take_blank"]
