"""Pictures of all pages of a running demo: narrow and wide, light and dark.

    uv run python -m tests.screens [ADDRESS]

Without an address (such as http://127.0.0.1:8000) a demo of its own is made and served. The pages
are found by following links, as several of the demo's people; the pictures go to `var/screens/`.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
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
# Who looks: nobody, a member, a Secretary, the General Secretary, a late member, an applicant.
PEOPLE = ["", "priya", "adaeze", "gwen", "farah", "molly"]
# Pages of the same kind differ little; so many pictures are made of each.
OF_A_KIND = 4


@contextmanager
def demo() -> Iterator[str]:
    """Serve a demo of its own, made anew, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
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


def take_pictures(browser: Any, base: str) -> int:
    """Walk the site as each of PEOPLE; return how many pictures were made."""
    return sum(_pictures_as(browser, base, who) for who in PEOPLE)


def _pictures_as(browser: Any, base: str, who: str) -> int:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    if who:
        _sign_in(page, base, who)
    waiting, seen, kinds, made = ["/"], {"/"}, dict[str, int](), 0
    while waiting:
        path = waiting.pop(0)
        kind = _kind(path)
        if kinds.setdefault(kind, 0) >= OF_A_KIND:
            continue
        kinds[kind] += 1
        page.goto(base + path)
        made += _take(page, f"{who or 'stranger'}{_name(path)}")
        new = [link for link in _links(page, base) if link not in seen]
        seen.update(new)
        waiting += new
    context.close()
    return made


def _sign_in(page: Any, base: str, who: str) -> None:
    page.goto(f"{base}/demo/?name={who}")  # with a name, everybody who has it is unfolded
    button = page.locator(f'button[value^="{who}@"]')
    if button.count():
        button.first.click()
        page.wait_for_url(f"{base}/")


def _links(page: Any, base: str) -> list[str]:
    """Return the site's own pages that this page links to, but no sign-out and no files."""
    found = page.locator("a[href]").evaluate_all("all => all.map(a => a.href)")
    paths = [link.removeprefix(base).split("#")[0] for link in found if link.startswith(base)]
    return [p for p in dict.fromkeys(paths) if "logout" not in p and "/r/" not in p]


def _kind(path: str) -> str:
    """Return the path with its numbers and names put aside."""
    parts = urlsplit(path).path.strip("/").split("/")
    if parts[0] == "assemblies" and len(parts) > 1:
        parts[1] = "*"
    return "/".join("*" if re.search(r"\d", part) else part for part in parts)


def _name(path: str) -> str:
    return "_" + re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-")[:80]


def _take(page: Any, name: str) -> int:
    for width, scheme in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=PICTURES / f"{name}_{width}_{scheme}.png", full_page=True)
    return len(LOOKS)


def main() -> None:
    address = sys.argv[1].rstrip("/") if len(sys.argv) > 1 else ""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--disable-gpu"]
        )
        if address:
            made = take_pictures(browser, address)
        else:
            with demo() as own:
                made = take_pictures(browser, own)
        browser.close()
    sys.stdout.write(f"{made} pictures in {PICTURES}\n")


if __name__ == "__main__":
    main()
