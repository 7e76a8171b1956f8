"""What do the barcodes of a photo of a sticker say? Read in a process of its own, with limits."""

import json
import os
import subprocess
import sys
from typing import Final

from django.utils.translation import gettext_lazy as _

from safar.core.errors import RuleBroken

CHILD: Final = (sys.executable, "-m", "safar.control.visas.seals.photo_child")
PATIENCE: Final = 8  # seconds, start of the process included
FAILED: Final = _("The photo could not be read. Take it again: flat, sharp, the code large.")
NONE_FOUND: Final = _("There is no code in this photo. Take it again: flat, sharp, the code large.")


def codes_in(photo: bytes) -> list[bytes]:
    """What each DataMatrix and QR code in a picture holds; at least one.

    Raises:
        RuleBroken: it is no picture, too large, holds no code, or took too long.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and nothing of the picture
            CHILD, input=photo, capture_output=True, timeout=PATIENCE, check=False,
            env={"PYTHONPATH": os.pathsep.join(sys.path), "PATH": "/usr/bin:/bin"},
        )  # fmt: skip
        answer = json.loads(done.stdout) if done.returncode == 0 else {}
    except (subprocess.TimeoutExpired, ValueError, OSError):
        answer = {}
    if "error" in answer:
        raise RuleBroken(answer["error"], field="photo")
    if "codes" not in answer:
        raise RuleBroken(FAILED, field="photo")
    if not answer["codes"]:
        raise RuleBroken(NONE_FOUND, field="photo")
    return [bytes.fromhex(code) for code in answer["codes"]]
