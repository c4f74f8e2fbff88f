"""Typesetting: from an article to lines of styled text, measured in terminal cells."""
