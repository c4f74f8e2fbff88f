"""Every problem a file can have: code, severity and sentence, in one table.

A sentence says what is wrong and how to mend it.  ``{name}`` is filled from the problem's
details.  Codes are stable: ``sgtui check --json`` prints them and people filter by them.
"""

from typing import Final, Literal

from sgtui.i18n import N_

CATALOGUE: Final[dict[str, tuple[Literal["error", "warning"], str]]] = {
    # files
    "file-unreadable": ("error", N_("This file cannot be read ({reason}). Check its permissions.")),
    "file-empty": ("warning", N_("This file is empty. Write a title and some text.")),
    "file-too-large": ("error", N_("This file is {size} MB; files over {limit} MB are not opened.")),
    "not-utf8": ("warning", N_("This file is not UTF-8; unreadable bytes are shown as �. Save it as UTF-8.")),
    # quizzes
    "quiz-bad-opener": ("error", N_("This {name} mark cannot be read. Write name=value, and close quotation marks.")),
    "quiz-unknown-attribute": ("warning", N_("“{name}” is not something a quiz mark can say. It knows: {known}.")),
    "quiz-unknown-type": ("error", N_("“{type}” is not a kind of quiz. Kinds: {known}.")),
    "quiz-bad-shuffle": ("error", N_("shuffle={value} is neither on nor off. Write shuffle=off or leave it out.")),
    "quiz-empty-prompt": ("error", N_("This quiz asks nothing. Write the question between its mark and its choices.")),
    "quiz-no-choices": (
        "error",
        N_("This quiz has no choices. Write each as “- [ ] …” and the right one as “- [x] …”, or name another type."),
    ),
    "quiz-one-choice": ("error", N_("This quiz has a single choice. Add others, or write type=fill if it is typed.")),
    "quiz-no-right": ("error", N_("No choice is marked as right. Put [x] before the right one.")),
    "quiz-all-right": ("error", N_("Every choice is marked as right. Put [ ] before the wrong ones.")),
    "quiz-many-right": (
        "error",
        N_("{right} choices are right, but type={type} has one. Leave one [x], or write type=multiple."),
    ),
    "quiz-true-false-choices": ("error", N_("A true-false quiz has two choices; this one has {count}.")),
    "quiz-unmarked-choice": ("warning", N_("This choice has neither [ ] nor [x]; it is taken as wrong. Mark it.")),
    "quiz-blank-choice": ("error", N_("This line of the quiz is blank. Write something on it or remove it.")),
    "quiz-duplicate-choice": ("error", N_("This says the same as line {other}. Change one of them.")),
    "quiz-duplicate-id": (
        "error",
        N_("The id {id} is taken by the quiz on line {other}. Give this one its own, or its history cannot be kept."),
    ),
    "quiz-gap-missing": ("error", N_("The question has no gap. Write ____ where the answer belongs.")),
    "quiz-gap-no-answers": ("error", N_("The gaps have no answers. Write one “- [x] …” line for each, in order.")),
    "quiz-gap-count": (
        "error",
        N_("The question has {gaps} gap(s) but {answers} line(s) of answers. Write one “- [x] …” line for each gap."),
    ),
    "quiz-gap-empty": ("error", N_("This gap has no answer. Write it after [x]; separate alternatives by |.")),
    "quiz-gap-unchecked": ("error", N_("A fill quiz has only right answers. Write [x], or move this to another quiz.")),
    "quiz-order-list": ("error", N_("An order quiz needs a numbered list of two or more, in the right order.")),
    "quiz-pair-list": ("error", N_("A match quiz needs two or more lines “- left -> right”.")),
    "quiz-pair-arrow": ("error", N_("This line has no two sides. Write “- left -> right”.")),
    "quiz-pair-duplicate": ("error", N_("This left side stands on line {other} already. Change one of them.")),
    "quiz-recall-answer": ("error", N_("This flash card has no back. Write the answer as a quote: “> …”.")),
    "quiz-stray-closer": ("warning", N_("Nothing is open here for this end-of-quiz mark to close. Remove it.")),
    "quiz-text-after": (
        "warning",
        N_("This text after a quiz is shown as text. End the quiz with <!-- /quiz -->, or make it part of it with >."),
    ),
    "quiz-underlined": ("warning", N_("--- right under text makes it a heading. Leave a blank line between.")),
    "quiz-nested": (
        "error",
        N_("A quiz inside a list, a quote or a box is not read. Move it to the left margin; its answers are hidden."),
    ),
    "quiz-not-taken": (
        "warning",
        N_("This looks like a question, but was not read as one. Mark choices “- [ ] …” and the right one “- [x] …”."),
    ),
    "quiz-in-code": ("warning", N_("This block of code holds questions, which are not read. Was it meant to end?")),
    "quiz-tag-unclosed": ("error", N_("This {tag} is never closed; its quizzes are not read. Write {end} after them.")),
    "case-unclosed": ("error", N_("This case is not closed. Write <!-- /case --> after its last quiz.")),
    "case-stray-closer": ("warning", N_("No case is open here for this end-of-case mark to close. Remove it.")),
    "case-duplicate-id": ("error", N_("The case id {id} is taken. Give this case its own.")),
    "case-no-scenario": ("warning", N_("This case has no scenario before its first quiz.")),
    "case-no-quizzes": ("warning", N_("This case has no quiz. Write them before <!-- /case -->.")),
    # quizzes of other programs
    "import-syntax": ("error", N_("This is not {format} that can be read ({reason}).")),
    "import-no-question": ("error", N_("No question was found here.")),
    "import-no-answer": ("error", N_("This question does not say which answer is right; it was not taken.")),
    "import-kind": ("warning", N_("Questions of this kind are not known; it was not taken.")),
    "import-essay": ("warning", N_("An essay cannot be graded; it was not taken.")),
    "import-description": ("warning", N_("This is a description without a question; it was not taken.")),
    "import-unclosed": ("error", N_("This question has no closing brace; it was not taken.")),
    # quality of quizzes
    "quality-reasons": ("warning", N_("{missing} of {choices} choices do not say why they are right or wrong.")),
    "quality-explanation": ("warning", N_("This quiz has no explanation. Add “> Explanation: …” after the choices.")),
    "quality-cue": ("warning", N_("Only wrong choices say “{word}”, which gives them away. Reword them.")),
    "quality-lengths": (
        "warning",
        N_("The choices differ much in length ({shortest} to {longest} characters). Make them alike."),
    ),
    "quality-too-early": ("warning", N_("This quiz stands before the section it tests (line {section}). Move it.")),
    "quality-same-prompt": ("warning", N_("{other} asks the same. Ask something else, or remove one of them.")),
    "quality-near-prompt": ("warning", N_("{other} asks nearly the same. Make sure both are wanted.")),
    "quality-position": (
        "warning",
        N_("Of the quizzes with four choices, choice {place} is right in {share}; 20–30 % is fair. Move some."),
    ),
    "quality-longest": (
        "warning",
        N_("The right choice is the longest in {share} of the quizzes; 30 % is fair. Lengthen wrong ones."),
    ),
    # terms that quizzes must test
    "terms-missing": ("error", N_("The list of terms {name} is not there. Write it, or take it out of library.toml.")),
    "quality-untested": ("warning", N_("No quiz tests “{term}”. Ask about it, or take it off the list.")),
    # front matter
    "file-not-regular": ("error", N_("This is not a regular file (a pipe, a device or a folder). Remove it.")),
    "file-has-nul": ("warning", N_("This file has NUL characters; they are shown as �. Save it as plain text.")),
    "header-unclosed": ("error", N_("The front matter is never closed. Put a line {fence} under its last key.")),
    "header-invalid": ("error", N_("The front matter is not valid {language}: {reason}. Correct this line.")),
    "header-not-mapping": ("error", N_("The front matter is not made of “key: value” lines. Write it as such lines.")),
    "header-too-long": ("error", N_("The front matter is {size} KB; over {limit} KB it is not read. Shorten it.")),
    "header-too-deep": ("error", N_("The front matter is nested more than {limit} deep. Flatten it.")),
    "header-too-many-aliases": ("error", N_("The front matter has more than {limit} YAML aliases. Write them out.")),
    "header-too-many-values": ("error", N_("The front matter has more than {limit} values. Shorten it.")),
    "header-duplicate-key": ("warning", N_("The key “{key}” stands twice; the later one holds. Remove one.")),
    "date-unreadable": ("warning", N_("{field}: “{value}” is not a date. Write it like 2026-02-28.")),
    "number-unreadable": ("warning", N_("{field}: “{value}” is not a number. Write it like 10.")),
    "difficulty-unknown": (
        "warning",
        N_("{field}: “{value}” is not a difficulty. Use beginner, intermediate or advanced."),
    ),
    # settings
    "settings-invalid": (
        "error",
        N_("The settings cannot be read ({reason}). The defaults hold until that is mended."),
    ),
    "settings-value": ("warning", N_("{name} cannot be {value}; it takes {expected}. Its default holds.")),
    "settings-unknown": ("warning", N_("{name} is not a setting. Check its spelling or remove it.")),
    # the learner's own file
    "state-newer": (
        "warning",
        N_("A newer sgtui wrote this file (shape {shape}, known {known}). Nothing is saved in this run; update sgtui."),
    ),
    "state-odd": (
        "warning",
        N_("{count} values in this file are not records. The rest is in use; the file as it was is kept as {kept}."),
    ),
    "state-torn": ("warning", N_("The last change was cut off while it was being saved and is not there.")),
    "state-gap": ("warning", N_("{count} changes are missing from the journal. Everything else is there.")),
    "state-journal-damaged": (
        "warning",
        N_("{count} lines of the journal cannot be read. It is kept as {kept}; every other change is there."),
    ),
    "state-other-journal": (
        "warning",
        N_("The journal belongs to another file and was not used. It is kept as {kept}."),
    ),
    "state-damaged": ("error", N_("This file cannot be read ({reason}). It is kept as {kept}.")),
    "state-from-backup": ("warning", N_("{records} records were taken from {backup} and the changes made since.")),
    "state-missing": (
        "warning",
        N_("This file was gone; {records} records were taken from {backup}. To begin anew, remove the backups too."),
    ),
    "state-salvaged": ("warning", N_("There is no backup; {records} records could still be read.")),
    "state-memory-only": (
        "error",
        N_("Nothing can be saved here ({reason}). What you do now is put into another file on leaving."),
    ),
    "state-busy": (
        "warning",
        N_("Another program is using this file. What you do is kept and saved as soon as it lets go."),
    ),
    "state-not-anew": ("warning", N_("This file cannot be written anew ({reason}). It is still whole as it was.")),
    "state-rescued": (
        "error",
        N_("{count} changes could not be saved; they are in {kept}. Take them over later: sgtui state merge {kept}"),
    ),
    "state-lost": ("error", N_("{count} changes could not be saved anywhere and are lost.")),
    "state-unsaved": ("error", N_("The last change could not be saved ({reason}). It will be tried again.")),
    "state-saved-again": ("warning", N_("Everything is saved again.")),
    "state-unreadable": ("error", N_("This file cannot be read ({reason}).")),
    "state-record": ("warning", N_("{table}: record {uid} cannot be used ({fields}). It is kept as it is.")),
    "state-no-backup": ("warning", N_("There is no backup yet. One is made when the program is closed.")),
    "state-replaced": (
        "warning",
        N_("Another program replaced this file. Its version is kept as {kept}; yours goes on."),
    ),
    # libraries
    "folder-unreadable": ("error", N_("This folder cannot be listed ({reason}). Check its permissions.")),
    "link-outside": ("warning", N_("This link leads out of the library and is not followed. Copy what it leads to.")),
    "link-broken": ("warning", N_("This link leads nowhere. Remove it or put the file back.")),
    "manifest-invalid": ("error", N_("The manifest is not valid TOML: {reason}. Correct this line.")),
    "manifest-value": ("error", N_("{field}: expected {expected}. Correct this value; it is not used as it is.")),
    "header-value": ("warning", N_("{field}: expected {expected}. Correct this value; it may not be used.")),
    "manifest-unknown-article": ("error", N_("There is no article “{key}”. Correct the key or remove it.")),
    "category-unknown": ("warning", N_("The category “{category}” is not in library.toml. Add it there or change it.")),
    "prerequisite-unknown": ("error", N_("There is no article “{key}” to read first. Correct the key or remove it.")),
    "prerequisite-loop": ("error", N_("The prerequisites go in a circle: {chain}. Break it in one place.")),
    "link-missing": ("warning", N_("The link “{href}” leads to nothing. Correct it or remove it.")),
    "link-site": (
        "warning",
        N_(
            "{count} links like “{href}” are addresses of a web site and lead nowhere in this folder. "
            "If they are right there, write site = true in library.toml."
        ),
    ),
    "link-no-heading": ("warning", N_("There is no heading “{fragment}” in {article}. Correct the link.")),
    "glossary-missing": ("error", N_("The glossary {name} is not there. Write it, or take it out of library.toml.")),
    "glossary-duplicate": ("warning", N_("The term “{term}” stands in line {earlier} already. Remove one.")),
    "glossary-article-unknown": ("error", N_("{term}: there is no article “{article}”. Correct the key.")),
    "duplicate-id": ("error", N_("The id “{id}” is that of {other} too. Give each article an id of its own.")),
}
