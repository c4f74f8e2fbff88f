"""The screens: everything that knows Textual."""
