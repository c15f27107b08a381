"""Reading tables out of files. Pure: bytes in, rows of text out, or the one fault of the whole file."""
