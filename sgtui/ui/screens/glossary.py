"""The glossary: every term with what the learner has met, and what one word means in a pop-up."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Input

from sgtui.i18n import N_, _
from sgtui.library.glossary import Glossary, Term
from sgtui.typeset.model import Span
from sgtui.ui.browsing.terms import met, place_of_term, term_lines, terms_in
from sgtui.ui.text import padded, shorten
from sgtui.ui.text import width as text_width
from sgtui.ui.widgets.bars import KeyBar, TitleBar
from sgtui.ui.widgets.lines import LineList
from sgtui.ui.widgets.prose import Prose
from sgtui.ui.widgets.sheet import LinkedLines, Sheet
from sgtui.ui.words import STATUS_MARK

if TYPE_CHECKING:
    from sgtui.ui.desk import Desk
    from sgtui.ui.library_app import LibraryApp

MET = ("", "met", "new")
NAMES = {"": N_("All"), "met": N_("Met"), "new": N_("Not met yet")}


class TermList(LineList):
    """Terms as rows: whether they were met, the term, its reading or English name, its meaning."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._terms: Sequence[Term] = ()
        self._column = 8

    @property
    def count(self) -> int:
        return len(self._terms)

    @property
    def current(self) -> Term | None:
        return self._terms[self.cursor] if self._terms else None

    def show(self, terms: Sequence[Term]) -> None:
        """Show these terms; the cursor stays on its term where that is still there."""
        now = self.current
        self._terms = terms
        self._column = max((text_width(term.term) for term in terms), default=8)
        self.rows_changed(cursor=next((i for i, term in enumerate(terms) if term == now), 0))

    def term(self, index: int) -> Term:
        return self._terms[index]

    def row(self, index: int, width: int) -> Sequence[Span]:
        term = self._terms[index]
        app: LibraryApp = self.app  # type: ignore[assignment]  # these lists are shown in this program only
        status = met(app.desk, term)
        column = min(self._column, 30, max(10, width // 3)) if width >= 40 else width - 4
        return [
            Span(f" {STATUS_MARK[status]} ", status),
            Span(padded(term.term, column), "strong"),
            Span("  "),
            Span(shorten(term.meaning, max(0, width - column - 6)), "" if status != "unread" else "dim"),
        ]


class GlossaryScreen(Screen[None]):
    """The terms of the library, to look through and to filter."""

    app: "LibraryApp"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "filter_words", N_("Narrow"), id="glossary.filter", tooltip=N_("Show terms with these words, in any spelling")),
        Binding("s", "next_met", N_("Met"), id="glossary.met", tooltip=N_("All terms, those you have met in an article, those you have not")),
        Binding("i", "show", N_("Meaning"), id="glossary.show", tooltip=N_("Everything known of this term")),
        Binding("down", "to_list", N_("To the list"), show=False, id="glossary.to_list", tooltip=N_("From the box to the list")),
        Binding("escape,q,T", "back", N_("Back"), id="glossary.back", tooltip=N_("Back to where you were")),
    ]  # fmt: skip

    def __init__(self) -> None:
        super().__init__()
        self._met = ""

    def compose(self) -> ComposeResult:
        yield TitleBar(id="title")
        yield Input(id="filter", placeholder=_("A term, its reading, its English name, or words of its meaning"))
        yield TermList(id="terms")
        yield Prose(id="empty")
        yield Sheet(id="meaning")
        yield KeyBar()

    def on_mount(self) -> None:
        self.app.library_changed.subscribe(self, lambda _library: self._show())
        self._show()
        self.query_one(TermList).focus()

    def on_screen_resume(self) -> None:
        self.app.desk.refresh_progress()
        self._show()

    @property
    def _glossary(self) -> Glossary:
        return self.app.desk.glossary()

    def _show(self) -> None:
        desk, words = self.app.desk, self.query_one("#filter", Input).value
        every = self._glossary.terms
        terms = list(self._glossary.matching(words)) if words.strip() else list(every)
        if self._met:
            terms = [term for term in terms if (met(desk, term) != "unread") is (self._met == "met")]
        shown = self.query_one(TermList)
        shown.show(terms)
        shown.display = bool(terms)
        empty = self.query_one("#empty", Prose)
        empty.display = not terms
        if not terms:
            empty.show(self._why_empty(bool(every)))
        known = sum(met(desk, term) != "unread" for term in every)
        state = [Span(_(NAMES[self._met]), "chip.on" if self._met else "chip", "screen.next_met")]
        counts = _("{n} of {total} ・ {met} met").format(n=len(terms), total=len(every), met=known)
        left = [Span(f" {_('Glossary')} ", "title"), Span(" ")]
        self.query_one(TitleBar).show_ends([*left, *state], [Span(counts if every else "", "faint")])
        self._show_meaning()

    def _why_empty(self, any_terms: bool) -> str:
        if any_terms:
            return _("No term fits. Esc clears the words; s shows terms you have not met yet as well.")
        return _(
            "This library has no glossary. Its author can add one: a file glossary.toml beside library.toml, "
            "with a table [[terms]] for each term: term, reading, english, meaning, article; or articles of the type term."
        )

    @on(LineList.Moved, "#terms")
    def _show_meaning(self) -> None:
        desk, term = self.app.desk, self.query_one(TermList).current
        self.query_one("#meaning", Sheet).show(lambda cells: term_lines(desk, term, cells) if term else ())

    @on(LineList.Chosen, "#terms")
    def _chosen(self, event: LineList.Chosen) -> None:
        open_term(self.app, self.query_one(TermList).term(event.index))

    @on(Sheet.Clicked)
    def _clicked(self) -> None:
        term = self.query_one(TermList).current
        if term is not None:
            open_term(self.app, term)

    def action_show(self) -> None:
        term = self.query_one(TermList).current
        if term is not None:
            self.app.push_screen(TermPopup([term]))

    def action_next_met(self) -> None:
        self._met = MET[(MET.index(self._met) + 1) % len(MET)]
        self._show()

    def action_filter_words(self) -> None:
        box = self.query_one("#filter", Input)
        box.add_class("-open")
        box.focus()

    @on(Input.Changed, "#filter")
    def _words_changed(self) -> None:
        self._show()

    @on(Input.Submitted, "#filter")
    def action_to_list(self) -> None:
        self.query_one(TermList).focus()

    def action_back(self) -> None:
        box = self.query_one("#filter", Input)
        if box.value or box.has_class("-open"):
            box.value = ""
            box.remove_class("-open")
            self.query_one(TermList).focus()
        else:
            self.app.pop_screen()


