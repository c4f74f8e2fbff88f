"""Reading one article: what the page shows besides its text, and the ways to move about in it.

Each module is one concept and knows the page, not the screen; :class:`sgtui.ui.screens.reader.ReaderScreen` joins them.
"""
