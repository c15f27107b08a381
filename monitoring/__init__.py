"""Asking equipment, and what it answers."""
