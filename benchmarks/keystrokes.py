"""`python -m benchmarks.keystrokes [--most N]`: how many keys a letter takes to be checked, in a real Chromium.

The sample letters are read, the desk is served, and every letter is gone through as somebody would who finds each value
right: Enter on each question and on the letter; where a value is missing, Escape and x (it is not in the letter). Typed
characters are not counted, as none are typed. Printed: the counts, their median for clean letters and for those with
questions, the share that keeps to two keys and two more a question, and the share that needs two at most.
"""

import argparse
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from playwright.sync_api import Error, Page, sync_playwright

from benchmarks.desk import Visitor
from benchmarks.sheets import LETTERS

_DAY = "2026-11-27"
_PASSWORD = "a password of the benchmark"  # noqa: S105 - of a throw-away desk
_TYPING = "() => document.activeElement.matches('.inputs input, .inputs select')"


def main() -> None:
    """Read, serve, press and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=1000)
    most = parser.parse_args().most
    with tempfile.TemporaryDirectory(prefix="denials-bench-") as place:
        inbox, data = Path(place) / "inbox", Path(place) / "data"
        shutil.copytree(LETTERS, inbox)
        denials = [sys.executable, "-m", "pipeline"]
        run = [*denials, "run", "--direct", "--inbox", str(inbox), "--data", str(data), "--as-of", _DAY]
        subprocess.run(run, capture_output=True, check=False)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [*denials, "review", "--data", str(data), "--port", str(port), "--as-of", _DAY]
        server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            told = ""
            while "Review page" not in told:
                told += server.stderr.readline() if server.stderr else ""
            Visitor(port).welcome(re.findall(r"http\S+/welcome/\S+", told)[0])
            counts = _pressed(port, most=most)
        finally:
            server.terminate()
            server.wait(60)
    keys = [pressed for pressed, _ in counts]
    print("keys a letter:", ", ".join(f"{pressed}: {n}" for pressed, n in sorted(Counter(keys).items())))
    for name, chosen in (("clean", [c for c in counts if not c[1]]), ("with questions", [c for c in counts if c[1]])):
        kept = sum(pressed <= 2 + 2 * asked for pressed, asked in chosen)
        middle = statistics.median([pressed for pressed, _ in chosen]) if chosen else "-"
        print(f"{len(chosen)} {name}: median {middle}, within two and two a question: {kept}")
    few = sum(pressed <= 2 for pressed in keys)
    print(f"{len(keys)} letters, median {statistics.median(keys)}, two at most: {100 * few / len(keys):.0f} %")


def _pressed(port: int, *, most: int) -> list[tuple[int, int]]:
    """The keys and the questions of each letter."""
    chromium = shutil.which("chromium")
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.goto(f"http://127.0.0.1:{port}/login/")
        page.fill("#id_username", "admin")
        page.fill("#id_password", _PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"http://127.0.0.1:{port}/")
        page.goto(f"http://127.0.0.1:{port}/letters/next/")
        counts = []
        while page.locator(".letter").count() and len(counts) < most:
            asked = page.locator(".field.flagged").count()
            counts.append((_checked(page), asked))
        browser.close()
    return counts


def _checked(page: Page) -> int:
    """Goes through the letter of the page until the next one comes; the keys that took."""
    letter, keys = page.get_attribute(".letter", "data-letter"), 0
    while True:
        version = page.get_attribute(".strip", "data-version")
        page.keyboard.press("Enter")
        keys += 1
        if _is_typing(page):  # nothing is there to be right
            page.keyboard.press("Escape")
            page.keyboard.press("x")
            keys += 1
        page.wait_for_function(
            "([letter, version]) => document.querySelector('.letter')?.dataset.letter !== letter"
            " || document.querySelector('.strip').dataset.version !== version",
            arg=[letter, version], timeout=60_000,
        )  # fmt: skip
        page.wait_for_load_state("load")
        if not page.locator(".letter").count() or page.get_attribute(".letter", "data-letter") != letter:
            return keys


def _is_typing(page: Page) -> bool:
    """Whether the key opened a field to type in; a page that is already on its way to the next letter opened none."""
    try:
        return bool(page.evaluate(_TYPING))
    except Error:
        return False


if __name__ == "__main__":
    main()
