"""Is this file what it may be, told by its content, and can it really be opened?"""

from safar.control.visas.files.checked import LARGEST, Checked, checked

__all__ = ["LARGEST", "Checked", "checked"]
