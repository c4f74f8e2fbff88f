"""What two files do not have in common, found without decoding what they have.

Two machines' files are mostly the same lines, since a record is written the same way everywhere.  Of a hundred
thousand answers only those are decoded that one side has and the other has not.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sgtui.store.snapshot import Frozen, loads

Document = dict[str, Any]
Documents = dict[int, Document]


def differing(mine: Frozen, theirs: Frozen, also: Collection[int] = ()) -> tuple[Documents, Documents]:
    """The documents of ``theirs`` that are not the same in ``mine``, and those of ``mine`` with their uids.

    The first of the two is mine.  Documents changed since a file was written are always among them, and of mine those
    named by ``also``.
    """
    found = dict(_new_lines(mine, theirs))
    found.update({uid: document for uid, document in theirs.changed.items() if document is not None})
    for uid, document in theirs.changed.items():
        if document is None:
            found.pop(uid, None)
    return pick(mine, {*found, *also}), found


def pick(table: Frozen, uids: Collection[int]) -> Documents:
    """Those documents of ``table`` that ``uids`` name and that are there."""
    found: Documents = {}
    for uid in uids:
        document = table.changed.get(uid)
        if document is not None:
            found[uid] = document
    missing = {b'"%d":' % uid for uid in uids if uid not in table.changed}
    if missing:
        found.update(_decoded(line for line in table.raw.split(b"\n") if line[: line.find(b":") + 1] in missing))
    return found


def _new_lines(mine: Frozen, theirs: Frozen) -> Mapping[int, Document]:
    if not theirs.raw:
        return {}
    known = {line.removesuffix(b",") for line in mine.raw.split(b"\n")}
    changed = {b'"%d":' % uid for uid in mine.changed}
    return _decoded(
        line
        for line in (line.removesuffix(b",") for line in theirs.raw.split(b"\n"))
        if line not in known or line[: line.find(b":") + 1] in changed
    )


def _decoded(lines: Iterator[bytes]) -> Documents:
    chosen = [line.removesuffix(b",") for line in lines if line]
    found: dict[str, Document] = loads(b"{" + b",\n".join(chosen) + b"}") if chosen else {}
    return {int(uid): document for uid, document in found.items()}
