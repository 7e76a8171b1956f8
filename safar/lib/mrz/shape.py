"""What is said of input in which no zone was recognised?"""

from safar.lib.mrz.formats import FORMATS, Format
from safar.lib.mrz.reading import Finding

_NAME_LINE = {"TD1": 2}


def shape_findings(lines: tuple[str, ...]) -> list[Finding]:
    """Why these lines are no zone: nothing there, a line too short or long, or something else."""
    if not any(lines):
        return [Finding("mrz.empty", "", {})]
    form = nearest(lines)
    if form is None:
        return [Finding("mrz.unreadable", "", {"found": _counted(lines)})]
    return [
        Finding(
            "mrz.length",
            "",
            {
                "line": number,
                "length": len(line),
                "expected": form.width,
                "format": form.name,
            },
        )
        for number, line in enumerate(lines, 1)
        if len(line) != form.width
    ]


def nearest(lines: tuple[str, ...]) -> Format | None:
    """The format that was probably meant: same number of lines, no line more than 8 off."""
    meant = [
        (sum(abs(len(line) - form.width) for line in lines), form)
        for form in FORMATS.values()
        if form.rows == len(lines)
        and form.name != "FRENCH-ID"
        and ("V" in form.letters) == lines[0].startswith("V")
        and all(abs(len(line) - form.width) <= 8 for line in lines)
    ]
    return min(meant, key=lambda pair: pair[0])[1] if meant else None


def padded(lines: tuple[str, ...]) -> tuple[str, ...] | None:
    """The lines with fillers put on or taken off the end of the name line, if that is enough."""
    form = nearest(lines)
    if form is None:
        return None
    name_line = _NAME_LINE.get(form.name, 0)
    rest = [line for number, line in enumerate(lines) if number != name_line]
    line = lines[name_line].rstrip("<")
    if any(len(other) != form.width for other in rest) or len(line) > form.width:
        return None
    mended = line.ljust(form.width, "<")
    return tuple(mended if number == name_line else row for number, row in enumerate(lines))


def _counted(lines: tuple[str, ...]) -> str:
    shown = ", ".join(str(len(line)) for line in lines[:5])
    more = ", …" if len(lines) > 5 else ""
    if len(lines) == 1:
        return f"one line of {shown}"
    return f"{len(lines)} lines ({shown}{more})"
