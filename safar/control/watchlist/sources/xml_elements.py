"""Which elements does an XML file hold? Handed over one by one with their lines, in flat memory.

DOCTYPE, entities and references outside the file are refused before anything is read of them.
"""

import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from safar.control.watchlist.sources.files import MB
from safar.control.watchlist.sources.parsed import TornFileError

DEEPEST: Final = 12
LONGEST_ELEMENT: Final = MB  # letters in one element that is handed over, its tags among them
TAG: Final = 16  # what an element weighs besides its name, or empty ones would cost nothing
PIECE: Final = 64 * 1024


@dataclass(slots=True)
class Element:
    """An element, with the line where it begins; `text` without blanks around it."""

    tag: str
    line: int
    text: str = ""
    children: "list[Element]" = field(default_factory=list)

    def all(self, tag: str) -> "list[Element]":
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> str:
        """The text of the first child of this tag that has one; ''."""
        return next((child.text for child in self.children if child.tag == tag and child.text), "")

    def values(self, tag: str) -> list[str]:
        """The texts of the VALUE elements inside the children of this tag."""
        found = (value.text for child in self.all(tag) for value in child.all("VALUE"))
        return [text for text in found if text]


class _Gather(ContentHandler):
    def __init__(self, file: str, root: str, wanted: frozenset[str], locator: Any) -> None:
        super().__init__()
        self.file, self.root, self.wanted = file, root, wanted
        self.depth = self.letters = 0
        self.stack: list[Element] = []
        self.ready: deque[Element] = deque()
        self.locator = locator

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 - SAX names it
        self.depth += 1
        line = self.locator.getLineNumber() or 0
        if self.depth == 1 and name != self.root:
            raise TornFileError(self.file, line, "not_un", found=name[:40])
        if self.depth > DEEPEST:
            raise TornFileError(self.file, line, "deep")
        if not self.stack and name not in self.wanted:
            return
        self.letters = 0 if not self.stack else self.letters
        self._weigh(len(name) + TAG)
        element = Element(name, line)
        if self.stack:
            self.stack[-1].children.append(element)
        self.stack.append(element)

    def characters(self, content: str) -> None:
        if not self.stack:
            return
        self._weigh(len(content))
        self.stack[-1].text += content

    def _weigh(self, letters: int) -> None:
        self.letters += letters
        if self.letters > LONGEST_ELEMENT:
            raise TornFileError(self.file, self.locator.getLineNumber() or 0, "deep")

    def endElement(self, name: str) -> None:  # noqa: N802 - SAX names it
        self.depth -= 1
        if not self.stack:
            return
        done = self.stack.pop()
        done.text = done.text.strip()
        if not self.stack:
            self.ready.append(done)


def elements(
    file: str, stream: io.BufferedReader, *, root: str, wanted: frozenset[str]
) -> Iterator[Element]:
    """Yield the elements of the wanted tags, whole, wherever they stand below the root.

    Raises:
        TornFileError: no XML, another root, a DOCTYPE, cut off: with its line.
    """
    parser = make_parser()
    parser.forbid_dtd = True
    gather = _Gather(file, root, wanted, parser)
    parser.setContentHandler(gather)
    try:
        while piece := stream.read(PIECE):
            parser.feed(piece)
            while gather.ready:
                yield gather.ready.popleft()
        parser.close()
        yield from gather.ready
    except DefusedXmlException:
        raise TornFileError(file, _line(parser), "doctype") from None
    except (SAXException, LookupError, ValueError) as error:
        raise TornFileError(file, _line(parser), "xml") from error


def _line(parser: Any) -> int:
    return int(parser.getLineNumber() or 0)
