"""Who on a list may this person be, under whatever spelling? Index, search, score, explanation."""

import os

# A query takes one core and a millisecond or two of small products: threads of the matrix
# library would spend more time waiting for each other. It reads this when it is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from safar.lib.screening.births import parse_birth
from safar.lib.screening.build import Builder, build, build_beside, finish
from safar.lib.screening.entity import Birth, Candidate, Document, Entity, Query, Reason
from safar.lib.screening.errors import BadRow, IndexBroken
from safar.lib.screening.folder import put_in_place
from safar.lib.screening.index import Index
from safar.lib.screening.score import THRESHOLD
from safar.lib.screening.wording import SENTENCES

__all__ = [
    "SENTENCES",
    "THRESHOLD",
    "BadRow",
    "Birth",
    "Builder",
    "Candidate",
    "Document",
    "Entity",
    "Index",
    "IndexBroken",
    "Query",
    "Reason",
    "build",
    "build_beside",
    "finish",
    "parse_birth",
    "put_in_place",
]
