"""Is this file what it may be, told by its content, and can it really be opened?"""

from safar.assistance.cases.files.checked import LARGEST, Checked, checked

__all__ = ["LARGEST", "Checked", "checked"]
