"""Pictures: only from inside the library, drawn above their captions, and nothing moves when they come."""

import importlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from sgtui.typeset.block import Block
from sgtui.typeset.contents import RunContent
from sgtui.typeset.model import Line, Place, Span
from sgtui.typeset.page import Page
from sgtui.ui.app import SgtuiApp
from sgtui.ui.reading import pictures
from sgtui.ui.reading.pictures import Measured, Pictures, Size, draw, fitted, measure, picture_file, wanted
from sgtui.ui.widgets.lines import pixels
from tests.ui.reading import held, open_tour, page, reader, workers_done, write_tour

OpenApp = Callable[..., SgtuiApp]
ARTICLE = "threat/tour.md"
TEXT = """---
title: 図
---

# 図のある記事

{before}

![鍵の図](../img/鍵 図.png "図")

{filler}
"""


def put(library: Path, name: str, data: bytes = b"x") -> Path:
    path = library / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def png(width: int = 80, height: int = 40, colour: str = "#ff0000", kind: str = "PNG") -> bytes:
    pytest.importorskip("PIL")
    stream = BytesIO()
    importlib.import_module("PIL.Image").new("RGB", (width, height), colour).save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize("address", ["../img/鍵.png", "../img/%E9%8D%B5.png", "../threat/../img/鍵.png#a"])
def test_a_file_of_the_library_is_found(library: Path, address: str) -> None:
    file = put(library, "img/鍵.png")
    assert picture_file(library, ARTICLE, address) == file.resolve()


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/鍵.png", "//example.com/鍵.png", "file:///img/鍵.png", "data:image/png;base64,AA.png",
        "../../鍵.png", "%2e%2e/%2e%2e/鍵.png", "..\\img\\鍵.png", "C:/鍵.png", "C%3A/鍵.png", "/img/鍵.png",
        "../img/鍵.svg", "../img/無い.png", "../img/dir.png", "../img/a%00.png", "", "http://[.png", "../img/out.png",
        "../img/loop.png", "../img/" + "長" * 300 + ".png",
    ],
)  # fmt: skip
def test_whatever_leads_elsewhere_is_not(library: Path, address: str) -> None:
    outside = put(library.parent, "鍵.png")
    put(library, "img/鍵.png")
    put(library, "img/鍵.svg")
    (library / "img/dir.png").mkdir()
    (library / "img/out.png").symlink_to(outside)
    (library / "img/loop.png").symlink_to("loop.png")
    assert picture_file(library, ARTICLE, address) is None


def test_an_absolute_path_is_not_even_inside_the_library(library: Path) -> None:
    assert picture_file(library, ARTICLE, str(put(library, "img/鍵.png"))) is None


def test_a_huge_file_is_left_alone(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library, "img/鍵.png", b"12345")
    monkeypatch.setattr(pictures, "MOST_BYTES", 4)
    assert picture_file(library, ARTICLE, "../img/鍵.png") is None


def test_without_colours_or_against_the_learner_s_wish_nothing_is_drawn() -> None:
    assert not wanted(False, {})
    assert not wanted(True, {"NO_COLOR": "1"})
    assert not wanted(True, {"TERM": "dumb"})


@pytest.mark.parametrize(
    ("width", "height", "limit", "size"),
    [(800, 400, 60, (60, 15)), (400, 4000, 60, (4, 20)), (16, 16, 60, (4, 2)), (1, 9000, 60, (1, 20)),
     (9000, 1, 60, (60, 1))],
)  # fmt: skip
def test_a_picture_fits_the_column_and_twenty_rows(width: int, height: int, limit: int, size: tuple[int, int]) -> None:
    assert fitted(width, height, limit) == size


