"""Articles: from a file's text to frozen data."""
