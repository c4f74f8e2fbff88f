"""An article with everything the reader has keys for, and short words for looking at the page."""

from pathlib import Path

from textual.pilot import Pilot

from sgtui.typeset.model import Place
from sgtui.ui.app import SgtuiApp
from sgtui.ui.reading.open_article import OpenArticle
from sgtui.ui.screens.reader import ReaderScreen
from sgtui.ui.widgets.bars import KeyBar
from sgtui.ui.widgets.page_view import PageView

TOUR = """---
title: 鍵の巡回
order: 40
---

会議室の鍵は、[無くした鍵](lost.md)と[本数](../basics/keys.md#本数を数える)で扱う。脚注もある[^1]。

[壊れた行き先](nowhere.md)と[外の世界](https://example.com/very/long?page=1)もある。

## 一つめの節

鍵を閉める人は、鍵を開ける人でもある。扉の鍵を確かめる。二つめの文である。[まとめへ](#まとめ)飛ぶ。

<details><summary>開くと見える</summary>

隠れていた鍵の話である。

</details>

{filler}

## 二つめの節

```python
print("鍵")
very_long_line = "x" * 10 + "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz"
```

<!-- quiz id=tour-01 -->
鍵はどれか。

- [x] 甲
  > 甲である。
- [ ] 乙
  > 乙ではない。
<!-- /quiz -->

{filler}

## まとめ

鍵は[無くした鍵](lost.md)に尽きる。

[^1]: 脚注の本文である。[次の鍵](lost.md)も見る。
"""
FILLER = "\n\n".join(f"これは{n}番目の段落で、読みながら進むための文が続いている。" for n in range(30))
KEY = "threat/tour"


def write_tour(library: Path, text: str = TOUR) -> Path:
    """Put the article into a library."""
    path = library / "threat" / "tour.md"
    path.write_text(text.replace("{filler}", FILLER), "utf-8")
    return path


def reader(app: SgtuiApp) -> ReaderScreen:
    assert isinstance(app.screen, ReaderScreen)
    return app.screen


def held(app: SgtuiApp) -> OpenArticle:
    """The article on the page and all that is done with it."""
    found = reader(app).it
    assert found is not None
    return found


def page(app: SgtuiApp) -> str:
    """What the page shows, line by line."""
    view = app.screen.query_one(PageView)
    return "\n".join(view.render_line(y).text.rstrip() for y in range(view.size.height))


def key_bar(app: SgtuiApp) -> str:
    bar = app.screen.query_one(KeyBar)
    return bar.render_line(0).text


def styles_of(app: SgtuiApp, words: str) -> set[str]:
    """The styles in which ``words`` stand on the screen."""
    view = reader(app).view
    found: set[str] = set()
    for row in range(view.top, min(view.bottom, reader(app).page.height)):
        line, place = reader(app).page.line(row)
        spans = view.decorate(line, place)
        found |= {name for span in spans if words in span.text for name in span.style.split()}
    return found


async def open_tour(pilot: Pilot[int], app: SgtuiApp) -> None:
    app.meet_learner()
    app.read(KEY)
    await pilot.pause()
    await pilot.pause()


async def go_to(pilot: Pilot[int], app: SgtuiApp, words: str) -> None:
    """Bring the first block with ``words`` to the top."""
    block = next(i for i, b in enumerate(reader(app).blocks) if words in b.text)
    reader(app).view.go(Place(block, 0))
    await pilot.pause()


async def workers_done(app: SgtuiApp, *groups: str) -> None:
    """Wait for the workers of these groups (the list of marks, by default); others follow files for ever."""
    found = [worker for worker in app.workers if worker.group in (groups or ("lost",))]
    if found:
        await app.workers.wait_for_complete(found)
