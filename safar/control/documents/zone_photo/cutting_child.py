"""Cuts the zone out of one photo from standard input: a child of `reading`, and it alone.

A picture is hostile until it was read: whatever it does to the libraries ends with this process.
Answers a grey PNG, of the zone alone, of the zone with `larger` letters, or of the whole `page`.
"""

import io
import resource
import sys
from typing import Final

MEMORY, SECONDS = 1_000_000_000, 4
"""Bytes of addresses (what is truly used stays below 256 MB, see the tests), seconds of CPU."""
LARGEST: Final = 10 * 1024 * 1024  # bytes


def main() -> None:
    """Limit itself, then cut."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    from safar.control.documents.zone_photo.band import CAPITALS, LARGER, straight, zone_of

    how, out = sys.argv[1:], io.BytesIO()
    page = straight(sys.stdin.buffer.read(LARGEST + 1))
    cut = page if how == ["page"] else zone_of(page, LARGER if how == ["larger"] else CAPITALS)
    cut.save(out, "PNG", compress_level=1)
    sys.stdout.buffer.write(out.getvalue())


if __name__ == "__main__":
    main()
