"""Reads the barcodes of one picture from standard input: the child of `photos`, and it alone.

A picture is hostile until it was read: whatever it does to the libraries ends with this process.
Answers one JSON line: `{"codes": [hex, …]}` or `{"error": sentence}`.
"""

import json
import resource
import sys

MEMORY, SECONDS = 1_000_000_000, 5
"""Bytes of addresses (what is truly used stays below 256 MB, see the tests), seconds of CPU."""


def main() -> None:
    """Limit itself, then read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    from safar.lib.seal import SealError, barcode

    data = sys.stdin.buffer.read(barcode.MAX_BYTES + 1)
    try:
        answer: dict[str, object] = {"codes": [code.hex() for code in barcode.read(data)]}
    except SealError as problem:
        answer = {"error": problem.sentence}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
