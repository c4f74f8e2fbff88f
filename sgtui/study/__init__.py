"""From answers to a schedule: grades, ratings, queues, runs, exams, progress."""
