"""An article made ready to be laid out: read, parsed, cut into blocks.  No widget in here: it may be made in a thread."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sgtui.articles.model import Article, Section
from sgtui.typeset.block import Block
from sgtui.typeset.document import build
from sgtui.typeset.model import Place, TypesetOptions

if TYPE_CHECKING:
    from sgtui.library.model import Library

LONG = 100_000
"""Characters of an article from which on it is made ready in a thread: below, that takes less than a blink."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """An article and its blocks.  ``starts`` holds the first block of each section."""

    article: Article
    blocks: list[Block]
    starts: tuple[int, ...]

    def section_at(self, block: int) -> Section | None:
        """The section that a block stands in."""
        sections = self.article.sections
        if not self.blocks or not sections:
            return None
        return sections[self.blocks[max(0, min(block, len(self.blocks) - 1))].section]

    def place_of(self, slug: str) -> Place:
        """Where a section begins; the article's beginning for a slug it does not have."""
        index = next((s.index for s in self.article.sections if s.slug == slug), 0)
        return Place(self.starts[index] if self.starts else 0, 0)


def prepare(library: "Library", key: str, options: TypesetOptions) -> Sheet:
    """Read an article as it is now and cut it into blocks; raises KeyError for a key the library does not have."""
    from sgtui.markup.factory import uncollected

    with uncollected():
        article = library.read(key)
        blocks = build(article, options)
    return Sheet(article, blocks, _starts(blocks, len(article.sections)))


def _starts(blocks: list[Block], sections: int) -> tuple[int, ...]:
    """The first block of each section; of one without any, the first of the next that has some."""
    first: dict[int, int] = {}
    for index, block in enumerate(blocks):
        first.setdefault(block.section, index)
    starts, following = [], max(0, len(blocks) - 1)
    for section in reversed(range(sections)):
        following = first.get(section, following)
        starts.append(following)
    return tuple(reversed(starts))
