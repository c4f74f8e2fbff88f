"""Pictures of an article, from inside its library only, as lines of half-block cells.

A file is measured before it is drawn: its rows are then kept free on the page, and text does not move when the picture
comes, or goes to make room for others.  Whatever cannot be shown is left to its caption.
"""

import importlib.util
import struct
import warnings
import zlib
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote, urlsplit

from sgtui.typeset.block import Block
from sgtui.typeset.model import Line, Span

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_PIXELS: Final = 50_000_000
MOST_ROWS: Final = 20
KEPT: Final = 16
"""Pictures kept once drawn."""
AHEAD: Final = 8
"""Blocks beyond the screen whose pictures are drawn already."""
PIXELS_A_CELL: Final = 4
"""A cell shows at least so many pixels side by side: enlarged, a small picture is only coarser."""

_FORMATS: Final = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF", ".webp": "WEBP", ".bmp": "BMP"}
_BAD_FILE: Final = (
    OSError, ValueError, TypeError, LookupError, ArithmeticError, EOFError, SyntaxError, AttributeError, RuntimeError,
    MemoryError, struct.error, zlib.error, Warning,
)  # fmt: skip
"""What Pillow's decoders raise on files that are damaged or made to do damage."""
_TURNED: Final = range(5, 9)
_ORIENTATION: Final = 0x0112


class Size(NamedTuple):
    """Cells across and rows of cells."""

    columns: int
    rows: int


class Measured(NamedTuple):
    """A picture that can be shown: its file, and its size in pixels."""

    file: Path
    width: int
    height: int


def wanted(images: bool, environ: Mapping[str, str]) -> bool:
    """Whether pictures are drawn at all: ``images`` is the learner's setting, and the terminal needs colours."""
    if not images or environ.get("NO_COLOR") or environ.get("TERM") == "dumb":
        return False
    return importlib.util.find_spec("PIL") is not None


def picture_file(root: Path, article: str, address: str) -> Path | None:
    """The file that ``address`` in the article at ``article`` (relative to the library ``root``) means.

    None where it is no ordinary file of a known kind and size inside the library, links followed.
    """
    try:
        parts = urlsplit(address.strip())
        path = unquote(parts.path)
        if parts.scheme or parts.netloc or not path or path[0] == "/" or set(path) & {"\\", ":", "\0"}:
            return None
        if Path(path).suffix.lower() not in _FORMATS:
            return None
        file = ((root / article).parent / path).resolve(strict=True)
        inside = file.is_relative_to(root.resolve(strict=True))
        return file if inside and file.is_file() and file.stat().st_size <= MOST_BYTES else None
    except (OSError, ValueError, RuntimeError):  # not there, not readable, no address, links in a circle
        return None


