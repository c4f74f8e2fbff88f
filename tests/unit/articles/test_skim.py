"""Skimming gives what parsing gives."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sgtui.articles.front_matter import read_header
from sgtui.articles.parser import Digest, _make
from sgtui.articles.skim import HEADING, TEXT, skim
from sgtui.markup.factory import parse
from sgtui.paths import bundled_library

LINES = (
    "# 見出し",
    "## 二つ目 **太字** の見出し",
    "### C#",
    "## 閉じる ##",
    "#見出しでない",
    "##",
    "見出し\n===",
    "見出し\n---",
    "これは **重要** です。",
    "これは**「重要」**です",
    "実は **バックオフィス** 部門です",
    "a **b** c",
    "`code` と `x y`",
    "` 空白 `",
    "[リンク](other.md)と[もう一つ](https://example.com/a?b=1#c)",
    "![図](a.png)",
    "[[wiki]]",
    "[a][b]",
    "snake_case と __init__",
    "2 * 3 * 4",
    "***強い***",
    "**a**b**c**",
    "**未完",
    "~~消す~~",
    "\\*escape\\*",
    "&amp; &copy;",
    "3つの要素",
    "1. 一つ目",
    "2. 二つ目",
    "10) 十",
    "- 項目",
    "- **太字**の項目",
    "* 星",
    "+ 足す",
    "- [ ] 作業",
    "- [x] 済み",
    "  続き",
    "   - 入れ子",
    "    字下げ",
    "- 項目\n  続き",
    "- 項目\n続き",
    "> 引用",
    "> - 引用の中",
    "> # 引用の見出し",
    "---",
    "***",
    "| a | b |\n|---|---|\n| 一 | **二** |",
    "| a | b |\n|:-:|--:|\n| 一 |\n| 一 | 二 | 三 |",
    "| a |\n|---|",
    "|---|",
    "```python\nprint('# no')\n\n- no\n```",
    "```\n閉じない",
    "~~~\n波\n~~~",
    "``` a`b\n```",
    "用語\n: 意味",
    "用語\n\n: 意味",
    "<b>太い</b>",
    "<details>\n<summary>要約</summary>\n\n中\n\n</details>",
    "<!-- 注 -->",
    "<!-- 長い\n\n# 注\n-->",
    "<!-- 注 --> 後",
    "<!-- 閉じない",
    "<!-- quiz を書く -->",
    " <!-- 字下げ -->",
    "- <!-- 項目 -->",
    "`code` で始まる\n`foo` 行",
    "**太字**で始まる",
    '[リンク](x)で始まる\n(括弧)\n"引用"',
    "- `code` の項目",
    "- [x](y) の項目",
    "- [x] ",
    "1. **太字**",
    "* * *",
    "**",
    "** x",
    "段落 <b>太い</b> 続き",
    "- <div>\n  中\n",
    "```html\n<!DOCTYPE html>\n\n\t<b>\n```",
    "````\n```\n<b>\n````",
    "<!--\n```\n-->\n<b>\n```",
    "<script>\n```\n\n</script>",
    "a < b > c",
    "[ref]: http://x",
    "注[^1]",
    "[^1]: 脚注",
    "$x^2$ と 100$",
    "$$\nx\n$$",
    ":::note\n注意\n:::",
    "> [!NOTE]\n> 注",
    "import X from 'y'",
    "{/* 注 */}",
    "{x}",
    "行末の空白  ",
    "行末\\",
    "　全角で始まる",
    "\u200b零幅",
    "タブ\tあり",
    "é combining e\u0301",
    "ﾊﾝｶｸ ｶﾞ",
    "𠮷野家🔑",
    "“引用” 'x'",
    "<!-- quiz id=a -->\nどれか。\n\n- [ ] 一\n  > 違う。\n- [x] 二\n\n> 解説: こう。\n<!-- /quiz -->",
    "<!-- quiz id=b type=fill -->\n____である。\n\n- [x] 答え\n<!-- /quiz -->",
    "<!-- quiz id=c -->\nどれか。",
    "<!-- /quiz -->",
    "<!-- quiz -->\n問い\n\n```\n<!-- /quiz -->\n# x\n```\n\n- [x] 一\n- [ ] 二",
    "<!-- case id=d -->",
    "<!-- /case -->",
    "場面の説明。",
    "",
)

BODIES = st.lists(
    st.tuples(st.sampled_from(LINES), st.sampled_from(("\n", "\n\n", "\n\n\n"))), min_size=1, max_size=8
).map(lambda parts: "".join(line + end for line, end in parts))


def digests(body: str) -> tuple[Digest, Digest]:
    """The same body skimmed and parsed."""
    raw = read_header(body, "a.md")
    made = [
        _make(raw, tokens, "a.md", dialects=(), source_problems=(), root_name="r")
        for tokens in (skim(raw.header.body), parse(raw.header.body))
    ]
    first, second = (Digest(one.info, one.header.id, one.body.texts) for one in made)
    return first, second


@settings(max_examples=150, deadline=None)
@given(BODIES)
def test_any_mixture_of_forms(body: str) -> None:
    skimmed, parsed = digests(body)
    assert skimmed.sections == parsed.sections
    assert skimmed == parsed


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("あア漢a1 \n\n#-*>|`[](){}<!:_~$\\.,。、　\t=+"), max_size=60))
def test_any_characters(body: str) -> None:
    skimmed, parsed = digests(body)
    assert skimmed == parsed


@pytest.mark.parametrize("path", sorted(str(p.relative_to(bundled_library())) for p in bundled_library().rglob("*.md")))
def test_the_course(path: str) -> None:
    skimmed, parsed = digests((bundled_library() / path).read_text("utf-8"))
    assert skimmed == parsed


def test_ordinary_text_is_not_parsed() -> None:
    body = Path(__file__).parents[2].joinpath("data/articles/ordinary.md").read_text("utf-8")
    assert {token.type for token in skim(body).tokens} == {TEXT, HEADING}
