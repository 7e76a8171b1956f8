"""What the pages of visas and of passports draw alike."""

from safar.control.applications.views.form_page import form_page, handed_in, posted
from safar.control.applications.views.served import served

__all__ = ["form_page", "handed_in", "posted", "served"]
