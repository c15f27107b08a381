"""Monthly statistics: what each figure counts, how it is written, how it leaves as a file. No Django."""
