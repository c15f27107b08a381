"""From shortfalls, marks and requests to needs, each counted once, each with its remedies. No Django."""
