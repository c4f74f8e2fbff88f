"""Other people's quizzes: dialects read where they stand in an article, and files imported or exported."""

from collections.abc import Callable, Collection, Sequence
from typing import Final

from sgtui.quiz.blocks import Block
from sgtui.quiz.build import Context
from sgtui.quiz.formats import callouts, notes, quiz_tags, quizdown, task_lists
from sgtui.quiz.model import Quiz

Reader = Callable[[Sequence[Block | Quiz], Context], list[Block | Quiz]]

_READERS: Final[dict[str, Reader]] = {
    "quizdown": quizdown.read,
    "quiz-tags": quiz_tags.read,
    "notes": notes.read,
    "callouts": callouts.read,
    "task-lists": task_lists.read,
}

DIALECTS: Final[tuple[str, ...]] = tuple(_READERS)
"""The dialects that :func:`sgtui.quiz.parser.split` can read beside the home grammar."""


def read_dialects(found: Sequence[Block | Quiz], dialects: Collection[str], context: Context) -> list[Block | Quiz]:
    """The blocks of an article with the quizzes of the named dialects put in their place.

    Unknown names are passed over: whoever read them from a file has reported them.
    """
    result = list(found)
    for name, reader in _READERS.items():
        if name in dialects:
            result = reader(result, context)
    return result
