"""Collects every text that people read, and compiles the catalogues. Needs no GNU gettext.

python tools/messages.py           collect into safar/locale/*/LC_MESSAGES/django.po, compile
python tools/messages.py --check   change nothing; fail where a text has no translation
python tools/messages.py --missing ru   print what is untranslated, as JSON lines
"""

import io
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
from babel.messages.extract import extract_python
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
PACKAGE = ROOT / "safar"
LANGUAGES = {
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
    "(n%100<12 || n%100>14) ? 1 : 2);",
    "ky": "nplurals=1; plural=0;",
}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Sentences of `lib`, which knows no Django: translated by the apps that show them.
SENTENCES = (
    ("safar.lib.mrz", "CODES"),
    ("safar.lib.names", "SENTENCES"),
    ("safar.lib.stay", "SENTENCES"),
    ("safar.lib.stay", "IRREGULARITIES"),
)
Message = tuple[str, str, str]  # context, text, plural
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%%")


def messages() -> dict[Message, list[str]]:
    """Return every text with the files where it stands."""
    found: dict[Message, list[str]] = {}
    for where, message in _all():
        found.setdefault(message, []).append(where)
    return found


def _all() -> Iterator[tuple[str, Message]]:
    from django.utils.translation.template import templatize

    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from _python(path, path.read_text())
    for path in sorted(PACKAGE.rglob("*.html")):
        yield from _python(path, templatize(path.read_text()))
    for module, name in SENTENCES:
        for text in getattr(__import__(module, fromlist=[name]), name).values():
            yield module, ("", str(text), "")


def _python(path: Path, text: str) -> Iterator[tuple[str, Message]]:
    where = str(path.relative_to(ROOT))
    source = io.BytesIO(text.encode())
    for _line, keyword, said, _comments in extract_python(source, list(KEYWORDS), [], {}):
        parts = said if isinstance(said, tuple) else (said,)
        texts = [part for part in parts if isinstance(part, str)]
        if not texts or not texts[0]:
            continue
        context = texts.pop(0) if keyword and keyword.lstrip("n").startswith("pgettext") else ""
        plural = texts[1] if keyword and keyword.startswith("n") and len(texts) > 1 else ""
        yield where, (context, texts[0], plural)


def catalogue(language: str) -> polib.POFile:
    path = po_path(language)
    if path.exists():
        return polib.pofile(str(path), wrapwidth=96)
    made = polib.POFile(wrapwidth=96)
    made.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": LANGUAGES[language],
    }
    return made


def po_path(language: str) -> Path:
    return PACKAGE / "locale" / language / "LC_MESSAGES" / "django.po"


def collect(language: str) -> None:
    """Bring a catalogue up to date: new texts added empty, gone ones removed; compile it."""
    wanted, book = messages(), catalogue(language)
    known = {(e.msgctxt or "", e.msgid, e.msgid_plural or ""): e for e in book}
    for key in set(known) - set(wanted):
        book.remove(known[key])
    for key, places in wanted.items():
        entry = known.get(key) or _entry(key, language)
        entry.occurrences = [(place, "") for place in sorted(set(places))]
        if key not in known:
            book.append(entry)
    book.sort(key=lambda entry: (entry.occurrences, entry.msgid))
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(str(path))
    book.save_as_mofile(str(path.with_suffix(".mo")))


def _entry(key: Message, language: str) -> polib.POEntry:
    context, text, plural = key
    entry = polib.POEntry(msgid=text, msgctxt=context or None)
    if plural:
        forms = 3 if language == "ru" else 1
        entry.msgid_plural = plural
        entry.msgstr_plural = dict.fromkeys(range(forms), "")
    return entry


def said(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def faults(language: str) -> list[str]:
    """Return what is wrong with a catalogue, a line each."""
    wanted, book = messages(), catalogue(language)
    known = {(e.msgctxt or "", e.msgid, e.msgid_plural or ""): e for e in book}
    found = [f"{language}: not collected: {key[1]!r}" for key in wanted if key not in known]
    for entry in book:
        if not all(said(entry)) or entry.fuzzy:
            found.append(f"{language}: no translation: {entry.msgid!r}")
        elif any(not _same_places(entry, text) for text in said(entry)):
            found.append(f"{language}: other places than the text has: {entry.msgid!r}")
    compiled = po_path(language).with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != book.to_binary():
        found.append(f"{language}: the compiled catalogue is out of date")
    return found


def _same_places(entry: polib.POEntry, text: str) -> bool:
    allowed = set(PLACES.findall(entry.msgid)) | set(PLACES.findall(entry.msgid_plural or ""))
    return set(PLACES.findall(text)) <= allowed and (
        bool(entry.msgid_plural) or set(PLACES.findall(text)) == set(PLACES.findall(entry.msgid))
    )


def main(arguments: list[str]) -> int:
    if not settings.configured:
        settings.configure(USE_I18N=True)
    if arguments[:1] == ["--check"]:
        found = [fault for language in LANGUAGES for fault in faults(language)]
        print("\n".join(found[:40]) + ("\n…" if len(found) > 40 else ""), end="\n" if found else "")
        return 1 if found else 0
    for language in LANGUAGES:
        collect(language)
    if arguments[:1] == ["--missing"]:
        for entry in catalogue(arguments[1]):
            if not all(said(entry)):
                print(json.dumps([entry.msgid, entry.msgid_plural], ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
