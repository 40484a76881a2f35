"""Pictures of all pages of a running demo, narrow and wide, light and dark, and sheets of them.

    uv run python -m tests.screens [ADDRESS]

Without an address (such as http://127.0.0.1:8000) a demo of its own is made and served. The pages
are found by following links, as nobody and as each of those the demo begins with; pages of one
kind are not all taken. In `var/screens/` are then the pictures, `contact-sheet.html` with all of
them side by side, and the same in parts that can be looked at one by one, `sheet-01.png` and on.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import sync_playwright

from tests.needs import chromium_path

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "var" / "screens"
LOOKS = [(width, scheme) for width in (320, 1280) for scheme in ("light", "dark")]
# Pages of one kind differ little: so many are taken of a kind in all, one of it by each person,
# and no page twice. Home is everybody's own.
OF_A_KIND = 5
NO_PAGES = ("logout", "download", "/r/", ".csv", ".json", ".ics", ".atom")
PAGES_A_SHEET = 2


@contextmanager
def demo() -> Iterator[str]:
    """Serve a demo of its own, made anew, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    own = {
        "DATABASE_URL": f"sqlite:///{PICTURES / 'demo.sqlite3'}",
        "KEY_DIR": str(PICTURES / "keys"),
    }
    command = [sys.executable, "manage.py", "demo", address]
    served = subprocess.Popen(command, cwd=ROOT, env=os.environ | own)
    try:
        _wait_for(f"http://{address}/healthz", served)
        yield f"http://{address}"
    finally:
        served.terminate()
        served.wait()


def _wait_for(url: str, served: "subprocess.Popen[bytes]") -> None:
    for _second in range(120):
        if served.poll() is not None:
            raise SystemExit("The demo has stopped.")
        try:
            with urlopen(url):
                return
        except URLError:
            time.sleep(1)
    raise SystemExit(f"{url} does not answer.")


@dataclass
class Walk:
    """A walk over the site as several people; `taken` are the pages pictured, by name."""

    browser: Any
    base: str
    taken: list[str] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def as_everybody(self) -> None:
        page = self.browser.new_page()
        page.goto(f"{self.base}/demo/")
        first = page.locator("form").first.locator("button[name=email]")
        emails = first.evaluate_all("all => all.map(button => button.value)")
        page.close()
        for email in ["", *emails]:
            self.as_one(email)

    def as_one(self, email: str) -> None:
        """Follow links from Home, breadth first, and take what is not known well enough yet."""
        context = self.browser.new_context(reduced_motion="reduce")
        page = context.new_page()
        who = email.partition("@")[0] or "stranger"
        if email:
            page.goto(f"{self.base}/demo/")
            page.locator(f'button[value="{email}"]').first.click()
            page.wait_for_url(f"{self.base}/")
        waiting = seen = ["/"]
        while waiting:
            path, *waiting = waiting
            if not self._is_wanted(path, who):
                continue
            page.goto(self.base + path)
            landed = page.url.removeprefix(self.base)
            if landed != path and not self._is_wanted(landed, who):
                continue
            self.taken.append(_take(page, f"{who}{_name(path)}"))
            new = [link for link in _links(page, self.base) if link not in seen]
            seen = seen + new
            waiting = waiting + new
        context.close()

    def _is_wanted(self, path: str, who: str) -> bool:
        """Count a page that is to be taken; return whether it is."""
        kind, bare = _kind(path), urlsplit(path).path
        known = self.counts[kind, who] or self.counts["page", bare]
        if path != "/" and (known or self.counts["kind", kind] >= OF_A_KIND):
            return False
        self.counts.update([("kind", kind), (kind, who), ("page", bare)])
        return True


def _links(page: Any, base: str) -> list[str]:
    """Return the site's own pages that this page links to, but no sign-out and no files."""
    found = page.locator("a[href]").evaluate_all(
        "all => all.map(a => new URL(a.getAttribute('href'), document.baseURI).href)"
    )
    paths = [link.removeprefix(base).split("#")[0] for link in found if link.startswith(base)]
    return [p for p in dict.fromkeys(paths) if not any(part in p for part in NO_PAGES)]


def _kind(path: str) -> str:
    """Return the path with its numbers and names put aside."""
    parts = urlsplit(path).path.strip("/").split("/")
    if parts[0] == "assemblies" and len(parts) > 1:
        parts[1] = "*"
    return "/".join("*" if re.search(r"\d", part) else part for part in parts)


def _name(path: str) -> str:
    return "_" + re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-")[:80]


def _take(page: Any, name: str) -> str:
    for width, scheme in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=PICTURES / _file(name, width, scheme), full_page=True)
    return name


def _file(name: str, width: int, scheme: str) -> str:
    return f"{name}_{width}_{scheme}.png"


SHEETS = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Contact sheet</title><style>
body { margin: 0; font: 14px/1.3 sans-serif; background: #888; }
section { inline-size: 1640px; padding: 8px; border-block-end: 8px solid #fff; }
h2 { margin: 8px 0 4px; font-size: 16px; }
div { display: grid; grid-template-columns: 240px 240px 560px 560px; gap: 8px; }
img { inline-size: 100%; max-block-size: 740px; object-fit: cover; object-position: top; }
</style>"""


def make_sheets(browser: Any, names: list[str]) -> int:
    """Put the pictures side by side, four of a page in a row; return how many sheets that makes."""
    rows = [f"<h2>{escape(name)}</h2><div>{_images(name)}</div>" for name in names]
    parts = [rows[at : at + PAGES_A_SHEET] for at in range(0, len(rows), PAGES_A_SHEET)]
    sheet = PICTURES / "contact-sheet.html"
    sheet.write_text(SHEETS + "".join(f"<section>{''.join(part)}</section>" for part in parts))
    page = browser.new_page(viewport={"width": 1660, "height": 800})
    page.goto(sheet.as_uri())
    for number, section in enumerate(page.locator("section").all(), start=1):
        section.screenshot(path=PICTURES / f"sheet-{number:02}.png")
    page.close()
    return len(parts)


def _images(name: str) -> str:
    files = [_file(name, width, scheme) for width, scheme in LOOKS]
    return "".join(f'<a href="{f}"><img src="{f}" alt="{f}"></a>' for f in files)


def main() -> None:
    address = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else ""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--disable-gpu"]
        )
        with nullcontext(address) if address else demo() as base:
            walk = Walk(browser, base)
            walk.as_everybody()
        sheets = make_sheets(browser, walk.taken)
        browser.close()
    pictures = len(walk.taken) * len(LOOKS)
    sys.stdout.write(f"{pictures} pictures and {sheets} sheets of them in {PICTURES}\n")


if __name__ == "__main__":
    main()
