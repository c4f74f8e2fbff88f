"""What can be said against quizzes that are correct: answers that give themselves away, reasons that are missing.

Thresholds come from how the SG exam's own questions are made: each of four places is right in
20–30 % of the questions, and the right choice is the longest one in no more than 30 %.
"""

import re
import statistics
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from sgtui.errors import Problem, problem
from sgtui.quiz.model import Quiz

ENOUGH: Final = 20
"""From this many quizzes on a share says something."""

POSITION_SHARE: Final = (0.20, 0.30)
LONGEST_SHARE: Final = 0.30
NEAR: Final = 0.8
"""Share of three-character pieces that two prompts have in common when they are nearly the same."""

_LIBRARY: Final = "library.toml"
_CUES: Final = re.compile(
    r"必ず|絶対|一切|常に|すべて|全て|だけ(?!で(?:な|は))|のみ|\b(?:always|never|only|all|every|none)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A quiz where it stands: its file, and the file's line (from 1) of the section it tests (0: unknown)."""

    path: str
    quiz: Quiz
    section_line: int = 0


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts over a set of quizzes.

    ``positions`` gives, for each number of choices, how often each place is right (single choice,
    in the author's order).  ``longest_right`` of ``compared`` quizzes have a right choice longer
    than every other.  ``prompt_median`` is in characters.  ``untested`` are terms in no quiz.
    """

    quizzes: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    positions: dict[int, tuple[int, ...]] = field(default_factory=dict)
    longest_right: int = 0
    compared: int = 0
    without_reasons: int = 0
    without_explanation: int = 0
    prompt_median: float = 0.0
    untested: tuple[str, ...] = ()

    def position_shares(self, choices: int = 4) -> tuple[float, ...]:
        """How often each place is right among quizzes with so many choices, as shares of one."""
        counts = self.positions.get(choices, ())
        total = sum(counts)
        return tuple(count / total for count in counts) if total else ()

    @property
    def longest_share(self) -> float:
        """In which share of the quizzes the longest choice is the right one."""
        return self.longest_right / self.compared if self.compared else 0.0


def check(asked: Sequence[Asked], terms: Iterable[Sequence[str]] = ()) -> tuple[Stats, list[Problem]]:
    """Count over quizzes and list what an author should look at again, all of it warnings.

    ``terms``: the terms that ought to be tested, each with its other spellings.
    """
    stats = measure([one.quiz for one in asked], terms)
    found = [warning for one in asked for warning in _each(one)]
    found.extend(_alike(asked))
    found.extend(_shares(stats))
    return stats, sorted(found, key=lambda warning: (warning.path, warning.line))


def measure(quizzes: Sequence[Quiz], terms: Iterable[Sequence[str]] = ()) -> Stats:
    """The counts alone."""
    positions: dict[int, list[int]] = {}
    longest = compared = 0
    for quiz in quizzes:
        if quiz.kind != "single":
            continue
        right = [choice.correct for choice in quiz.choices].index(True)
        positions.setdefault(len(quiz.choices), [0] * len(quiz.choices))[right] += 1
        compared += 1
        longest += _right_is_longest(quiz)
    return Stats(
        quizzes=len(quizzes),
        kinds=dict(Counter(quiz.kind for quiz in quizzes)),
        positions={count: tuple(found) for count, found in sorted(positions.items())},
        longest_right=longest,
        compared=compared,
        without_reasons=sum(_missing_reasons(quiz) > 0 for quiz in quizzes),
        without_explanation=sum(_lacks_explanation(quiz) for quiz in quizzes),
        prompt_median=statistics.median([_length(quiz.prompt.text) for quiz in quizzes]) if quizzes else 0.0,
        untested=tuple(names[0] for names in untested(quizzes, terms)),
    )


def _each(one: Asked) -> list[Problem]:
    quiz = one.quiz
    found = []
    missing = _missing_reasons(quiz)
    if missing:
        found.append(problem(one.path, quiz.line, "quality-reasons", missing=missing, choices=len(quiz.choices)))
    if _lacks_explanation(quiz):
        found.append(problem(one.path, quiz.line, "quality-explanation"))
    cue = _cue(quiz)
    if cue:
        found.append(problem(one.path, quiz.line, "quality-cue", word=cue))
    lengths = [_length(choice.content.text) for choice in quiz.choices]
    if lengths and max(lengths) > 2 * min(lengths) and max(lengths) - min(lengths) >= 12:
        found.append(problem(one.path, quiz.line, "quality-lengths", shortest=min(lengths), longest=max(lengths)))
    if one.section_line > quiz.line:
        found.append(problem(one.path, quiz.line, "quality-too-early", section=one.section_line))
    return found


def _shares(stats: Stats) -> list[Problem]:
    found = []
    for count, counts in stats.positions.items():
        if count != 4 or sum(counts) < ENOUGH:
            continue
        for place, share in enumerate(stats.position_shares(count), 1):
            if not POSITION_SHARE[0] <= share <= POSITION_SHARE[1]:
                found.append(problem(_LIBRARY, 0, "quality-position", place=place, share=f"{share:.0%}"))
    if stats.compared >= ENOUGH and stats.longest_share > LONGEST_SHARE:
        found.append(problem(_LIBRARY, 0, "quality-longest", share=f"{stats.longest_share:.0%}"))
    return found


def _length(text: str) -> int:
    return len("".join(text.split()))


def _right_is_longest(quiz: Quiz) -> bool:
    wrong = max((_length(choice.content.text) for choice in quiz.choices if not choice.correct), default=0)
    return any(_length(choice.content.text) > wrong for choice in quiz.choices if choice.correct)


def _missing_reasons(quiz: Quiz) -> int:
    return sum(choice.reason is None for choice in quiz.choices)


def _lacks_explanation(quiz: Quiz) -> bool:
    if quiz.kind == "recall":
        return False
    return quiz.explanation is None and not any(gap.reason for gap in quiz.gaps)


def _cue(quiz: Quiz) -> str:
    """A word of the kind that is nearly always wrong, where only wrong choices have one."""
    if quiz.kind not in {"single", "multiple"}:
        return ""
    if any(_CUES.search(choice.content.text) for choice in quiz.choices if choice.correct):
        return ""
    for choice in quiz.choices:
        match = _CUES.search(choice.content.text)
        if match:
            return match.group()
    return ""


def _normal(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def untested(quizzes: Sequence[Quiz], terms: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """The terms (each with its other spellings) that stand in no quiz, whatever their case and width."""
    wanted = [tuple(names) for names in terms]
    if not wanted:
        return ()
    text = _normal("\n".join(part for quiz in quizzes for part in _texts(quiz)))
    return tuple(names for names in wanted if not any(_normal(name) in text for name in names))


def _texts(quiz: Quiz) -> list[str]:
    parts = [quiz.prompt, quiz.answer, quiz.explanation, *quiz.items]
    parts += [choice.content for choice in quiz.choices] + [choice.reason for choice in quiz.choices]
    parts += [side for pair in quiz.pairs for side in (pair.left, pair.right)]
    return [part.text for part in parts if part] + [answer for gap in quiz.gaps for answer in gap.answers]


def _alike(asked: Sequence[Asked]) -> list[Problem]:
    """Prompts that are the same, or nearly; each is reported once, at the later quiz."""
    found = []
    prompts = [_normal(one.quiz.prompt.text) for one in asked]
    for later, earlier, share in similar(prompts):
        other = f"{asked[earlier].path}:{asked[earlier].quiz.line}"
        code = "quality-same-prompt" if share == 1.0 else "quality-near-prompt"
        found.append(problem(asked[later].path, asked[later].quiz.line, code, other=other))
    return found


def similar(texts: Sequence[str], threshold: float = NEAR) -> list[tuple[int, int, float]]:
    """Which texts are like an earlier one: (index, earlier index, share of common pieces).

    Compares sets of three-character pieces, and only texts that share one of their rarest
    pieces, so that 20,000 prompts take seconds (prefix filtering, as for set-similarity joins).
    """
    grams = [frozenset(text[index : index + 3] for index in range(max(len(text) - 2, 1))) for text in texts]
    frequency = Counter(gram for found in grams for gram in found)
    by_gram: defaultdict[str, list[int]] = defaultdict(list)
    pairs = []
    for index, own in enumerate(grams):
        rarest = sorted(own, key=lambda gram: (frequency[gram], gram))
        prefix = rarest[: len(own) - int(-(-threshold * len(own) // 1)) + 1]
        candidates = {earlier for gram in prefix for earlier in by_gram[gram]}
        best = max(((_overlap(own, grams[earlier]), -earlier) for earlier in candidates), default=(0.0, 0))
        if best[0] >= threshold:
            pairs.append((index, -best[1], 1.0 if texts[index] == texts[-best[1]] else min(best[0], 0.999)))
        for gram in prefix:
            by_gram[gram].append(index)
    return pairs


def _overlap(first: frozenset[str], second: frozenset[str]) -> float:
    common = len(first & second)
    return common / (len(first) + len(second) - common)
