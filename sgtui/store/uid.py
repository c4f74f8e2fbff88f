"""Names and times of records.

A record's uid is a whole number that is also its TinyDB document id, so the file needs no second key and two files
merge as sets.  Times are UTC with microseconds in one fixed form, so that their text sorts as they do.
"""

import hashlib
import platform
import re
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

RANDOM_BITS: Final = 32
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)


def new_uid(at: datetime) -> int:
    """A uid for a record made at ``at``: milliseconds since 1970, then 32 random bits."""
    return (max(0, int((at - _EPOCH) / timedelta(milliseconds=1))) << RANDOM_BITS) | secrets.randbits(RANDOM_BITS)


def named_uid(*parts: str) -> int:
    """The uid of the one record that ``parts`` name, the same on every machine (72 bits of BLAKE2b)."""
    joined = "\x1f".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(joined, digest_size=9).digest(), "big")


def utc(at: datetime) -> datetime:
    """``at`` in ``datetime.UTC`` (the very object py-fsrs asks for); a naive time is taken for UTC."""
    if at.tzinfo is UTC:
        return at
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def write_time(at: datetime) -> str:
    """``2026-11-23T15:07:38.000000Z``."""
    return utc(at).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def read_time(text: object) -> datetime | None:
    """The UTC time that ``text`` names in any ISO 8601 form, or ``None``."""
    if not isinstance(text, str):
        return None
    try:
        return utc(datetime.fromisoformat(text))
    except (ValueError, OverflowError):  # not a date, or one that no calendar of Python's holds once it is UTC
        return None


def after(now: datetime, *earlier: datetime | None) -> datetime:
    """``now``, or just after the latest of ``earlier``: a clock set back never makes a newer value look older."""
    known = [at for at in earlier if at is not None]
    return max([now, *(at + _TICK for at in known)]) if known else now


def device_name(folder: Path | None) -> str:
    """This machine's name in records, kept in ``folder/device`` and made anew when the folder came from elsewhere.

    ``<host>-<4 hex digits>``; where nothing can be written the name holds for this run only.
    """
    host = re.sub(r"[^a-z0-9]+", "", platform.node().split(".")[0].lower())[:16] or "device"
    fresh = f"{host}-{secrets.token_hex(2)}"
    if folder is None:
        return fresh
    kept = folder / "device"
    try:
        name = kept.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):  # not there yet, or not ours: made anew
        name = ""
    if re.fullmatch(re.escape(host) + r"-[0-9a-f]{4}", name):
        return name
    try:
        kept.write_text(fresh + "\n", "ascii")
    except OSError:  # a read-only folder: the store says so itself
        return fresh
    return fresh
