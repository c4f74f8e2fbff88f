"""What lies on the desk of one run: the library, the learner's file and the settings.

Screens ask the desk and tell it what happened; it is the only way from the screens to the store.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sgtui import settings as preferences
from sgtui.articles.model import Article, ArticleInfo
from sgtui.i18n import _
from sgtui.library.load import open_library
from sgtui.library.query import Filter
from sgtui.settings import Settings
from sgtui.store.records import Anchor, AnswerRecord, Bookmark
from sgtui.store.store import Store

if TYPE_CHECKING:
    from sgtui.library.model import Library
    from sgtui.quiz.answering import Answering
    from sgtui.quiz.model import Quiz


def utc_now() -> datetime:
    """The clock of a running program."""
    return datetime.now(UTC)
