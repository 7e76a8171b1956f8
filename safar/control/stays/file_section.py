"""The section that stays add to a traveller's file."""

from safar.control.border.file_sections import FileSection, register
from safar.control.stays.queries.in_file import stays_of

SECTION = register(FileSection("stays/in_file.html", stays_of))
