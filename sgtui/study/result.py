"""What a quick quiz, a review or an exam came to."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sgtui.store.records import Attempt


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One question of a run.

    ``section`` is a slug, ``category`` an id, ``area`` an exam's area.  ``correct`` is ``None`` where it was not
    answered.  ``seconds`` were spent on it.  ``response`` is what ``Response.to_record()`` gave.
    """

    article: str
    question: str
    section: str = ""
    category: str = ""
    area: str = ""
    correct: bool | None = None
    guess: bool = False
    flagged: bool = False
    seconds: float = 0.0
    response: Any = None


@dataclass(frozen=True, slots=True)
class Result:
    """A run that is over.

    ``short`` says where a blueprint found too few questions: area to (wanted, found).
    """

    kind: str
    library: str
    title: str = ""
    blueprint: str = ""
    started: datetime | None = None
    finished: datetime | None = None
    seconds: float = 0.0
    pauses: int = 0
    items: tuple[ItemResult, ...] = ()
    short: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def right(self) -> int:
        """Questions answered right."""
        return sum(item.correct is True for item in self.items)

    @property
    def total(self) -> int:
        """Questions asked."""
        return len(self.items)

    @property
    def share(self) -> float:
        """Right answers, 0–1; 0 for an empty run."""
        return self.right / self.total if self.items else 0.0

    @property
    def wrong(self) -> tuple[ItemResult, ...]:
        """What was answered wrong or not at all, in order."""
        return tuple(item for item in self.items if item.correct is not True)

    @property
    def by_section(self) -> dict[tuple[str, str], tuple[int, int]]:
        """(right, asked) by (article, section), in the order met."""
        groups: dict[tuple[str, str], tuple[int, int]] = {}
        for item in self.items:
            place = (item.article, item.section)
            right, asked = groups.get(place, (0, 0))
            groups[place] = (right + (item.correct is True), asked + 1)
        return groups

    def by(self, key: Callable[[ItemResult], str]) -> dict[str, tuple[int, int]]:
        """(right, asked) by what ``key`` gives, in the order met."""
        groups: dict[str, tuple[int, int]] = {}
        for item in self.items:
            right, asked = groups.get(key(item), (0, 0))
            groups[key(item)] = (right + (item.correct is True), asked + 1)
        return groups

    @property
    def areas(self) -> dict[str, tuple[int, int]]:
        """(right, asked) by area of an exam, else by category."""
        return self.by(lambda item: item.area or item.category)

    @property
    def sections(self) -> dict[tuple[str, str], int]:
        """What to study again: (article, section) to how many were wrong, the most first."""
        counts: dict[tuple[str, str], int] = {}
        for item in self.wrong:
            counts[item.article, item.section] = counts.get((item.article, item.section), 0) + 1
        return dict(sorted(counts.items(), key=lambda pair: -pair[1]))

    def to_attempt(self, now: datetime) -> Attempt:
        """The record to keep of it (its uid is made when it is saved)."""
        return Attempt(
            uid=0,
            at=now,
            library=self.library,
            kind=self.kind,
            title=self.title,
            blueprint=self.blueprint,
            started=self.started,
            finished=self.finished,
            seconds=self.seconds,
            pauses=self.pauses,
            right=self.right,
            total=self.total,
            areas={name: list(score) for name, score in self.areas.items()},
            items=tuple(self.records()),
        )

    @classmethod
    def from_attempt(cls, attempt: Attempt) -> "Result":
        """The result that was kept."""
        return cls(
            kind=attempt.kind,
            library=attempt.library,
            title=attempt.title,
            blueprint=attempt.blueprint,
            started=attempt.started,
            finished=attempt.finished,
            seconds=attempt.seconds,
            pauses=attempt.pauses,
            items=tuple(_from_records(attempt.items)),
        )

    def records(self) -> Iterator[dict[str, Any]]:
        """The questions as JSON values, what says nothing left out."""
        return map(_to_record, self.items)


def _to_record(item: ItemResult) -> dict[str, Any]:
    record = {name: getattr(item, name) for name in ItemResult.__slots__}
    record["seconds"] = round(item.seconds, 1)
    blank = ItemResult("", "")
    return {name: value for name, value in record.items() if value != getattr(blank, name)}


def _from_records(records: Iterable[Any]) -> Iterable[ItemResult]:
    for record in records:
        if isinstance(record, Mapping) and isinstance(record.get("article"), str):
            known = {name: record[name] for name in ItemResult.__slots__ if name in record}
            yield replace(ItemResult("", ""), **known)
