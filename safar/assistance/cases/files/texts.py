"""Is this nothing but words?"""

import re
from typing import Final

from django.utils.translation import gettext_lazy as _

from safar.assistance.cases.choices.papers import FileType
from safar.core.files.refused import refused

CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# Words that some program takes for more than words: markup, PostScript, RTF, a script.
STARTS: Final = ("<", "%!", "{\\rtf", "#!", "MZ", "[InternetShortcut]", "@echo")

UNKNOWN = _(
    "This is no PDF, JPEG, PNG, DOCX, XLSX or plain text (UTF-8), whatever its name says. "
    "Nothing was kept."
)


def opened(content: bytes) -> tuple[FileType, int | None]:
    """Return plain text, in UTF-8 or marked UTF-16.

    Raises:
        RuleBroken: it is something else.
    """
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise refused(UNKNOWN) from None
    if CONTROL.search(text) or text.lstrip().lower().startswith(tuple(s.lower() for s in STARTS)):
        raise refused(UNKNOWN)
    return FileType.TEXT, None
