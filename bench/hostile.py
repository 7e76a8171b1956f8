"""Does bad input end in a clear error, inside 256 MB and 5 s, wherever Safar takes a file?

Every file of `bench/hostile_files.py` goes to every place that takes one, each in a process of its
own; memory and time are those of the whole process with its children, Python's start included.
One JSON line; the worst of each place. `python -m bench.hostile --show` names what failed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

MOST_SECONDS, MOST_MB, PATIENCE = 5.0, 256, 20
SAFAR = (sys.executable, "-c", "from safar.config.cli import main; main()")
MAKER = (sys.executable, "-m", "bench.hostile_files")
HARMLESS = "a picture (harmless)"
PLACE = (sys.executable, "-m", "bench.hostile_place")
COMMANDS = {
    "safar seal decode": (*SAFAR, "seal", "decode", "{file}"),
    "safar seal verify": (*SAFAR, "seal", "verify", "{file}"),
    "safar chip verify": (*SAFAR, "chip", "verify", "{folder}"),
    "safar chip list": (*SAFAR, "chip", "list", "{file}"),
    "safar mrz": (*SAFAR, "mrz", "{file}"),
    "visas, passports: a paper": (*PLACE, "paper", "{file}"),
    "visas, passports: the photo": (*PLACE, "photo", "{file}"),
    "booth: photo of a sticker": (*PLACE, "sticker", "{file}"),
    "booth: photo of a zone": (*PLACE, "zone", "{file}"),
    "second line: face of a chip": (*PLACE, "face", "{file}"),
    "documents: specimen": (*PLACE, "specimen", "{file}"),
    "documents: certificates of states": (*PLACE, "certificates", "{file}"),
    "documents: revocation list": (*PLACE, "revoked", "{file}"),
    "documents: workbook of lost ones": (*PLACE, "workbook", "{file}"),
    "visas: list for a post that is cut off": (*PLACE, "visas", "{file}"),
    "visas: certificate of a seal": (*PLACE, "seals", "{file}"),
    "second line, quality control: files of a chip": (*PLACE, "chip_files", "{file}"),
}


@dataclass(frozen=True, slots=True)
class Ended:
    """How one file ended at one place. `clear`: a sentence and an exit status, no traceback."""

    place: str
    file: str
    clear: bool
    refused: bool
    seconds: float
    megabytes: float
    said: str

    @property
    def is_right(self) -> bool:
        return self.clear and self.seconds <= MOST_SECONDS and self.megabytes <= MOST_MB


def tried(place: str, name: str, path: Path, work: Path) -> Ended:
    """Hand one file to one place, in a process that is measured to its end.

    This process stays small: a child's memory is counted from its parent's at its beginning.
    """
    folder = work / "chip"
    folder.mkdir(exist_ok=True)
    for copy in ("EF.SOD", "DG1.bin"):
        (folder / copy).unlink(missing_ok=True)
        (folder / copy).hardlink_to(path)
    command = [part.format(file=path, folder=folder) for part in COMMANDS[place]]
    began = time.perf_counter()
    with (work / "said").open("wb") as said:
        child = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        alarm = threading.Timer(PATIENCE, child.kill)
        alarm.start()
        _pid, status, used = os.wait4(child.pid, 0)
        alarm.cancel()
    took = time.perf_counter() - began
    code = os.waitstatus_to_exitcode(status)
    text = (work / "said").read_text("utf-8", "replace")[-4000:]
    clear = code in (0, 1, 2) and "Traceback" not in text and bool(text.strip())
    last = text.strip().splitlines()[-1][:160] if text.strip() else f"exit {code}"
    return Ended(place, name, clear, code != 0, round(took, 2), round(used.ru_maxrss / 1024), last)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--show", action="store_true", help="a line for each that failed")
    options.add_argument("--place", action="append", choices=list(COMMANDS), help="these only")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as work:
        ended = [
            _shown(tried(place, name, path, Path(work)), given.show)
            for place in given.place or COMMANDS
            for name, path in _files(Path(work) / "files")
        ]
    hostile = [one for one in ended if one.file != HARMLESS]
    wrong = [one for one in hostile if not one.is_right]
    places = {place: _worst([one for one in hostile if one.place == place]) for place in COMMANDS}
    print(json.dumps({"tried": len(hostile), "wrong": len(wrong), "places": places}))
    sys.exit(bool(wrong))


def _files(folder: Path) -> list[tuple[str, Path]]:
    if not folder.exists():
        folder.mkdir()
        subprocess.run((*MAKER, str(folder)), check=True)
    names = json.loads((folder / "names.json").read_text())
    return [(name, folder / file) for name, file in names.items()]


def _shown(one: Ended, show: bool) -> Ended:
    if one.file == HARMLESS or (show and not one.is_right):
        print(json.dumps(asdict(one), ensure_ascii=False), file=sys.stderr, flush=True)
    return one


def _worst(ended: list[Ended]) -> dict[str, float] | None:
    if not ended:
        return None
    return {
        "refused": sum(one.refused for one in ended),
        "of": len(ended),
        "seconds": max(one.seconds for one in ended),
        "megabytes": max(one.megabytes for one in ended),
    }


if __name__ == "__main__":
    main()
