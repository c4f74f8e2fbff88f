import pytest

from sgtui.quiz.labels import answer_index, authored, labels, refers_to_label, refers_to_position


@pytest.mark.parametrize(
    ("characters", "indexes"),
    [
        ("1234567890", range(10)),
        ("１２３４５６７８９０", range(10)),
        ("アイウエオカキクケコ", range(10)),
        ("あいうえおかきくけこ", range(10)),
        ("ｱｲｳｴｵｶｷｸｹｺ", range(10)),
        ("aiueo", range(5)),
        ("AIUEO", range(5)),
        ("ａｉｕｅｏ", range(5)),
    ],
)
def test_every_way_to_type_a_choice(characters: str, indexes: range) -> None:
    assert [answer_index(character) for character in characters] == list(indexes)


@pytest.mark.parametrize("character", ["b", "c", "q", "j", "k", "n", "/", " ", "", "漢", "ア.", "up", "ガ", "ァ"])
def test_the_readers_keys_are_no_answers(character: str) -> None:
    assert answer_index(character) is None


def test_latin_labels_take_their_letters() -> None:
    assert [answer_index(character, "latin") for character in "aBcｄeＦ1ア"] == [0, 1, 2, 3, 4, 5, 0, 0]


def test_labels_never_run_out() -> None:
    assert labels(4, "kana") == ("ア", "イ", "ウ", "エ")
    assert labels(3, "latin") == ("A", "B", "C")
    assert len(set(labels(60, "latin"))) == len(set(labels(60, "kana"))) == 60


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (["ア. 甲", "イ. 乙"], ["ア", "イ"]),
        (["ア　甲", "イ　乙"], ["ア", "イ"]),
        (["（ア）甲", "（イ）乙"], ["ア", "イ"]),
        (["A) 甲", "B) 乙", "C) 丙"], ["A", "B", "C"]),
        (["a．甲", "b．乙"], ["a", "b"]),
        (["(1) 甲", "(2) 乙"], ["1", "2"]),
        (["1. 甲", "2. 乙"], ["1", "2"]),
        (["①甲", "②乙"], ["①", "②"]),
        (["Ｂ．甲", "Ａ．乙"], ["B", "A"]),
        (["ｱ) 甲", "ｲ) 乙"], ["ア", "イ"]),
        (["（一）甲", "（二）乙"], ["一", "二"]),
    ],
)
def test_labels_an_author_wrote(texts: list[str], names: list[str]) -> None:
    found = authored(texts)
    assert found is not None
    assert [name for name, _ in found] == names
    assert [text[length:] for text, (_, length) in zip(texts, found, strict=True)] == list("甲乙丙")[: len(texts)]


@pytest.mark.parametrize(
    "texts",
    [
        ["A社", "B社"],
        ["3.5 GHz", "4.5 GHz"],
        ["ア. 甲", "乙"],
        ["ア. 甲", "ウ. 乙"],
        ["ア. 甲", "ア. 乙"],
        ["A. Smith", "C. Jones"],
        ["10:30に始める", "11:30に始める"],
        ["ア", "イ"],
    ],
)
def test_what_only_looks_like_labels(texts: list[str]) -> None:
    assert authored(texts) is None


@pytest.mark.parametrize("text", ["アは誤り", "正解はイである。", "（ウ）が正しい", "ア・イは同じ", "アとエの違い"])
def test_kana_labels_in_a_text(text: str) -> None:
    assert refers_to_label(text, [])


@pytest.mark.parametrize("text", ["アクセスは誤り", "メディアは", "エスカレーション", "カメラが", "3カ月は", "A社は"])
def test_words_are_no_labels(text: str) -> None:
    assert not refers_to_label(text, [])


def test_latin_and_number_labels_count_only_where_they_were_written() -> None:
    assert refers_to_label("Aが正しい。", ["A", "B"])
    assert refers_to_label("Option B is wrong.", ["A", "B"])
    assert not refers_to_label("A社のBさんに知らせる。", ["A", "B"])
    assert not refers_to_label("Aが正しい。", [])
    assert refers_to_label("選択肢2は誤り。", ["1", "2"])


def test_choices_that_speak_of_the_others() -> None:
    assert refers_to_position(["甲", "上記のすべて"])
    assert refers_to_position(["x", "None of the above"])
    assert not refers_to_position(["すべての端末", "all users"])