def test_lines_are_half_blocks_in_the_picture_s_colours(library: Path) -> None:
    lines = draw(put(library, "a.png", png()), Size(6, 2))
    assert [line.spans for line in lines] == [(Span("▀▀▀▀▀▀", "rgb.#ff0000.#ff0000"),)] * 2
    assert [line.start for line in lines] == [-2, -1]
    assert measure(library / "a.png") == Measured(library / "a.png", 80, 40)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_damaged_files_give_nothing(library: Path, kind: str) -> None:
    data = png(kind=kind)
    for length in (0, 4, 20, len(data) // 2):
        file = put(library, "a.png", data[:length])
        measure(file)  # a whole header may do
        assert draw(file, Size(6, 2)) == ()


@pytest.mark.parametrize("side", [8_000, 12_000, 20_000])
def test_a_bomb_is_not_opened(library: Path, side: int) -> None:
    data = bytearray(png())
    data[16:24] = side.to_bytes(4, "big") * 2
    crc = importlib.import_module("zlib").crc32(data[12:29])
    data[29:33] = crc.to_bytes(4, "big")
    file = put(library, "a.png", bytes(data))
    assert measure(file) is None
    assert draw(file, Size(6, 2)) == ()


def test_a_cell_has_both_colours_and_steps_back_with_the_rest() -> None:
    ground = importlib.import_module("textual.color").Color.parse("#000000")
    plain, faded = (pixels(names, ground) for names in (" rgb.#ff0000.#00ff00", "rgb.#ff0000.#00ff00 unfocused"))
    assert plain.color is not None
    assert plain.color.name == "#ff0000"
    assert plain.bgcolor is not None
    assert plain.bgcolor.name == "#00ff00"
    assert faded != plain


def test_every_row_of_a_picture_is_a_place_of_its_own() -> None:
    blocks = [Block("image", 0, 1, RunContent(Span("図")), info="a.png", before=n) for n in (0, 1)]
    shown = Pictures(blocks, on=True)
    page = Page(blocks, 40, picture_lines=shown.lines)
    assert page.height == 3
    shown.know({"a.png": Measured(Path("a.png"), 80, 40)})
    for block in (0, 1):
        page.invalidate(block)
    assert page.height == 3 + 2 * 5
    assert [page.row_of(page.place_at(row)) for row in range(page.height)] == list(range(page.height))
    assert page.line(page.row_of(Place(1, 0)))[0].text == "図"


def test_few_pictures_are_kept_and_the_room_of_the_others_stays() -> None:
    blocks = [Block("image", 0, 1, RunContent(Span("図")), info=f"{n}.png") for n in range(40)]
    shown = Pictures(blocks, on=True)
    shown.know({b.info: Measured(Path(b.info), 80, 40) for b in blocks})
    heights = [len(shown.lines(block, 40)) for block in blocks]
    for name, _measured, size in shown.missing(0, 40):
        shown.put(name, size, black(size))
    assert [len(shown.lines(block, 40)) for block in blocks] == heights
    assert len(shown.missing(0, 40)) == pictures.KEPT


def black(size: Size) -> tuple[Line, ...]:
    return tuple(Line((Span("▀", "rgb.#000000.#000000"),), 1, row - size.rows) for row in range(size.rows))


async def test_the_picture_comes_above_its_caption(
    open_app: OpenApp, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    put(library, "img/鍵 図.png", png())
    write_tour(library, TEXT.replace("{before}", "前の段落。").replace("../img/鍵 図.png", "<../img/鍵 図.png>"))
    app = open_app()
    async with app.run_test(size=(90, 30)) as pilot:
        await open_tour(pilot, app)
        for _round in range(3):
            await workers_done(app, "pictures")
            await pilot.pause()
        rows = page(app).splitlines()
        caption = next(index for index, row in enumerate(rows) if "鍵の図" in row)
        assert [row.strip() for row in rows[caption - 5 : caption]] == ["▀" * 20] * 5
        assert "図のある記事" in page(app)


async def test_text_below_a_picture_that_comes_stays_where_it_is(
    open_app: OpenApp, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sgtui.ui.reading.open_article.wanted", lambda _images, _environ: True)
    text = TEXT.replace("{before}", "前の段落。").replace("../img/鍵 図.png", "無い.png")
    write_tour(library, text)
    app = open_app()
    async with app.run_test(size=(90, 16)) as pilot:
        await open_tour(pilot, app)
        await workers_done(app, "pictures")
        it, view = held(app), reader(app).view
        image = next(index for index, block in enumerate(it.blocks) if block.kind == "image")
        view.go(Place(image + 2, 0))
        await pilot.pause()
        before = page(app)
        place = view.place()
        address = it.blocks[image].info
        it.pictures.know({address: Measured(library / "無い.png", 400, 300)})
        reader(app).picturing._changed(it, [address], place)
        await pilot.pause()
        assert it.page.extent(image)[1] == 20 + 1
        assert page(app) == before
