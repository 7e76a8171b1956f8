"""May this file be kept? What is kept of it is told by `core.files`."""

from safar.control.visas.files.checked import LARGEST, Checked, checked

__all__ = ["LARGEST", "Checked", "checked"]
