"""Targets of a quiz's spans: what a click on one means."""


def target(quiz_id: str, action: str, index: int | None = None) -> str:
    """The target of a span of a quiz: ``quiz:<id>:choice:2``, ``quiz:<id>:hint``."""
    return f"quiz:{quiz_id}:{action}" if index is None else f"quiz:{quiz_id}:{action}:{index}"


def read_target(text: str) -> tuple[str, str, int] | None:
    """The quiz's id, the action and the index (0 where there is none) of a target; ``None`` if it is another's.

    They are what :meth:`sgtui.quiz.answering.Answering.click` takes.
    """
    if not text.startswith("quiz:"):
        return None
    head, _colon, last = text[5:].rpartition(":")
    if not last.isdigit():
        return (head, last, 0) if head else None
    quiz_id, _colon, action = head.rpartition(":")
    return (quiz_id, action, int(last)) if quiz_id else None