class TermPopup(ModalScreen[None]):
    """What a term means, or several of one text, each with the article that teaches it."""

    app: "LibraryApp"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "read", N_("Read about it"), id="term.read", tooltip=N_("Open the article that teaches it")),
        Binding("T", "all", N_("Glossary"), id="term.all", tooltip=N_("Every term of this library")),
        Binding("escape,q", "dismiss", N_("Close"), id="term.close", tooltip=N_("Back to where you were")),
    ]

    def __init__(self, terms: Sequence[Term]) -> None:
        super().__init__()
        self._terms = terms

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield LinkedLines(self._lines, id="lines")
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(LinkedLines).focus()

    def _lines(self, cells: int) -> list[list[Span]]:
        lines: list[list[Span]] = []
        for number, term in enumerate(self._terms):
            lines += [*([[]] if number else []), *term_lines(self.app.desk, term, cells, f"{number}")]
        return lines

    @on(LineList.Chosen, "#lines")
    def _chosen(self, event: LineList.Chosen) -> None:
        if event.target.isdigit():
            self.dismiss()
            open_term(self.app, self._terms[int(event.target)])

    def action_read(self) -> None:
        self.query_one(LinkedLines).action_choose()

    def action_all(self) -> None:
        self.dismiss()
        self.app.call_later(self.app.action_glossary)


def show_term(app: "LibraryApp", text: str, offset: int | None) -> None:
    """Show the terms of ``text``: the one at ``offset``, the one it is, or all that are in it."""
    glossary = app.desk.glossary()
    found = terms_in(glossary, text, offset)
    if found:
        app.push_screen(TermPopup(found))
    elif not glossary.terms:
        app.notify(_("This library has no glossary."))
    else:
        app.notify(_("The glossary does not have “{text}”.").format(text=shorten(text.strip(), 30)))


def open_term(app: "LibraryApp", term: Term) -> None:
    """Open the article that teaches ``term``, where the term stands."""
    desk: Desk = app.desk
    if not term.article or not desk.library.has(term.article):
        app.notify(_("No article of this library teaches this term."))
        return
    anchor, slug = place_of_term(desk.library, term)
    app.read(term.article, anchor=anchor, slug=slug)
