"""Becomes tesseract, under limits: a child of `reading`. The words are program, folder, model."""

import os
import resource
import sys

MEMORY, SECONDS = 256 * 1024 * 1024, 5
"""Bytes of addresses, seconds of CPU."""


def main() -> None:
    """Limit itself, then be tesseract, which reads standard input."""
    program, folder, model = sys.argv[1:4]
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    words = ["-", "-", "--tessdata-dir", folder, "-l", model, "--psm", "6"]
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"
    os.execve(  # noqa: S606 - a fixed program, and nothing of the picture in its words
        program, [program, *words, "-c", f"tessedit_char_whitelist={signs}"],
        {"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin", "LC_ALL": "C"},
    )  # fmt: skip


if __name__ == "__main__":
    main()
