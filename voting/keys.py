"""The key of a vote, by which a ballot finds its voter again and nobody else can.

K = HKDF-SHA256(share in the database ‖ share in a file), with "harmony/key/v1" ‖ vote uuid as the
info. A ballot's pseudonym is HMAC-SHA256(K, "harmony/ballot/v1" ‖ vote uuid ‖ person uuid), uuids
as their 16 bytes. The file lives in `settings.KEY_DIR`, one mount for all web and worker
processes, which backups leave out: neither a copied database nor a copied mount links a ballot to
a member.
"""

import hmac
import os
import secrets
import uuid
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from voting.refusals import KeyUnavailableError

if TYPE_CHECKING:
    from voting.models import Vote

SHARE_BYTES = 32


def new_share() -> bytes:
    return secrets.token_bytes(SHARE_BYTES)


def file_of(vote: uuid.UUID) -> Path:
    """Where the file share of the vote lives."""
    return Path(settings.KEY_DIR) / f"{vote}.key"


def make_file_share(vote: uuid.UUID) -> bytes:
    """Return the vote's file share, synced to disk: made now, or the one already there.

    One already there is an orphan of an opening that never committed, or of another worker opening
    the same vote this moment; adopting it, both work with one key. A share is written whole under
    another name first, so that none is ever seen half written.
    """
    path = file_of(vote)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{vote}.{secrets.token_hex(8)}")
    try:
        _write_synced(draft, new_share())
        with suppress(FileExistsError):
            os.link(draft, path)  # exclusive: fails where there is one
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(path.parent)
    return read_file_share(vote)


def read_file_share(vote: uuid.UUID) -> bytes:
    """Return the vote's file share; KeyUnavailableError if it is missing or not a share."""
    try:
        share = file_of(vote).read_bytes()
    except OSError as error:
        raise KeyUnavailableError(f"Vote {vote}: no file share ({error.strerror}).") from error
    if len(share) != SHARE_BYTES:
        raise KeyUnavailableError(f"Vote {vote}: the file share is not {SHARE_BYTES} bytes.")
    return share


def destroy_file_share(vote: uuid.UUID) -> None:
    """Overwrite and remove the vote's file share; nothing happens if it is gone already."""
    path = file_of(vote)
    with suppress(FileNotFoundError):
        with path.open("r+b") as file:
            file.write(bytes(SHARE_BYTES))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _sync_folder(path.parent)


def derive(vote: uuid.UUID, database_share: bytes, file_share: bytes) -> bytes:
    """Return K, 32 bytes."""
    info = b"harmony/key/v1" + vote.bytes
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=info)
    return hkdf.derive(database_share + file_share)


def check_of(key: bytes, vote: uuid.UUID) -> str:
    """Return what tells a wrong key without telling the key, in hex."""
    return hmac.digest(key, b"harmony/key-check/v1" + vote.bytes, "sha256").hex()


def key_of(vote: "Vote") -> bytes:
    """Return the vote's key; KeyUnavailableError if a share is missing or wrong."""
    if vote.key_share is None:
        raise KeyUnavailableError(f"Vote {vote.pk}: its key was destroyed.")
    key = derive(vote.pk, bytes(vote.key_share), read_file_share(vote.pk))
    if not hmac.compare_digest(check_of(key, vote.pk), vote.key_check):
        raise KeyUnavailableError(f"Vote {vote.pk}: the shares of its key do not fit.")
    return key


def pseudonym(key: bytes, vote: uuid.UUID, person: uuid.UUID) -> bytes:
    """Return the 32 bytes under which the person's ballot in the vote is kept."""
    return hmac.digest(key, b"harmony/ballot/v1" + vote.bytes + person.bytes, "sha256")


def _write_synced(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
