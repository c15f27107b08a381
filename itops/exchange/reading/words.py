"""How words of files are compared."""

import unicodedata


def key(word: str) -> str:
    """Words are compared without spaces, case and full-width forms."""
    return "".join(unicodedata.normalize("NFKC", word).casefold().split())
