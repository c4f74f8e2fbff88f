"""Questions one after the other: quick quiz, review, mock exam, and what they came to."""
