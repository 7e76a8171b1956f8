"""Booths at work: officers sign in, sign on, scan and admit over HTTP, as their browsers would.

As a program it reads a plan from standard input (JSON: port, rate of travellers a second, seconds
of warm-up, booths with their zones) and prints what each traveller took (JSON).
"""

import http.client
import json
import re
import sys
import threading
import time
from typing import Any
from urllib.parse import urlencode

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
KEY = re.compile(rb'name="key" value="([^"]+)"')
TONE = re.compile(rb'class="verdict" data-tone="(\w+)"')
ADMIT = re.compile(rb'hx-post="(/inspections/[^"]+/admit/)"')


class Browser:
    """One officer's browser: a kept-alive connection and its cookies."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        if form is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "X-CSRFToken": self.cookies.get("csrftoken", ""),
            }
        if path.startswith(("/booth/scan", "/inspections")):
            headers["HX-Request"] = "true"
        self.connection.request(method, path, urlencode(form or {}), headers)
        answer = self.connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        return answer.status, answer.read()

    def submit(self, path: str, form: dict[str, str]) -> int:
        _, page = self.ask("GET", path)
        found = TOKEN.search(page)
        token = found.group(1).decode() if found else ""
        return self.ask("POST", path, {"csrfmiddlewaretoken": token, **form})[0]


class Booth(threading.Thread):
    """An officer with a queue of travellers, one due every `period` seconds."""

    def __init__(self, port: int, plan: dict[str, Any], start: float, period: float) -> None:
        super().__init__()
        self.browser, self.plan, self.start_at, self.period = Browser(port), plan, start, period
        self.rows: list[tuple[float, float, float, str]] = []  # due, scan ms, admit ms, verdict

    def sign_on(self) -> None:
        one = self.plan
        who = {"login": one["username"], "password": one["password"]}
        self.browser.submit(one["sign_in"], who)
        where = {name: one[name] for name in ("post", "lane", "direction")}
        self.browser.submit("/booth/sign-on/", where)
        status, _ = self.browser.ask("GET", "/booth/")
        if status != 200:
            raise SystemExit(f"{one['username']} could not sign on: status {status}.")

    def run(self) -> None:
        for number, zone in enumerate(self.plan["zones"]):
            due = self.start_at + number * self.period
            time.sleep(max(0.0, due - time.monotonic()))
            try:
                self.rows.append(self.serve(due, zone))
            except (OSError, http.client.HTTPException, AttributeError):
                self.rows.append((due, 0.0, 0.0, "error"))

    def serve(self, due: float, zone: str) -> tuple[float, float, float, str]:
        began = time.monotonic()
        status, page = self.browser.ask("POST", "/booth/scan/", {"scan": zone})
        scanned = time.monotonic()
        tone = TONE.search(page)
        if status != 200 or tone is None:
            return due, 0.0, 0.0, f"error {status}"
        verdict = tone.group(1).decode()
        if verdict != "clear":
            return due, (scanned - began) * 1000, 0.0, verdict
        address, key = ADMIT.search(page), KEY.search(page)
        form = {"key": key.group(1).decode()}  # type: ignore[union-attr]
        status, _ = self.browser.ask("POST", address.group(1).decode(), form)  # type: ignore[union-attr]
        spent = (time.monotonic() - scanned) * 1000
        return due, (scanned - began) * 1000, spent, "clear" if status == 200 else f"error {status}"


def drive() -> None:
    """Read the plan from standard input, serve every traveller in it, print what was seen."""
    plan = json.load(sys.stdin)
    period = len(plan["booths"]) / plan["rate"]
    start = time.monotonic() + 3.0
    booths = [
        Booth(plan["port"], one, start + number * period / len(plan["booths"]), period)
        for number, one in enumerate(plan["booths"])
    ]
    for booth in booths:
        booth.sign_on()
    late_start = max(0.0, time.monotonic() - start)
    for booth in booths:
        booth.start_at += late_start
        booth.start()
    for booth in booths:
        booth.join()
    warm = start + late_start + plan["warm_up"]
    rows = [row for booth in booths for row in booth.rows if row[0] >= warm]
    last = max(row[0] for row in rows)
    json.dump({"rows": rows, "seconds": last - warm, "ended": time.monotonic() - last}, sys.stdout)


if __name__ == "__main__":
    drive()
