"""Widgets that draw lines on demand, so that length costs nothing."""
