"""Every problem a file can have: code, severity and sentence, in one table.

A sentence says what is wrong and how to mend it.  ``{name}`` is filled from the problem's
details.  Codes are stable: ``sgtui check --json`` prints them and people filter by them.
"""

from typing import Final, Literal

from sgtui.i18n import N_

CATALOGUE: Final[dict[str, tuple[Literal["error", "warning"], str]]] = {
    # files
    "file-unreadable": ("error", N_("This file cannot be read ({reason}). Check its permissions.")),
    "file-empty": ("warning", N_("This file is empty. Write a title and some text.")),
    "file-too-large": ("error", N_("This file is {size} MB; files over {limit} MB are not opened.")),
    "not-utf8": ("warning", N_("This file is not UTF-8; unreadable bytes are shown as �. Save it as UTF-8.")),
}
