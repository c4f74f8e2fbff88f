"""What must stay true of the bundled course, whoever edits it next (docs/course.md says why)."""

import re
from collections import Counter
from typing import Final, get_args

import pytest

from sgtui.library.check import loops
from sgtui.markup.fold import fold
from sgtui.quiz import quality
from sgtui.quiz.model import QuizKind
from sgtui.typeset.cells import width
from tests.content.course import CLOSING, CONTENT, TERMS, Course, Page, offers, read_course, remarks, sentences, words

ARTICLES: Final = 25
QUIZZES: Final = 130
TYPES: Final = {"term", "problem", "method", "news"}
AGEING: Final = {
    "sg-exam-overview",
    "sg-2027-transition",
    "password-attacks",
    "ten-major-threats-2026",
    "encryption-basics-and-pqc",
}
"""Articles with facts that change: they carry a date, in the header and in the text."""

POLITE: Final = re.compile(r"(?:です|(?<!だ)ます|ました|ません|でしょう|ください)か?(?:。|$)")
STATEMENT: Final = re.compile(r"(?:[るたうくすぬぐぶだ]|(?<![一二三四五六七八九])つ|ない)$")
UNWANTED: Final = re.compile(r"はじめに|いかがでした|ではないでしょうか|[\U0001F300-\U0001FAFF]")
OTHER_SPELLINGS: Final = re.compile(
    r"見付|ふだん|をもつ|をもち|義務づ|位置づ|気づ|サーバー|ユーザ|Cookie|クッキー|(?<!ーク)ウェブ|パソコン"
)
"""Spelt 見つ、普段、を持つ、義務付、位置付、気付、サーバ、利用者、cookie、Web、PC here."""

JAPANESE: Final = "ぁ-んァ-ヶー一-龠々、。「」（）"
LOOSE: Final = re.compile(rf"[{JAPANESE}] +[0-9A-Za-z]|[0-9A-Za-z] +[{JAPANESE}]")
SPACED: Final = re.compile(rf"[{JAPANESE}0-9A-Za-z] \*\*|\*\* [{JAPANESE}0-9A-Za-z]")
CLOSING_LINES: Final = ("土台になる記事：", "関連する記事：", "次に読む記事：")


@pytest.fixture(scope="module")
def course() -> Course:
    return read_course()


class TestWhole:
    def test_the_check_finds_nothing(self, course: Course) -> None:
        assert [str(problem) for problem in course.report.problems] == []

    def test_its_size(self, course: Course) -> None:
        assert len(course.pages) == course.report.articles == ARTICLES
        assert sum(1 for _ in course.quizzes) == course.report.quizzes
        assert course.report.quizzes >= QUIZZES

    def test_every_file_is_listed(self, course: Course) -> None:
        files = {path.relative_to(CONTENT).as_posix() for path in CONTENT.glob("*/*.md")}
        assert {page.article.info.path for page in course.pages} == files


class TestHeader:
    def test_names_and_places(self, course: Course) -> None:
        known = {category.id for category in course.report.library.manifest.categories}
        for page in course.pages:
            header = page.article.front_matter
            folder, _slash, file = page.article.info.path.partition("/")
            assert header.id == page.id == file.removesuffix(".md")
            assert header.category == folder
            assert header.category in known, page.id

    def test_every_field_is_filled(self, course: Course) -> None:
        for page in course.pages:
            header = page.article.front_matter
            knowledge = header.extra["knowledge"]
            assert not header.draft, page.id
            assert header.published is not None, page.id
            assert header.updated is not None, page.id
            assert header.published <= header.updated, page.id
            assert 3 <= len(header.tags) == len(set(header.tags)) <= 5, page.id
            assert knowledge["examId"] == "sg", page.id
            assert knowledge["type"] in TYPES, page.id
            assert re.fullmatch(r"[a-z]+-[a-z-]+", knowledge["syllabusRef"]), page.id
            assert header.difficulty is not None, page.id
            assert 4 <= len(header.title) <= 32, page.id
            assert 40 <= len(header.summary) <= 80, page.id
            assert 60 <= len(header.extra["metadata"]["description"]) <= 110, page.id

    def test_facts_that_age_are_dated(self, course: Course) -> None:
        dated = {page.id for page in course.pages if page.article.front_matter.as_of}
        assert dated == AGEING
        assert all("2026年11月時点" in course.page(key).lesson for key in AGEING)

    def test_what_comes_first_is_read_first(self, course: Course) -> None:
        orders = {page.id: page.article.front_matter.order for page in course.pages}
        places = {page.id: number for number, page in enumerate(course.pages)}
        assert None not in orders.values()
        assert len(set(orders.values())) == ARTICLES
        assert [
            loop for loop in loops({info.key: info.prerequisites for info in course.report.library.infos}) if loop
        ] == []
        for page in course.pages:
            for key in page.article.front_matter.prerequisites:
                assert places[key] < places[page.id], (page.id, key)


