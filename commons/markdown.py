"""Members' text, rendered safely, once, when it is written."""

import re
import unicodedata

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

_parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
_TAGS = {
    "p", "br", "em", "strong", "ul", "ol", "li", "blockquote", "code", "pre", "a", "hr",
    "h3", "h4", "h5", "h6",
}  # fmt: skip
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROLS = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MARK_RUN = 8


def render(text: str) -> str:
    """Return safe HTML of Markdown `text`: no raw HTML, no scripts, links to http(s) only."""
    html = _parser.render(text)
    html = re.sub(r"(</?)h[12]>", r"\1h3>", html)
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow noopener noreferrer ugc",
        url_relative="deny",
    )


def validate_text(text: str) -> None:
    """Raise ValidationError where nobody can have meant `text`; for form fields."""
    check_text(text)


def check_text(text: str) -> str:
    """Return `text` if a person can have meant it; raise ValidationError in words otherwise.

    Refused: NUL and lone surrogates, direction overrides, nothing but invisible characters, and
    heaps of combining marks.
    """
    if "\x00" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise ValidationError(_("This text contains characters that cannot be stored."))
    if _CONTROLS.search(text):  # a terminal would obey them
        raise ValidationError(_("This text contains characters that cannot be read."))
    if _BIDI.search(text):
        raise ValidationError(_("This text contains characters that reverse how it reads."))
    if text and not any(unicodedata.category(char)[0] not in "CZM" for char in text):
        raise ValidationError(_("This text has nothing that can be read."))
    if _longest_run_of_marks(text) > _MARK_RUN:
        raise ValidationError(_("This text piles too many marks on one letter."))
    return text


def _longest_run_of_marks(text: str) -> int:
    """Count marks, enclosing ones too; what is invisible between them does not end a run."""
    longest = run = 0
    for char in text:
        category = unicodedata.category(char)
        if category != "Cf":
            run = run + 1 if category[0] == "M" else 0
        longest = max(longest, run)
    return longest
