"""What is needed, what it costs, what the next money should buy, and what became of it."""
