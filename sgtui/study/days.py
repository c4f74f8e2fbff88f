"""Study days: a night owl's midnight belongs to the day before."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo


@dataclass(frozen=True, slots=True)
class StudyDays:
    """Which local day an instant belongs to.

    A day begins at ``rollover`` (hour, 0–23) in ``zone``; ``None`` is the machine's own zone, daylight saving included.
    """

    rollover: int = 4
    zone: tzinfo | None = None

    def day(self, at: datetime) -> date:
        """The study day of ``at``."""
        local = at.astimezone(self.zone)
        return (local.replace(tzinfo=None) - timedelta(hours=self.rollover)).date()

    def start(self, day: date) -> datetime:
        """The UTC instant at which study day ``day`` begins."""
        return datetime.combine(day, time(self.rollover), self.zone).astimezone(UTC)

    def end(self, day: date) -> datetime:
        """The UTC instant at which study day ``day`` is over."""
        return self.start(day + timedelta(days=1))
