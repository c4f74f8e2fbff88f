"""What lies on the desk of one run: the library, the learner's file and the settings.

Screens ask the desk and tell it what happened; it is the only way from the screens to the store.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sgtui import settings as preferences
from sgtui.articles.model import Article, ArticleInfo
from sgtui.i18n import _
from sgtui.library.load import Opening
from sgtui.library.query import Filter, apply, sorted_by
from sgtui.settings import Settings
from sgtui.store.records import Anchor, AnswerRecord, Bookmark
from sgtui.store.store import Store, utc_now
from sgtui.study.answer import mark_guess, record_answer
from sgtui.study.progress import Progress, StatusSource
from sgtui.study.scheduler import Scheduler
from sgtui.typeset.model import TypesetOptions

if TYPE_CHECKING:
    from sgtui.library.model import Library
    from sgtui.quiz.answering import Answering
    from sgtui.quiz.model import Quiz

CHARACTERS_PER_MINUTE: Final = 500


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category at the side: its id (empty: all of them), its name, articles in it and the share (0–1) done."""

    id: str
    name: str
    articles: int
    share: float


@dataclass
class Desk:
    """The library, the learner's file and the settings of one run.

    ``shelf`` names the library in the learner's file.  ``only_article`` is the key of the article that the program
    was opened with, if it was one file.
    """

    opening: Opening
    store: Store
    settings: Settings
    settings_path: Path
    shelf: str
    only_article: str | None = None
    warnings: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.scheduler = Scheduler(self.settings)
        self._progress: StatusSource | None = None
        self._removed: list[Bookmark] = []

    @classmethod
    def open(
        cls,
        *,
        library: Path,
        state: Path | None,
        cache_dir: Path | None,
        settings_file: Path,
        now: Callable[[], datetime] = utc_now,
    ) -> "Desk":
        """Open everything; ``library`` is a folder or one article's file.

        Raises SgtuiError where there is nothing to open at ``library``; whatever else is wrong becomes a notice.
        """
        opening = Opening(library, cache_dir=cache_dir)
        settings, problems = preferences.load(settings_file)
        store = Store.open(state, now=now)
        known = opening.library
        shelf = store.open_library(id=known.manifest.id, title=known.title, path=known.root).key
        only = known.infos[0].key if known.file and known.infos else None
        return cls(opening, store, settings, settings_file, shelf, only, [str(problem) for problem in problems])

    @property
    def library(self) -> "Library":
        return self.opening.library

    def close(self) -> None:
        """Leave whole files behind."""
        self.store.close()
        self.opening.cache.close()

    def notices(self) -> list[str]:
        """What the learner should know about their files before they begin."""
        return [*self.warnings, *(notice.message for notice in self.store.notices)]

    # Settings

    def change_settings(self, **changes: Any) -> None:
        """Prefer something else from now on; raises SgtuiError where that cannot be saved."""
        after = replace(self.settings, **changes)
        if after != self.settings:
            self.settings = after
            preferences.save(self.settings_path, after)

    def typeset_options(self) -> TypesetOptions:
        """How the learner wants pages set."""
        chosen = self.settings
        return TypesetOptions(
            ambiguous=2 if chosen.ambiguous == "wide" else 1,
            hanging=chosen.hanging,
            tighten_cjk_emphasis=chosen.tighten,
            wrap_code=chosen.wrap_code,
        )

    @property
    def speed(self) -> int:
        """Characters a minute that the learner reads."""
        return self.settings.reading_speed or CHARACTERS_PER_MINUTE

    # Articles

    def article(self, key: str) -> Article:
        """Read an article as it is now; raises KeyError for a key the library does not have."""
        return self.library.read(key)

    def articles(self, chosen: Filter, by: str) -> list[ArticleInfo]:
        """The articles that a filter lets through, sorted ``by`` one of :data:`sgtui.library.query.SORTS`."""
        return sorted_by(apply(self.library.infos, chosen, self.statuses), by)

    def neighbour(self, key: str, step: int) -> ArticleInfo | None:
        """The article after (1) or before (-1) another, in course order."""
        return self.library.after(key) if step > 0 else self.library.before(key)

    def next_unread(self, chosen: Filter, by: str) -> str | None:
        """The first article nobody has opened, among those shown, else in the whole library."""
        for among in (self.articles(chosen, by), self.library.infos):
            for info in among:
                if self.progress(info).status == "unread":
                    return info.key
        return None

    def category_rows(self) -> list[CategoryRow]:
        """All articles, then each category."""
        library = self.library
        totals = self.statuses.categories(library.infos)
        whole = self.statuses.total(library.infos)
        rows = [CategoryRow("", _("All"), len(library.infos), whole.fraction)]
        rows += [CategoryRow(c.id, c.name, c.count, totals[c.id].fraction) for c in library.categories if c.id]
        return rows

    # Progress

    @property
    def statuses(self) -> StatusSource:
        """The progress of every article, as of the last :meth:`refresh_progress`."""
        if self._progress is None:
            self._progress = StatusSource(self.store, self.shelf)
        return self._progress

    def refresh_progress(self) -> None:
        """Look at the learner's file again."""
        self._progress = None

    def progress(self, info: ArticleInfo) -> Progress:
        """How far the learner is with an article."""
        return self.statuses.of(info)

    def toggle_done(self, info: ArticleInfo) -> bool:
        """Say by hand that an article is done, or that it is not; returns which."""
        done = StatusSource(self.store, self.shelf).status_of(info) != "done"
        self.store.set_done(self.shelf, info.key, done)
        self.refresh_progress()
        return done

    def latest(self) -> tuple[ArticleInfo, Progress] | None:
        """The article that was read last and is not done, if it is still here."""
        state = self.store.latest_article(self.shelf)
        info = self.library.get(state.article) if state else None
        if info is None or self.progress(info).status == "done":
            return None
        return info, self.progress(info)

    # Reading

    def opened(self, article: Article) -> None:
        """An article is in front of the learner now."""
        self.store.open_article(self.shelf, article.info.key, fingerprint=article.info.digest)

    def position(self, key: str) -> Anchor | None:
        """Where the learner left an article."""
        position = self.store.article_state(self.shelf, key).position
        return position.anchor if position else None

    def save_position(self, key: str, anchor: Anchor, fraction: float) -> None:
        """Remember where reading is; ``fraction`` (0–1) is how much of the article has been in view."""
        self.store.save_position(self.shelf, key, anchor, fraction)

    def sections_read(self, key: str) -> frozenset[str]:
        """The slugs of the sections that are ticked."""
        return self.store.article_state(self.shelf, key).sections_read

    def mark_section(self, key: str, slug: str) -> None:
        """Tick a section."""
        self.store.mark_section(self.shelf, key, slug)

    def add_seconds(self, key: str, seconds: float) -> None:
        """Count time spent reading."""
        self.store.add_seconds(self.shelf, key, seconds)

    # Answers

    def answers(self, key: str) -> Mapping[str, AnswerRecord]:
        """The latest answer to each quiz of an article, by the quiz's id."""
        return self.store.answers(self.shelf, key)

    def record_answer(self, article: Article, quiz: "Quiz", given: "Answering", *, milliseconds: int) -> None:
        """Save an answer; it is on the disk when this returns."""
        assert given.response is not None
        record_answer(
            self.store,
            self.scheduler,
            library=self.shelf,
            article=article.info,
            quiz=quiz,
            response=given.response,
            ms=milliseconds,
            hint=given.hint_used,
        )

    def try_again(self, key: str, quiz_id: str) -> None:
        """The learner wants to answer a quiz once more."""
        self.store.try_again(self.shelf, key, quiz_id)

    def mark_guess(self, article: Article, quiz: "Quiz", given: "Answering") -> None:
        """The learner says whether a right answer was a guess."""
        mark_guess(self.store, self.scheduler, library=self.shelf, article=article.info, quiz=quiz, guess=given.guess)

    # Bookmarks

    def bookmarks(self, key: str | None = None) -> list[Bookmark]:
        """The bookmarks of this library, or of one article, newest first."""
        return self.store.bookmarks(self.shelf, key)

    def add_bookmark(
        self, key: str, *, section: str, path: Sequence[str], title: str, anchor: Anchor, note: str = ""
    ) -> Bookmark:
        """Mark a section."""
        return self.store.add_bookmark(
            self.shelf, key, section=section, path=path, title=title, anchor=anchor, note=note
        )

    def note_bookmark(self, bookmark: Bookmark, note: str) -> None:
        """Write the note of a bookmark."""
        self.store.edit_bookmark(bookmark.uid, note)

    def remove_bookmark(self, bookmark: Bookmark) -> None:
        """Take a bookmark away; :meth:`restore_bookmark` brings it back."""
        if self.store.remove(bookmark):
            self._removed.append(bookmark)

    def restore_bookmark(self) -> Bookmark | None:
        """Bring back the bookmark that was removed last; None if there is none."""
        return self.store.restore(self._removed.pop()) if self._removed else None
