"""How do the templates of accounts draw a QR code and ask whether a button works?"""

import re
from typing import Any

from django import template

from safar.core.action import can
from safar.core.permissions import Actor

register = template.Library()
PATH = re.compile(r'<path[^>]* d="([MLHVZmlhvz0-9 .,-]+)"')
BOX = re.compile(r'viewBox="([0-9 .]+)"')


@register.filter
def qr_path(svg: str) -> str:
    """The path of the QR code in allauth's drawing: it is drawn in the page, no image is loaded."""
    found = PATH.search(svg)
    return found[1] if found else ""


@register.filter
def qr_box(svg: str) -> str:
    found = BOX.search(svg)
    return found[1] if found else "0 0 1 1"


@register.simple_tag
def may(actor: Actor | None, action: str, target: Any = None) -> bool:
    """Whether the action would get past permission and policies: `{% may actor "a.b" x as ok %}`."""
    return can(actor, action, target)
