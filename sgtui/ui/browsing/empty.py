"""What a list says that has nothing to show."""

from sgtui.i18n import _
from sgtui.library.model import Library


def why_empty(library: Library) -> str:
    """Why no article is shown, and what to do about it."""
    if library.infos:
        return _("No article fits. Esc takes the newest filter off, F all of them; S searches the text.")
    return _(
        "There is no article in {folder} yet.\n\n"
        "A library is a folder of Markdown files (.md), each with a title, in folders that are its categories. "
        "Make the first article with\n\n    sgtui --library {folder} new first-article\n\n"
        "or press L to open another folder or the course that comes with sgtui."
    ).format(folder=library.root)