def fitted(width: int, height: int, limit: int) -> Size:
    """The cells that a picture of ``width`` × ``height`` pixels takes, at most ``limit`` across and 20 down."""
    scale = min(limit / width, 2 * MOST_ROWS / height, 1 / PIXELS_A_CELL)
    return Size(max(1, round(width * scale)), max(1, -(-round(height * scale) // 2)))


def _bad_file() -> tuple[type[BaseException], ...]:
    from PIL import Image  # an extra, and slow to import

    return (*_BAD_FILE, Image.DecompressionBombError)


def _opened(file: Path) -> "Image.Image | None":
    """The picture with its header read; raises one of :func:`_bad_file`."""
    from PIL import Image

    with file.open("rb") as stream:
        data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        return None
    warnings.filterwarnings("error", category=Image.DecompressionBombWarning)
    image = Image.open(BytesIO(data), formats=tuple(sorted(set(_FORMATS.values()))))
    return image if 0 < image.width * image.height <= MOST_PIXELS else None


def measure(file: Path) -> Measured | None:
    """The size of a picture as it is seen, or None where it cannot be shown."""
    try:
        image = _opened(file)
        if image is None:
            return None
        turned = image.format == "JPEG" and image.getexif().get(_ORIENTATION) in _TURNED
    except _bad_file():
        return None
    width, height = (image.height, image.width) if turned else image.size
    return Measured(file, width, height)


def draw(file: Path, size: Size) -> tuple[Line, ...]:
    """A picture in just ``size`` cells; no lines where it cannot be read.

    The lines count up to the caption with negative offsets, as the blank lines above a block do: -1 is the nearest.
    """
    try:
        image = _opened(file)
        pixels = _pixels(image, size) if image is not None else b""
    except _bad_file():
        return ()
    return tuple(_cells(pixels, size)) if pixels else ()


def _pixels(image: "Image.Image", size: Size) -> bytes:
    """RGB bytes, two rows of pixels for each row of cells; what is transparent is white, as on paper."""
    from PIL import Image, ImageOps

    columns, rows = size.columns, size.rows * 2
    side = 2 * max(columns, rows)
    image.draft("RGB", (side, side))
    if image.format == "JPEG":
        image = ImageOps.exif_transpose(image)
    if image.mode not in ("L", "RGB"):
        image = image.convert("RGBA")
    image = image.resize((columns, rows), Image.Resampling.BOX, reducing_gap=2.0)
    if image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return image.convert("RGB").tobytes()


def _cells(pixels: bytes, size: Size) -> Iterator[Line]:
    stride = 3 * size.columns
    for row in range(size.rows):
        upper, lower = (pixels[at : at + stride].hex() for at in (2 * row * stride, (2 * row + 1) * stride))
        styles = [f"rgb.#{upper[at : at + 6]}.#{lower[at : at + 6]}" for at in range(0, 2 * stride, 6)]
        spans = tuple(Span("▀" * len(list(same)), style) for style, same in groupby(styles))
        yield Line(spans, size.columns, row - size.rows, row - size.rows)


class Pictures:
    """The pictures of one article: which can be shown, and those drawn last.  Used by one thread only."""

    def __init__(self, blocks: Sequence[Block], *, on: bool) -> None:
        self._at = [index for index, block in enumerate(blocks) if block.kind == "image"] if on else []
        self._blocks = blocks
        self._known: dict[str, Measured] = {}
        self._drawn: OrderedDict[tuple[str, Size], tuple[Line, ...]] = OrderedDict()
        self._missing: dict[str, Size] = {}

    @property
    def addresses(self) -> list[str]:
        """The addresses of all pictures, each once."""
        return list(dict.fromkeys(self._blocks[index].info for index in self._at))

    def blocks_of(self, addresses: Sequence[str]) -> list[int]:
        """The blocks that show these pictures."""
        return [index for index in self._at if self._blocks[index].info in addresses]

    def know(self, found: Mapping[str, Measured]) -> None:
        """Remember which pictures can be shown."""
        self._known.update(found)

    def lines(self, block: Block, width: int) -> Sequence[Line]:
        """What stands above a caption in ``width`` cells: the picture, else its place kept free, else nothing."""
        known = self._known.get(block.info)
        if known is None:
            return ()
        size = fitted(known.width, known.height, width)
        found = self._drawn.get((block.info, size))
        if found is not None:
            self._drawn.move_to_end((block.info, size))
            return found
        self._missing[block.info] = size
        return [Line((), 0, row - size.rows, row - size.rows) for row in range(size.rows)]

    def missing(self, first: int, last: int) -> list[tuple[str, Measured, Size]]:
        """The pictures to be drawn from block ``first`` to a little beyond block ``last``."""
        near = dict.fromkeys(self._blocks[index].info for index in self._at if first <= index <= last + AHEAD)
        found = [(name, self._known[name], self._missing[name]) for name in near if name in self._missing]
        return found[:KEPT]

    def put(self, address: str, size: Size, lines: tuple[Line, ...]) -> None:
        """Keep a picture that was drawn; one that could not be is left to its caption from now on."""
        if self._missing.get(address) == size or not lines:
            self._missing.pop(address, None)
        if not lines:
            self._known.pop(address, None)
            return
        self._drawn[address, size] = lines
        while len(self._drawn) > KEPT:
            self._drawn.popitem(last=False)


def measure_all(root: Path, article: str, addresses: Sequence[str]) -> dict[str, Measured]:
    """Those of an article's pictures that can be shown; reads files: for a thread."""
    files = {address: picture_file(root, article, address) for address in addresses}
    found = {address: measure(file) for address, file in files.items() if file is not None}
    return {address: size for address, size in found.items() if size is not None}
