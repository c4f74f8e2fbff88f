"""Libraries: from a folder of Markdown to a list that can be filtered, sorted and searched."""
