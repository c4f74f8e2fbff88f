"""What lies on the desk of one run: the library, the learner's file and the settings.

Screens ask the desk and tell it what happened; it is the only way from the screens to the store.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from sgtui.library.load import Opening
from sgtui.ui.desk_of_reading import DeskOfReading

if TYPE_CHECKING:
    from sgtui.articles.model import Article, ArticleInfo, Section
    from sgtui.library.glossary import Glossary
    from sgtui.library.model import Library
    from sgtui.library.search import Search
    from sgtui.quiz.model import Quiz
    from sgtui.settings import Settings
    from sgtui.store.records import Bookmark, Run
    from sgtui.store.store import Store
    from sgtui.study.choosing import Wish
    from sgtui.study.progress import Progress, StatusSource
    from sgtui.study.queue import Item, Queue
    from sgtui.study.scheduler import Scheduler
    from sgtui.study.session import Kind, Session
    from sgtui.typeset.model import TypesetOptions
    from sgtui.ui.browsing.listing import Listing
    from sgtui.ui.marks import Marks

CHARACTERS_PER_MINUTE: Final = 500
KEPT_ARTICLES: Final = 8


class _Nothing(NamedTuple):
    """The progress of somebody who is not known yet; the names are those of study.progress.Progress and Totals."""

    status: str = "unread"
    fraction: float = 0.0
    right: int = 0
    answered: int = 0
    done: int = 0
    opened: None = None
    retention: None = None


class _Stranger:
    """Stands for the learner's progress until their file is open: nothing has been read."""

    def of(self, _info: ArticleInfo) -> _Nothing:
        return _NOTHING

    def status_of(self, _info: ArticleInfo) -> str:
        return "unread"

    def progress_of(self, _info: ArticleInfo) -> float:
        return 0.0

    def touched(self, _info: ArticleInfo) -> bool:
        return False


_NOTHING: Final = _Nothing()
_STRANGER: Final = _Stranger()


