"""What can go wrong, in two kinds.

A :class:`Problem` is something found in a file; it is collected and listed and stops nothing.
An :class:`SgtuiError` stops one action and carries a sentence for the learner.
"""

from typing import Literal, NamedTuple

from sgtui.i18n import _
from sgtui.problems import CATALOGUE

Severity = Literal["error", "warning"]


class SgtuiError(Exception):
    """An action could not be done; ``str(error)`` says what, where and how to mend it.

    The sentence is in the learner's language, made with :func:`sgtui.i18n._` where it is raised.
    """


class Problem(NamedTuple):
    """One thing wrong with a file.

    ``path`` is relative to the library (POSIX slashes), ``line`` counts from 1 (0: the whole
    file), ``code`` is a key of :data:`sgtui.problems.CATALOGUE` and ``details`` fills the
    placeholders of its message.  The sentence is made when asked for, so that a cached problem
    speaks the language of the day.
    """

    path: str
    line: int
    code: str
    details: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        """Whether it is an error or a warning."""
        return CATALOGUE[self.code][0]

    @property
    def message(self) -> str:
        """What is wrong and how to mend it, in the language in use."""
        return _(CATALOGUE[self.code][1]).format(**dict(self.details))

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.message}"


def problem(path: str, line: int, code: str, **details: object) -> Problem:
    """Build a :class:`Problem`; every detail is shown as ``str``."""
    return Problem(path, line, code, tuple(sorted((k, str(v)) for k, v in details.items())))
