"""Draws one picture of a chip from standard input anew: the child of `faces`, and it alone.

JPEG or JPEG 2000 in, JPEG out; whatever it does to the libraries ends with this process.
"""

import io
import resource
import sys
from typing import Final

MEMORY, SECONDS = 512 * 1024 * 1024, 3
"""Bytes of addresses, seconds of CPU."""
LARGEST: Final = 1024 * 1024  # bytes, as one file of a chip
MOST_SIDE, MOST_PIXELS = 4000, 8_000_000
SIDE: Final = 640  # pixels, of what is shown


def main() -> None:
    """Limit itself, then draw."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.stdout.buffer.write(drawn(sys.stdin.buffer.read(LARGEST)))


def drawn(picture: bytes) -> bytes:
    """The picture made anew from its pixels; the claimed size is looked at before any is unpacked.

    Raises:
        ValueError, OSError and what else the library raises: it is none, or too large.
    """
    from PIL import Image

    from safar.lib.pictures import MOST_SCANNED, scanned

    with Image.open(io.BytesIO(picture), formats=("JPEG", "JPEG2000")) as image:
        width, height = image.size
        if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
            raise ValueError("too large")
        if image.format == "JPEG" and scanned(picture, width * height) > MOST_SCANNED:
            raise ValueError("too many scans")
        pixels = image.convert("RGB")
    pixels.thumbnail((SIDE, SIDE))
    anew = Image.new("RGB", pixels.size)
    anew.paste(pixels)
    out = io.BytesIO()
    anew.save(out, "JPEG", quality=88)
    return out.getvalue()


if __name__ == "__main__":
    main()
