"""Benchmarks: figures against their goals, and against other tools in the same run."""
