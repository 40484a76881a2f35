"""Draw what others show of Harmony: the card beside a link to it, and the icons of devices.

    uv run python -m tests.brand

They are drawn from the site's own logo, fonts and colours, and kept: `static/img/card.png` and the
icons in `public/`.
"""

import struct
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.needs import chromium_path

ROOT = Path(__file__).resolve().parent.parent
STATIC, PUBLIC = ROOT / "static", ROOT / "public"
LOGO = (STATIC / "img" / "logo.svg").read_text()
DRAWN = ROOT / "templates" / "commons"
CIRCLE, BRAND = ((DRAWN / f"{name}.html").read_text() for name in ("hero_circle", "logo"))
# What a card says is read at the size of a stamp: few words.
CARD = f"""<link rel="stylesheet" href="{(STATIC / "css" / "harmony.css").as_uri()}">
<style>
body {{ display: grid; grid-template: 1fr auto / 1fr 23rem; block-size: 630px; padding: 64px 72px;
  border-block-end: 20px solid var(--mulberry); box-shadow: inset 0 -8px var(--honey) }}
.brand {{ grid-column: 1 / 3; margin: 0; font-size: 44px }}
.brand svg {{ inline-size: 64px; block-size: 64px }}
h1 {{ align-self: center; font-size: 76px; line-height: 1.08; grid-row: 1 }}
.hero-circle {{ display: block; grid-row: 1; align-self: center; inline-size: 23rem }}
</style><h1>A party with nobody at the head of the table</h1>{CIRCLE}
<div class="brand">{BRAND}<span>Harmony</span></div>"""


def main() -> None:
    PUBLIC.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--disable-gpu"]
        )
        tab = browser.new_page(color_scheme="light")
        _draw(tab, CARD, STATIC / "img" / "card.png", 1200, 630)
        for size in (192, 512):
            _draw(tab, _icon(size), PUBLIC / f"icon-{size}.png", size)
        _draw(tab, _icon(180), PUBLIC / "apple-touch-icon.png", 180)
        small = _draw(tab, _icon(32, padding=1, paper="none"), PUBLIC / "favicon.ico", 32)
        (PUBLIC / "favicon.ico").write_bytes(_ico(small))
        browser.close()


def _icon(size: int, *, padding: int | None = None, paper: str = "#fbf7f0") -> str:
    padding = size // 7 if padding is None else padding
    return f"""<style>* {{ margin: 0 }} body {{ background: {paper} }}
svg {{ display: block; padding: {padding}px; box-sizing: border-box; inline-size: {size}px }}
</style>{LOGO}"""


def _draw(tab: Any, page: str, to: Path, width: int, height: int | None = None) -> bytes:
    """Take the picture of a page and keep it."""
    tab.set_viewport_size({"width": width, "height": height or width})
    # A file, so that it may use the site's fonts.
    draft = PUBLIC / "draft.html"
    draft.write_text(page)
    tab.goto(draft.as_uri())
    tab.evaluate("document.fonts.ready")
    drawn: bytes = tab.screenshot(omit_background=True)
    draft.unlink()
    to.write_bytes(drawn)
    return drawn


def _ico(png: bytes) -> bytes:
    """Return a PNG of 32 × 32 as an ICO file, which may hold one as it is."""
    header = struct.pack("<HHH", 0, 1, 1)
    entry = struct.pack("<BBBBHHII", 32, 32, 0, 0, 1, 32, len(png), 22)
    return header + entry + png


if __name__ == "__main__":
    main()
