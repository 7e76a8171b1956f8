"""Paper: a typst template and its data become a PDF."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst


def printed(template: Path, data: dict[str, Any]) -> bytes:
    """Return the PDF of a template, which reads `data` as JSON from its inputs.

    The data go in beside the source, so that no text of a person is ever read as markup.
    """
    inputs = {"data": json.dumps(data)}
    pdf: bytes = typst.compile(
        _source(template), format="pdf", sys_inputs=inputs, ignore_system_fonts=True
    )
    return pdf


@cache
def _source(template: Path) -> bytes:
    return template.read_bytes()
