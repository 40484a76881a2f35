"""The lot: an order of a vote's options that nobody could steer, and anybody can draw again.

When a vote opens a secret nonce is made and only its SHA-256 is put on the record. When the vote
closes the nonce is published. Whoever knows the nonce does not know the ballots in advance, and
whoever casts a ballot does not know the nonce.

The exact bytes:

* ``rows digest`` = SHA-256 of all score rows ("50-142"), sorted as bytes, repeated rows repeated,
  each in ASCII and followed by one line feed (0x0A); no rows: SHA-256 of nothing.
* an option's ``ticket`` = SHA-256 of nonce ‖ rows digest (its 32 bytes, not hex) ‖ the option's
  name in UTF-8.
* the lot is the options in ascending order of their tickets, compared as bytes.

Redrawn in a shell, for one option (``nonce.bin`` holds the nonce, ``rows.txt`` a row a line)::

    LC_ALL=C sort rows.txt | openssl dgst -sha256 -binary > rows.bin
    (cat nonce.bin rows.bin; printf %s "The option") | sha256sum

Standard library only; works without Django.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Sequence

NONCE_BYTES = 32


def new_nonce() -> bytes:
    """32 bytes that nobody can guess."""
    return secrets.token_bytes(NONCE_BYTES)


def digest_of(nonce: bytes) -> str:
    """SHA-256 of the nonce, in hex: what is put on the record when the vote opens."""
    return hashlib.sha256(nonce).hexdigest()


def draw(nonce: bytes, rows: Iterable[str], options: Sequence[str]) -> tuple[str, ...]:
    """The lot: all options, the one drawn first leading. The rows may come in any order."""
    return draw_from_digest(nonce, rows_digest(sorted(rows)), options)


def rows_digest(sorted_rows: Iterable[str]) -> bytes:
    """SHA-256 (32 bytes) of rows that already come sorted as bytes, in constant memory.

    From a database, order by the rows under the "C" collation. ValueError if they do not ascend.
    """
    digest = hashlib.sha256()
    before = ""
    for row in sorted_rows:
        if row < before:
            raise ValueError("The rows must come sorted as bytes.")
        digest.update(row.encode("ascii") + b"\n")
        before = row
    return digest.digest()


def draw_from_digest(nonce: bytes, digest: bytes, options: Sequence[str]) -> tuple[str, ...]:
    """The lot from the nonce and the rows digest, where the rows need not be held at once."""
    if len(set(options)) < len(options):
        raise ValueError("Every option needs a name of its own to draw lots.")
    return tuple(sorted(options, key=lambda option: _ticket(nonce, digest, option)))


def _ticket(nonce: bytes, digest: bytes, option: str) -> bytes:
    return hashlib.sha256(nonce + digest + option.encode("utf-8")).digest()
