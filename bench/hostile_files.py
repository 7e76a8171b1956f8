"""Files that mean harm: broken, endless, unpacking without end, or something else than they say.

`python -m bench.hostile_files FOLDER` writes them all, and one that is harmless.
"""

import io
import json
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from PIL import Image

MB = 1024 * 1024
Maker = Callable[[], bytes]
_RANDOM = random.Random(5)


def noise(size: int) -> bytes:
    return _RANDOM.randbytes(size)


def der(length: bytes, content: bytes = b"") -> bytes:
    return b"\x30" + length + content


def nested(depth: int) -> bytes:
    """Indefinite sequences one inside the other (ITU-T X.690 §8.1.3.6)."""
    return b"\x30\x80" * depth + b"\x00\x00" * depth


def png(width: int, height: int, packed: bytes) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(name + content))
        return struct.pack(">I", len(content)) + name + content + crc

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


def picture(form: str = "JPEG", size: tuple[int, int] = (700, 900)) -> bytes:
    """A true picture: grey noise, no face."""
    made = io.BytesIO()
    Image.frombytes("L", size, noise(size[0] * size[1])).save(made, form)
    return made.getvalue()


def bomb_picture() -> bytes:
    """50,000 by 50,000 pixels in a few kilobytes."""
    return png(50_000, 50_000, zlib.compress(bytes(8 * MB), 9))


def many_scans() -> bytes:
    """A progressive JPEG whose last scan is told again and again."""
    made = io.BytesIO()
    Image.new("RGB", (3900, 3900)).save(made, "JPEG", progressive=True)
    whole = made.getvalue()
    last = whole[whole.rindex(b"\xff\xda") : -2]
    return whole[:-2] + last * (6 * MB // len(last)) + whole[-2:]


def pdf(body: bytes) -> bytes:
    return b"%PDF-1.7\n" + body + b"\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def packed_pdf() -> bytes:
    """A stream of objects that unpacks to a gigabyte."""
    stream = zlib.compress(bytes(64 * MB), 9) * 16
    head = b"1 0 obj<</Type/ObjStm/N 9/First 9/Filter/FlateDecode/Length %d>>stream\n" % len(stream)
    return pdf(head + stream + b"\nendstream endobj")


def deep_pdf() -> bytes:
    return pdf(b"1 0 obj" + b"<</A" * 40_000 + b">>" * 40_000 + b"endobj")


def zip_bomb() -> bytes:
    """A workbook whose sheet unpacks to two gigabytes."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet,
    ):
        for _ in range(256):
            sheet.write(bytes(8 * MB))
    return made.getvalue()


def seal_of_long_feature() -> bytes:
    """A header as it should be, and a feature that says it is 65,535 bytes long."""
    return b"\xdc\x03" + bytes(18) + b"\xfd\x01" + b"\x01\x82\xff\xff" + noise(40)


HARMLESS = "a picture (harmless)"
HOSTILE: dict[str, Maker] = {
    "nothing": lambda: b"",
    "one byte": lambda: b"\xdc",
    "noise, 4 kB": lambda: noise(4096),
    "noise, 30 MB": lambda: noise(30 * MB),
    "zeros, 60 MB": lambda: bytes(60 * MB),
    "text that never ends its line": lambda: b"A" * (20 * MB),
    "letters of every script": lambda: "ҚЎғњŋ\u202e\0".encode() * 10_000,
    "seal cut off": lambda: b"\xdc\x03" + noise(11),
    "seal with a feature too long": seal_of_long_feature,
    "seal in JSON, nested 200,000 deep": lambda: b'{"data":' + b"[" * 200_000,
    "seal in JSON, a number of a million digits": lambda: (
        b'{"data":{"hdr":1' + b"0" * 1_000_000 + b"}}"
    ),
    "DER that says 4 GB": lambda: der(b"\x84\xff\xff\xff\xff", noise(64)),
    "DER cut off": lambda: der(b"\x82\x10\x00", noise(50)),
    "DER nested 100,000 deep": lambda: nested(100_000),
    "DER of a million empty sequences": lambda: der(b"\x83\x1e\x84\x80", b"\x30\x00" * 1_000_000),
    "signed by nobody (EF.SOD of noise)": lambda: b"\x77\x82\x04\x00" + noise(1024),
    "picture of 2.5 billion pixels": bomb_picture,
    "picture, cut off": lambda: picture()[:9000],
    "picture of endless scans": many_scans,
    "PNG whose size is a lie": lambda: png(3000, 3000, zlib.compress(bytes(100))),
    "PDF, cut off": lambda: pdf(b"1 0 obj<</Type/Catalog")[:30],
    "PDF that unpacks to a gigabyte": packed_pdf,
    "PDF nested 40,000 deep": deep_pdf,
    "PDF that runs a script": lambda: pdf(b"1 0 obj<</OpenAction<</S/JavaScript/JS(x)>>>>endobj"),
    "workbook that unpacks to 2 GB": zip_bomb,
    "program (ELF)": lambda: b"\x7fELF" + noise(200_000),
    "page (HTML)": lambda: b"<html><script>x()</script>" * 1000,
    "XML that eats memory": lambda: (
        b'<!DOCTYPE z [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(10))
        + b"]><z>&k;</z>"
    ),
}


def main() -> None:
    """Write the files into a folder, and `names.json`: what each of them is called."""
    folder, names = Path(sys.argv[1]), {}
    makers: dict[str, Maker] = {**HOSTILE, HARMLESS: picture}
    for number, (name, made) in enumerate(makers.items()):
        names[name] = f"{number:02}"
        (folder / names[name]).write_bytes(made())
    (folder / "names.json").write_text(json.dumps(names))


if __name__ == "__main__":
    main()