class TestText:
    def test_sections(self, course: Course) -> None:
        counts = {page.id: sum(section.level == 2 for section in page.article.sections) for page in course.pages}
        assert {key: count for key, count in counts.items() if not 5 <= count <= 8} == {}
        assert all(page.article.sections[-1].title == CLOSING for page in course.pages)
        titles = Counter(section.title for page in course.pages for section in page.article.sections if section.title)
        assert [title for title, number in titles.items() if number > 1 and title != CLOSING] == []

    def test_length(self, course: Course) -> None:
        """A case may be shorter: its reader works with tables."""
        for page in course.pages:
            least = 1500 if page.article.info.category == "practice" else 1800
            assert least <= page.characters <= 3200, page.id

    def test_sentences_are_short(self, course: Course) -> None:
        texts = [(page.id, page.prose) for page in course.pages]
        texts += [(quiz.id, text) for _page, quiz in course.quizzes for text in remarks(quiz)]
        long = [(key, said) for key, text in texts for said in sentences(text) if len(said) >= 80]
        assert [(key, said) for key, said in long if not said.startswith(CLOSING_LINES)] == []

    def test_paragraphs_are_short(self, course: Course) -> None:
        paragraphs = [(page.id, text) for page in course.pages for text in page.paragraphs]
        long = [(key, text) for key, text in paragraphs if re.sub("「[^」]*」", "", text).count("。") > 3]
        assert long == []

    def test_no_space_between_japanese_and_latin(self, course: Course) -> None:
        texts = [(page.id, page.prose) for page in course.pages]
        texts += [(quiz.id, text) for _page, quiz in course.quizzes for text in words(quiz)]
        texts += [(term.term, term.meaning) for term in course.glossary.terms]
        found = [(key, match.group()) for key, text in texts for match in LOOSE.finditer(text)]
        assert found == []
        assert [page.id for page in course.pages if SPACED.search(page.lesson)] == []

    def test_no_filler(self, course: Course) -> None:
        assert [(page.id, match.group()) for page in course.pages for match in UNWANTED.finditer(page.body)] == []

    def test_one_spelling(self, course: Course) -> None:
        found = [(page.id, match.group()) for page in course.pages for match in OTHER_SPELLINGS.finditer(page.body)]
        found += [
            (term.term, match.group())
            for term in course.glossary.terms
            for match in OTHER_SPELLINGS.finditer(term.meaning)
        ]
        assert found == []

    def test_openings_differ(self, course: Course) -> None:
        openings = [page.opening for page in course.pages]
        assert quality.similar(openings, 0.3) == []
        assert len({opening[:6] for opening in openings}) == ARTICLES
        assert all(60 <= len(opening) <= 260 for opening in openings)
        assert [page.id for page in course.pages if "**" in page.opening] == []

    def test_closings_can_be_recited_and_differ(self, course: Course) -> None:
        assert [page.id for page in course.pages if not 3 <= len(page.summary) <= 6] == []
        lines = [line for page in course.pages for line in page.summary]
        assert quality.similar(lines, 0.5) == []
        assert all(line.endswith("。") and len(line) < 80 for line in lines)

    def test_the_last_lines_lead_on(self, course: Course) -> None:
        titles = {page.article.info.path: page.article.info.title for page in course.pages}
        for page in course.pages:
            lines = page.closing[len(page.summary) :]
            starts = [line[: line.index("：") + 1] for line in lines]
            assert starts == [start for start in CLOSING_LINES if start in starts], page.id
            assert (CLOSING_LINES[2] in starts) == (page is not course.pages[-1]), page.id
            for line in lines:
                assert re.fullmatch(r"\S+：\[[^\]]+\]\([^)]+\)(?:、\[[^\]]+\]\([^)]+\))*", line), page.id
                for text, href in re.findall(r"\[([^\]]+)\]\(([^)]+)\)", line):
                    target = (CONTENT / page.article.info.path).parent.joinpath(href).resolve()
                    assert titles[target.relative_to(CONTENT).as_posix()] == text, page.id
            named = "".join(line for line in lines if line.startswith(CLOSING_LINES[0]))
            base = re.findall(r"([a-z0-9-]+)\.md\)", named)
            assert sorted(base) == sorted(page.article.front_matter.prerequisites), page.id

    def test_flows_fit_a_narrow_window(self, course: Course) -> None:
        """A block's line has two cells of frame; code in a line is cut anywhere, so it stays short."""
        wide = [(page.id, line) for page in course.pages for line in page.code_lines if width(line) > 58]
        assert wide == []
        spans = [(page.id, span) for page in course.pages for span in re.findall(r"(?<!`)`([^`\n]+)`(?!`)", page.body)]
        assert [(key, span) for key, span in spans if width(span) > 24] == []


