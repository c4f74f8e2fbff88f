"""What the learner owns: one TinyDB file, a journal beside it, and typed records in front of both."""
