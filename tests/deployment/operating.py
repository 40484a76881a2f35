"""docs/operating.md as a text to run: its sections, and the commands in them."""

import re
import textwrap

from django.conf import settings

PAGE = (settings.BASE_DIR / "docs" / "operating.md").read_text()


def section(title: str) -> str:
    """Return a section's text, those below it left out."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", PAGE, re.M | re.S)
    assert found, f"docs/operating.md has no section {title}"
    return found[1]


def blocks(text: str) -> list[str]:
    """Return the blocks of commands in a text, ready for a shell."""
    return [
        textwrap.dedent(found)
        for found in re.findall(r"(?:^ {4}.*\n|(?<=\n)\n(?= {4}))+", text, re.M)
    ]
