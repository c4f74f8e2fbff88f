"""The keys of the reader, in the order the key bar shows them."""

from typing import Final

from textual.binding import Binding, BindingType

from sgtui.i18n import N_

READER_KEYS: Final[list[BindingType]] = [
    Binding("slash", "search", N_("Search"), id="reader.search", tooltip=N_("Search this article; n and N go from match to match")),
    Binding("tab", "stop(1)", N_("Links"), id="reader.next_stop", tooltip=N_("To the next link, footnote, folded part, question or mark; Enter opens it")),
    Binding("shift+tab", "stop(-1)", N_("Previous link"), show=False, id="reader.previous_stop", tooltip=N_("To the previous link, footnote, folded part, question or mark")),
    Binding("l", "hints", N_("Link numbers"), show=False, id="reader.hints", tooltip=N_("Number the links on the screen; typing a number opens one")),
    Binding("backspace,H,ctrl+o,alt+left", "trail(-1)", N_("Back"), show=False, id="reader.trail_back", key_display="H", tooltip=N_("Back to where the last jump began")),
    Binding("L,alt+right", "trail(1)", N_("Forward"), show=False, id="reader.trail_forward", key_display="L", tooltip=N_("Forward again after going back")),
    Binding("m", "bookmark", N_("Bookmark"), id="reader.bookmark", tooltip=N_("Mark this section, or take the mark away")),
    Binding("M", "bookmark_note", N_("Bookmark with note"), show=False, id="reader.bookmark_note", tooltip=N_("Mark this section and write a note to it")),
    Binding("n", "next_or_note", N_("Note"), id="reader.note", tooltip=N_("Write a note beside this place; while searching, the next match")),
    Binding("N", "match(-1)", N_("Previous match"), show=False, id="reader.previous_match", tooltip=N_("To the previous match of the search")),
    Binding("s,V", "select", N_("Select"), id="reader.select", tooltip=N_("Select text with the keyboard, to highlight, copy or look it up")),
    Binding("y", "copy_code", N_("Copy code"), show=False, id="reader.copy_code", tooltip=N_("Copy the code block on the screen; again for the next one")),
    Binding("K", "term", N_("Meaning"), show=False, id="reader.term", tooltip=N_("What the selected word means")),
    Binding("U", "undo_mark", N_("Undo"), show=False, id="reader.undo", tooltip=N_("Take back the last change to a mark")),
    Binding("w", "where", N_("Where it is taught"), show=False, id="reader.where", tooltip=N_("After an answer: to the section that teaches it")),
    Binding("c", "outline", N_("Outline"), id="reader.outline", tooltip=N_("Show, enter or hide the outline")),
    Binding("z", "focus_mode", N_("Focus"), show=False, id="reader.focus", tooltip=N_("Dim everything but the paragraph being read")),
    Binding("W", "wrap", N_("Wrap"), show=False, id="reader.wrap", tooltip=N_("Long lines of code and wide tables: wrapped, or run on to be slid sideways")),
    Binding("right", "slide(8)", N_("Slide right"), show=False, id="reader.slide_right", tooltip=N_("Slide long lines to the left")),
    Binding("left", "slide(-8)", N_("Slide left"), show=False, id="reader.slide_left", tooltip=N_("Slide long lines back")),
    Binding("plus,equals_sign", "width(4)", N_("Wider"), show=False, id="reader.wider", key_display="+", tooltip=N_("A wider text column")),
    Binding("minus", "width(-4)", N_("Narrower"), show=False, id="reader.narrower", tooltip=N_("A narrower text column")),
    Binding("x", "toggle_done", N_("Done"), show=False, id="reader.done", tooltip=N_("Mark the article as done, or not done")),
    Binding("full_stop,greater_than_sign", "neighbour(1)", N_("Next article"), show=False, id="reader.next", key_display=">", tooltip=N_("Open the next article")),
    Binding("comma,less_than_sign", "neighbour(-1)", N_("Previous article"), show=False, id="reader.previous", key_display="<", tooltip=N_("Open the previous article")),
    Binding("B", "app.bookmarks", N_("Marks"), show=False, id="reader.bookmarks", tooltip=N_("Every bookmark, note and highlight, in one list")),
    Binding("e,E", "edit", N_("Edit"), show=False, id="reader.edit", tooltip=N_("Open the file at this line in your editor")),
    Binding("escape", "step_back", N_("Back"), show=False, id="reader.step_back", tooltip=N_("One step back: end the selection, the search, then leave")),
    Binding("q", "leave", N_("Back"), id="reader.leave", tooltip=N_("Back to the library; the place is kept")),
]  # fmt: skip