class TestQuizzes:
    def test_names(self, course: Course) -> None:
        for page in course.pages:
            ids = [quiz.id for quiz in page.article.quizzes]
            assert all(re.fullmatch(rf"{page.id}-\d\d", name) for name in ids), page.id
            assert ids == sorted(set(ids)), page.id
            assert 3 <= len(ids) <= 7, page.id

    def test_every_kind_has_its_place(self, course: Course) -> None:
        kinds = Counter(quiz.kind for _page, quiz in course.quizzes)
        assert set(kinds) == set(get_args(QuizKind))
        assert min(kinds.values()) >= 3
        assert 0.5 <= kinds["single"] / kinds.total() <= 0.8

    def test_true_and_false(self, course: Course) -> None:
        right = Counter(quiz.choices[0].correct for _page, quiz in course.quizzes if quiz.kind == "true-false")
        assert set(right) == {True, False}

    def test_right_answers_stand_everywhere(self, course: Course) -> None:
        low, high = quality.POSITION_SHARE
        shares = course.report.stats.position_shares(4)
        assert all(low <= share <= high for share in shares), shares

    def test_length_tells_nothing(self, course: Course) -> None:
        """Never the longest would be as good a clue as always."""
        four = [quiz for _page, quiz in course.quizzes if len(quiz.choices) == 4]
        share = quality.measure(four).longest_share
        assert 0.15 <= share <= 0.28
        assert course.report.stats.longest_share <= quality.LONGEST_SHARE

    def test_prompts_differ(self, course: Course) -> None:
        prompts = ["".join(quiz.prompt.text.split()) for _page, quiz in course.quizzes]
        assert quality.similar(prompts, quality.NEAR) == []
        assert 30 <= course.report.stats.prompt_median <= 60

    def test_every_choice_has_a_reason(self, course: Course) -> None:
        assert course.report.stats.without_reasons == 0
        reasons = [
            (quiz.id, "".join(choice.reason.text.split()))
            for _page, quiz in course.quizzes
            for choice in quiz.choices
            if choice.reason is not None
        ]
        assert [(key, reason) for key, reason in reasons if not 10 <= len(reason) <= 80] == []
        assert [number for number in Counter(reason for _key, reason in reasons).values() if number > 1] == []

    def test_every_quiz_is_explained(self, course: Course) -> None:
        bare = [quiz.id for _page, quiz in course.quizzes if quiz.kind != "recall" and quiz.explanation is None]
        assert bare == []
        assert all(quiz.answer is not None for _page, quiz in course.quizzes if quiz.kind == "recall")

    def test_plain_style(self, course: Course) -> None:
        texts = [(quiz.id, text) for _page, quiz in course.quizzes for text in words(quiz)]
        assert [(key, text) for key, text in texts if POLITE.search(text)] == []
        assert [(quiz.id, text) for _page, quiz in course.quizzes for text in remarks(quiz) if text[-1] != "。"] == []

    def test_full_stops(self, course: Course) -> None:
        """Whole sentences end with one, names and phrases do not; the sides of pairs never do."""
        for _page, quiz in course.quizzes:
            for texts in offers(quiz):
                stops = {text.endswith("。") for text in texts}
                assert len(stops) == 1, quiz.id
                if quiz.pairs:
                    assert stops == {False}, quiz.id
                elif stops == {False}:
                    assert not any(STATEMENT.search(text) for text in texts), quiz.id

    def test_single_choice_asks_which(self, course: Course) -> None:
        singles = [quiz for _page, quiz in course.quizzes if quiz.kind == "single"]
        assert [quiz.id for quiz in singles if "はどれか。" not in quiz.prompt.text] == []
        several = [quiz for _page, quiz in course.quizzes if quiz.kind == "multiple"]
        assert [quiz.id for quiz in several if "二つ選べ" not in quiz.prompt.text] == []
        assert {sum(choice.correct for choice in quiz.choices) for quiz in several} == {2}

    def test_cases(self, course: Course) -> None:
        """Each practice article has one: a scenario with a table, then quizzes, the first in the exam's form."""
        practice = [page for page in course.pages if page.article.info.category == "practice"]
        assert len(practice) >= 3
        for page in practice:
            (case,) = page.article.cases
            assert 400 <= len("".join(case.scenario.text.split())) <= 1200, page.id
            assert any(token.type == "table_open" for token in case.scenario.tokens), page.id
            assert len(case.quizzes) >= 3, page.id
            first = next(quiz for quiz in page.article.quizzes if quiz.id == case.quizzes[0])
            assert 5 <= len(first.choices) <= 10, page.id


