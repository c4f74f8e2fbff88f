from sgtui.typeset.excerpt import excerpt
from sgtui.typeset.model import TypesetOptions
from tests.unit.typeset.setting import page

SOURCE = """前[^前]。

## 一

文[^一]と文[^二]。

## 二

- 項目[^一]

[^前]: 前の注
[^一]: 一の注

    続き
[^二]: 二の注[^孫]
[^孫]: 孫の注
"""


def shown(*sections: int) -> list[str]:
    made = page(SOURCE)
    return [block.text for block in excerpt(made.blocks, sections, TypesetOptions())]


def test_a_section_takes_its_notes_along() -> None:
    assert shown(1) == ["一", "文[2]と文[3]。", "", "一の注", "続き", "二の注[4]"]
    assert shown(2) == ["二", "項目[2]", "", "一の注", "続き"]


def test_all_sections_are_the_article_and_none_is_nothing() -> None:
    assert shown() == []
    assert len(shown(0, 1, 2)) == len(page(SOURCE).blocks) - 1, "a note that only a note refers to stays away"


def test_an_article_without_notes() -> None:
    made = page("## 一\n\n文。\n\n## 二\n\n文の二。\n")
    assert [block.text for block in excerpt(made.blocks, {1}, TypesetOptions())] == ["二", "文の二。"]
