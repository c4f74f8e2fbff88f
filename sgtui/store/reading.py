"""Where the learner is: positions, ticked sections, time read, articles done, libraries opened."""

import math
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Final

from sgtui.store.base import Changing, StoreBase
from sgtui.store.records import Anchor, ArticleState, ReadingPosition, ReadingSession
from sgtui.store.uid import after, named_uid

SESSION_GAP: Final = timedelta(minutes=30)
"""A longer pause begins a new reading session."""


class Reading(StoreBase):
    """The part of the store about reading."""

    def article_state(self, library: str, article: str) -> ArticleState:
        """What is known of one article; an empty state where it was never opened."""
        state = self._state(library, article)
        seconds = self.seconds_read(library, article)
        return replace(state, seconds=seconds) if seconds else state

    def article_states(self, library: str) -> dict[str, ArticleState]:
        """The state of every article of ``library`` that was ever touched, by article; one pass over the table."""
        seconds: dict[str, float] = {}
        for item in self.session_shelf.all(library):
            seconds[item.article] = seconds.get(item.article, 0.0) + item.seconds
        states = {state.article: state for state in self.article_shelf.all(library)}
        return {
            article: replace(state, seconds=seconds[article]) if article in seconds else state
            for article, state in states.items()
        }

    def seconds_read(self, library: str, article: str) -> float:
        """Seconds spent reading one article, in all sessions on all devices."""
        return sum(item.seconds for item in self.session_shelf.of(library, article))

    def latest_article(self, library: str) -> ArticleState | None:
        """The article opened last in ``library``: what "continue reading" opens."""
        opened = [state for state in self.article_shelf.all(library) if state.opened is not None]
        return max(opened, key=lambda state: (state.opened or state.at, state.uid), default=None)

    def open_article(self, library: str, article: str, *, fingerprint: str = "") -> ArticleState:
        """Say that an article is being read now; returns its state."""
        with self.changing() as change:
            state = self._fresh(change, library, article)
            change.put(replace(state, opened=change.now, fingerprint=fingerprint or state.fingerprint))
        return self.article_state(library, article)

    def save_position(self, library: str, article: str, anchor: Anchor, fraction: float) -> ReadingPosition:
        """Remember the place reading has reached; ``fraction`` (0–1) is of the whole article."""
        fraction = _clamped(fraction)
        with self.changing() as change:
            state = self._fresh(change, library, article)
            place = ReadingPosition(replace(anchor, fraction=_clamped(anchor.fraction)), fraction, change.now)
            change.put(
                replace(
                    state, position=place, furthest=max(state.furthest, fraction), opened=state.opened or change.now
                )
            )
        return place

    def begin_again(self, library: str, article: str) -> None:
        """Let an article open at its beginning; undoable as ``place``."""
        with self.changing("place") as change:
            state = self._fresh(change, library, article)
            change.put(replace(state, position=ReadingPosition(Anchor(), 0.0, change.now)))

    def mark_section(self, library: str, article: str, section: str, read: bool = True) -> ArticleState:
        """Tick a section (slug), or take its tick away; undoable as ``section``."""
        with self.changing("section") as change:
            state = self._fresh(change, library, article)
            if (section in state.sections_read) != read:
                ticks = dict(state.sections if read else state.unticked)
                ticks[section] = after(change.now, state.sections.get(section), state.unticked.get(section))
                frozen = MappingProxyType(ticks)
                change.put(replace(state, sections=frozen) if read else replace(state, unticked=frozen))
        return self.article_state(library, article)

    def set_done(self, library: str, article: str, done: bool | None) -> ArticleState:
        """Set by hand whether an article is done; ``None`` leaves it to reading.  Undoable as ``done``."""
        with self.changing("done") as change:
            change.put(replace(self._fresh(change, library, article), done=done, done_at=change.now))
        return self.article_state(library, article)

    def add_seconds(self, library: str, article: str, seconds: float) -> None:
        """Add time spent reading.  Calls less than half an hour apart make one reading session."""
        if not (math.isfinite(seconds) and seconds > 0):
            return
        with self.changing() as change:
            current = self._current_session(library, article, change.now)
            if current is None:
                begun = change.now - timedelta(seconds=min(seconds, 86_400))
                change.add(
                    ReadingSession(
                        uid=change.new_uid(),
                        at=change.now,
                        library=library,
                        article=article,
                        start=begun,
                        seconds=seconds,
                    )
                )
            else:
                change.put(replace(current, at=after(change.now, current.at), seconds=current.seconds + seconds))

    def reading_sessions(self, library: str | None = None) -> list[ReadingSession]:
        """Every reading session, or those of one library."""
        return self.session_shelf.all(library)

    def remove_session(self, uid: int) -> bool:
        """Take back time that was not spent reading; false if it is gone already.  Undoable as ``session``."""
        with self.changing("session") as change:
            session = self.session_shelf.get(uid)
            if session is not None:
                change.remove(session)
        return session is not None

    def _current_session(self, library: str, article: str, now: datetime) -> ReadingSession | None:
        for item in reversed(self.session_shelf.of(library, article)):
            if item.device == self.device and timedelta() <= now - item.at < SESSION_GAP:
                return item
        return None

    def _state(self, library: str, article: str) -> ArticleState:
        uid = named_uid("articles", library, article)
        return self.article_shelf.get(uid) or ArticleState(uid=uid, at=self.now(), library=library, article=article)

    def _fresh(self, change: Changing, library: str, article: str) -> ArticleState:
        """The state of an article as this change begins, timed later than before."""
        state = self.article_shelf.get(named_uid("articles", library, article))
        if state is None:
            return self._state(library, article)
        change.now = after(change.now, state.at)
        return replace(state, at=change.now)


def _clamped(fraction: float) -> float:
    return min(1.0, max(0.0, fraction)) if math.isfinite(fraction) else 0.0
