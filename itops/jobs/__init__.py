"""Work in the background: the queue's base."""
