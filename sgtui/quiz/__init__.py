"""Quizzes: what is asked, how an answer is taken, and whether it is right."""
