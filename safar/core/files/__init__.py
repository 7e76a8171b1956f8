"""Is this file what it may be, told by its content, and can it really be opened?"""

from safar.core.files.checked import LARGEST, TOO_LARGE, Checked, FileType, checked, tidy_name

__all__ = ["LARGEST", "TOO_LARGE", "Checked", "FileType", "checked", "tidy_name"]