class TestTerms:
    def test_bold_words_are_in_the_glossary(self, course: Course) -> None:
        missing = [(page.id, word) for page in course.pages for word in page.bold if course.glossary.find(word) is None]
        assert missing == []

    def test_entries_are_complete(self, course: Course) -> None:
        for term in course.glossary.terms:
            assert re.fullmatch(r"[ぁ-ゖー]+", term.reading), term.term
            assert re.fullmatch(r"[^。]{14,70}。", term.meaning), term.term
            assert not POLITE.search(term.meaning), term.term
            names = [fold(name) for name in (term.term, *term.aliases)]
            assert any(name in fold(course.page(term.article).lesson) for name in names), term.term

    def test_entries_are_not_repeated(self, course: Course) -> None:
        names = Counter(fold(name) for term in course.glossary.terms for name in (term.term, *term.aliases))
        assert [name for name, number in names.items() if number > 1] == []
        meanings = [term.meaning for term in course.glossary.terms]
        assert quality.similar(meanings, 0.7) == []

    def test_every_term_of_the_syllabus_is_taught(self, course: Course) -> None:
        lessons = {page.id: fold(page.lesson) for page in course.pages}
        assert [(key, term) for key, term in _terms() if fold(term) not in lessons[key].replace("**", "")] == []

    def test_every_term_of_the_syllabus_is_quizzed_or_explained_in_the_glossary(self, course: Course) -> None:
        asked = {page.id: fold("\n".join(_words(page))) for page in course.pages}
        lost = [row for row in _terms() if course.glossary.find(row[1]) is None and fold(row[1]) not in asked[row[0]]]
        assert lost == []


def _terms() -> list[tuple[str, str]]:
    rows = [line.split("\t") for line in TERMS.read_text(encoding="utf-8").splitlines()[1:]]
    terms = [(article, term) for article, term in rows]
    assert len(terms) == len(set(terms)) >= ARTICLES
    return terms


def _words(page: Page) -> list[str]:
    return [text for quiz in page.article.quizzes for text in words(quiz)]
