"""The words that the screens of questions share."""

from sgtui.i18n import _, ngettext


def clock(seconds: float) -> str:
    """A length of time as a clock shows it: ``0:42``, ``1:05:00``."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def questions(number: int) -> str:
    """``12 questions``."""
    return ngettext("{n} question", "{n} questions", number).format(n=number)


def seconds_each(seconds: float) -> str:
    """``62 s a question``, in minutes where that is longer than two."""
    if seconds >= 120:
        return _("{time} min a question").format(time=clock(seconds))
    return _("{n} s a question").format(n=round(seconds))