class Desk(DeskOfReading):
    """The library, the learner's file and the settings of one run.

    The learner's file is opened when it is first needed: the first screen is painted before that.  ``only_article`` is
    the key of the article that the program was opened with, if it was one file.
    """

    def __init__(
        self,
        opening: Opening,
        *,
        state: Path | None,
        settings_path: Path,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.opening = opening
        self.settings_path = settings_path
        self._state = state
        self._now = now
        self._progress: StatusSource | None = None
        self._read: dict[str, Article] = {}
        self._search: tuple[Library, Search] | None = None
        self._glossary: tuple[Library, int, Glossary] | None = None
        library = opening.library
        self.only_article = library.infos[0].key if library.file and library.infos else None

    @classmethod
    def open(
        cls,
        *,
        library: Path,
        state: Path | None,
        cache_dir: Path | None,
        settings_file: Path,
        now: Callable[[], datetime] | None = None,
    ) -> Desk:
        """Open a library: a folder, or one article's file.  ``state`` None keeps everything in memory.

        Raises SgtuiError where there is nothing to open at ``library``; whatever else is wrong becomes a notice.
        """
        return cls(
            Opening(library, cache_dir=cache_dir, at_once=True), state=state, settings_path=settings_file, now=now
        )

    # The learner's file

    @cached_property
    def store(self) -> Store:
        """The learner's file, opened now if it was not yet."""
        from sgtui.store.store import Store, utc_now

        return Store.open(self._state, now=self._now or utc_now)

    @property
    def learner_is_here(self) -> bool:
        """Whether the learner's file has been opened."""
        return "store" in self.__dict__

    @cached_property
    def shelf(self) -> str:
        """What this library is called in the learner's file."""
        from sgtui.study.belonging import open_shelf

        return open_shelf(self.store, self.library).key

    @cached_property
    def scheduler(self) -> Scheduler:
        """When questions come back, by the learner's settings."""
        from sgtui.study.scheduler import Scheduler

        return Scheduler(self.settings)

    @cached_property
    def _loaded(self) -> tuple[Settings, list[str]]:
        from sgtui import settings as preferences

        settings, problems = preferences.load(self.settings_path)
        return settings, [str(problem) for problem in problems]

    @property
    def settings(self) -> Settings:
        """What the learner prefers."""
        return self._loaded[0]

    @property
    def library(self) -> Library:
        return self.opening.library

    @property
    def cache_dir(self) -> Path | None:
        """Where the caches of libraries are; None where nothing is kept."""
        file = self.opening.cache.file
        return file.parent if file is not None else None

    def turned_to(self, opening: Opening) -> Desk:
        """The desk of the same learner with another library on it; closing this one's cache is left to the caller."""
        desk = Desk(opening, state=self._state, settings_path=self.settings_path, now=self._now)
        desk.only_article = None
        desk.__dict__["_loaded"] = self._loaded
        if self.learner_is_here:
            desk.__dict__["store"] = self.store
        return desk

    def close(self) -> list[str]:
        """Leave whole files behind; returns what the learner should know of it, since the screen is gone."""
        said = 0
        if self.learner_is_here:
            said = len(self.store.notices)
            self.store.close()
        self.opening.cache.close()
        return [str(notice) for notice in self.store.notices[said:]] if self.learner_is_here else []

    def notices(self) -> list[str]:
        """What the learner should know about their files before they begin."""
        return [*self._loaded[1], *(notice.message for notice in self.store.notices)]

    # Settings

    def change_settings(self, **changes: Any) -> None:
        """Prefer something else from now on; raises SgtuiError where that cannot be saved."""
        from sgtui import settings as preferences

        after = replace(self.settings, **changes)
        if after != self.settings:
            self.__dict__["_loaded"] = (after, self._loaded[1])
            self.__dict__.pop("scheduler", None)
            preferences.save(self.settings_path, after)

    def typeset_options(self) -> TypesetOptions:
        """How the learner wants pages set."""
        from sgtui.typeset.model import TypesetOptions

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

    @property
    def theme(self) -> str:
        """The name of the theme the learner chose, or nothing."""
        return self.settings.theme if self.settings_path.exists() else ""

    # Articles

    def article(self, key: str) -> Article:
        """Read an article as it is now; raises KeyError for a key the library does not have."""
        return self.library.read(key)

    def sections(self, info: ArticleInfo) -> Sequence[Section]:
        """An article's sections, also before the library has come to read it."""
        return info.sections if info.digest else self.article(info.key).sections

    @cached_property
    def listing(self) -> Listing:
        """The library's articles as lists show them."""
        from sgtui.ui.browsing.listing import Listing

        return Listing(self)

    @property
    def search(self) -> Search:
        """The search over the library as it is now; its texts are loaded by whoever searches first."""
        from sgtui.library.search import Search

        if self._search is None or self._search[0] is not self.library:
            self._search = (self.library, Search(self.library))
        return self._search[1]

    def glossary(self) -> Glossary:
        """The library's glossary; read anew when the library or the glossary's file has changed."""
        from sgtui.library.glossary import DEFAULT, read_glossary

        place = self.library.root / (self.library.manifest.glossary or DEFAULT)
        changed = place.stat().st_mtime_ns if place.is_file() else 0
        if self._glossary is None or self._glossary[:2] != (self.library, changed):
            self._glossary = (self.library, changed, read_glossary(self.library)[0])
        return self._glossary[2]

    def neighbour(self, key: str, step: int) -> ArticleInfo | None:
        """The article after (1) or before (-1) another, in course order."""
        return self.library.after(key) if step > 0 else self.library.before(key)

    @property
    def study_day(self) -> date:
        """The study day it is."""
        return self.scheduler.days.day(self.store.now())

    # Progress

    @property
    def statuses(self) -> StatusSource:
        """The progress of every article, as of the last :meth:`refresh_progress`."""
        if self._progress is None:
            if not self.learner_is_here:
                return cast("StatusSource", _STRANGER)
            from sgtui.study.progress import StatusSource

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
        self.refresh_progress()
        done = self.statuses.status_of(info) != "done"
        self.store.set_done(self.shelf, info.key, done)
        self.refresh_progress()
        return done

    def meet_learner(self) -> None:
        """Open the learner's file, if it is not open yet."""
        self.refresh_progress()
        self.shelf  # noqa: B018 - opens the file, and finds this library in it

    def look_again(self) -> bool:
        """See what another window of the program saved; returns whether there was anything."""
        if not self.learner_is_here or not self.store.refresh():
            return False
        self.refresh_progress()
        return True

    def take_over_conflict_copies(self) -> list[str]:
        """Merge conflict copies of the learner's file; for a thread.  Returns the names of those with something new."""
        from sgtui.study.rebuild import take_over_conflict_copies

        return take_over_conflict_copies(self.store, self.scheduler)

    def has_strays(self) -> bool:
        """Whether history may be waiting for articles that were renamed; :meth:`settle` finds them."""
        from sgtui.study.belonging import has_strays

        return self.learner_is_here and has_strays(self.store, self.shelf, self.library)

    def settle(self) -> bool:
        """Bring the history of renamed articles to where they are now; for a thread.  Returns whether there was any."""
        from sgtui.study.belonging import settle

        return bool(settle(self.store, self.shelf, self.library))

    def latest(self) -> tuple[ArticleInfo, Progress] | None:
        """The article that was read last and is not done, if it is still here."""
        if not self.learner_is_here:
            return None
        state = self.store.latest_article(self.shelf)
        info = self.library.get(state.article) if state else None
        if info is None or self.progress(info).status == "done":
            return None
        return info, self.progress(info)

    # Questions one after the other

    def find_quiz(self, article: str, question: str) -> tuple[Article, Quiz] | None:
        """A question and its article as they are now, or None where either is gone."""
        if not self.library.has(article):
            return None
        found = self._read.get(article)
        if found is None:
            if len(self._read) >= KEPT_ARTICLES:
                self._read.pop(next(iter(self._read)))
            found = self._read[article] = self.article(article)
        quiz = next((quiz for quiz in found.quizzes if quiz.id == question), None)
        return (found, quiz) if quiz is not None else None

    def forget_articles(self) -> None:
        """Files may have changed: read them again when they are next asked for."""
        self._read.clear()

    def choose(self, wish: Wish) -> list[Item]:
        """The questions a quick quiz would ask."""
        from sgtui.study.choosing import choose

        return choose(self.store, self.scheduler, self.shelf, self.library.infos, wish)

    def today(self) -> Queue:
        """What there is to review today."""
        from sgtui.study.queue import todays_queue

        return todays_queue(self.store, self.scheduler, self.shelf, self.library.infos)

    def session(self, kind: Kind, items: Sequence[Item], title: str) -> Session:
        """A new run of questions; its choices are shuffled if the learner wants that."""
        from sgtui.study.session import Session

        seed = random.getrandbits(32) if self.settings.shuffle else None
        return Session(self.store, self.scheduler, self.shelf, kind, list(items), title=title, seed=seed)

    def paused_runs(self, kind: str) -> list[Run]:
        """Runs that were put aside, newest first."""
        return self.store.runs(self.shelf, kind)

    def resume(self, run: Run) -> Session:
        """Take a run up again."""
        from sgtui.study.session import Session

        return Session.resume(self.store, self.scheduler, run)

    # Marks

    @cached_property
    def marks(self) -> Marks:
        """The learner's bookmarks, highlights and notes in this library."""
        from sgtui.ui.marks import Marks

        return Marks(self.store, self.shelf)

    def bookmarks(self, key: str | None = None) -> list[Bookmark]:
        """The bookmarks of this library, or of one article, newest first."""
        return self.marks.bookmarks(key)
