"""People at work: their posts and skills, training, assessment, and the log of it."""
