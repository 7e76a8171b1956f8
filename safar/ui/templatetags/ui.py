"""The small parts of every page: icons, statuses, keys."""

from functools import cache
from typing import Any

from django import template
from django.template import defaultfilters
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from safar.lib.partial_dates import PartialDate
from safar.ui.days import small
from safar.ui.forms import typed as written

register = template.Library()

TONE_ICONS = {
    "clear": "clear",
    "check": "check",
    "hold": "hold",
    "info": "info",
    "none": "unknown",
}


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """An icon of the sprite, beside a word: `{% icon "tick" %}`."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
def tone_icon(tone: str) -> SafeString:
    """The shape that stands for a tone; it can be told apart without colour."""
    return icon(TONE_ICONS.get(tone, "unknown"))


@register.simple_tag
def status(text: Any, tone: str = "", name: str = "") -> SafeString:
    """A status beside a thing: `{% status "In review" "info" "clock" %}`."""
    mark = icon(name) if name else ""
    return format_html('<span class="tag" data-tone="{}">{}{}</span>', tone, mark, text)


@register.simple_tag
@cache
def key(name: str) -> SafeString:
    """The name of a key on a button or in a sentence: `{% key "F4" %}`."""
    return format_html("<kbd>{}</kbd>", name)


@register.filter("date", expects_localtime=True, is_safe=False)
def day(value: Any, form: str | None = None) -> str:
    """Django's `date`, with the month in small letters where the language writes it so."""
    return small(str(defaultfilters.date(value, form)), form or "")


@register.filter
def typed(value: PartialDate | None) -> str:
    """A day as people here write it, as far as it is known: `{{ person.birth|typed }}`."""
    return written(value) if value else ""


@register.filter
def of(mapping: dict[Any, Any], name: Any) -> Any:
    """The value of a mapping under a name that a loop gives: `{{ lanes|of:post }}`."""
    return mapping.get(name)
