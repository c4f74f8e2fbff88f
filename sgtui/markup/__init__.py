"""Markdown: one parser for the whole program."""
