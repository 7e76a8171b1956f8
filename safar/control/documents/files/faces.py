"""The picture on a chip, drawn anew in a process of its own: its bytes are hostile until then."""

import os
import subprocess
import sys
from typing import Final

from safar.lib.chip import Face

CHILD: Final = (sys.executable, "-m", "safar.control.documents.files.face_child")
PATIENCE: Final = 5  # seconds, start of the process included
JPEG: Final = b"\xff\xd8\xff"


def picture_of(face: Face) -> bytes | None:
    """A JPEG of at most 640 pixels a side; None where the picture cannot be drawn in time."""
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and nothing of the picture
            CHILD, input=face.image, capture_output=True, timeout=PATIENCE, check=False,
            env={"PYTHONPATH": os.pathsep.join(sys.path), "PATH": "/usr/bin:/bin"},
        )  # fmt: skip
    except (subprocess.TimeoutExpired, OSError):
        return None
    return done.stdout if done.returncode == 0 and done.stdout.startswith(JPEG) else None
