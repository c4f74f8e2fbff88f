"""The tree below the categories: a category is the beginning of a place, the folders in it are the rest of it.

An article in ``src/docs/ja/guides/images.md`` of the category ``docs`` stands at ``docs/ja/guides``.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from sgtui.articles.info import ArticleInfo

_INDEX: Final = ("index.", "Index.", "INDEX.")


def place_of(info: ArticleInfo) -> str:
    """The article's category and the folders below it; of an ``index`` file's folder, the one above."""
    return _place(info.category, *_folders(info.path))


def _folders(path: str) -> tuple[str, bool]:
    end = path.rfind("/")
    return path[: max(0, end)], path.startswith(_INDEX, end + 1)


def _place(category: str, folders: str, index: bool) -> str:
    if index:
        folders = folders.rpartition("/")[0]
    at = f"/{folders}/".find(f"/{category}/") if category else -1
    return folders[at:] if at >= 0 else category


def counted(infos: Iterable[ArticleInfo]) -> Counter[str]:
    """How many articles stand at each place."""
    folders = Counter((info.category, *_folders(info.path)) for info in infos)
    found: Counter[str] = Counter()
    for where, number in folders.items():
        found[_place(*where)] += number
    return found


def within(place: str, value: str) -> bool:
    """Whether ``place`` is ``value`` or below it."""
    return place == value or place.startswith(f"{value}/")


def branches(counts: Mapping[str, int], place: str) -> dict[str, int]:
    """The places one step below ``place`` with all articles in them; a folder that holds nothing but one is no step."""
    while True:
        below: dict[str, int] = {}
        for found, number in counts.items():
            if found.startswith(f"{place}/"):
                end = found.find("/", len(place) + 1)
                step = found if end < 0 else found[:end]
                below[step] = below.get(step, 0) + number
        if place in counts or len(below) != 1:
            return below
        (place,) = below


def above(place: str) -> Iterable[str]:
    """Every place that ``place`` is below."""
    while "/" in place:
        place = place.rpartition("/")[0]
        yield place
