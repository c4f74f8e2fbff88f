"""Progress drawn in characters, with the same in words."""
