"""Compiles the translations with Babel, so that a machine without gettext's programs can set the project up.

`python -m itops.site.translations`, run by `make setup`. The .mo files are made, never committed.
"""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE_DIR = Path(__file__).resolve().parents[2] / "locale"


def compile_all(locale_dir: Path) -> list[Path]:
    """Writes a .mo beside every .po and returns the paths; fuzzy texts are left out."""
    return [_compile(source) for source in sorted(locale_dir.glob("*/LC_MESSAGES/*.po"))]


def _compile(source: Path) -> Path:
    with source.open("rb") as text:
        catalog = read_po(text, locale=source.parents[1].name, abort_invalid=True)
    target = source.with_suffix(".mo")
    with target.open("wb") as compiled:
        write_mo(compiled, catalog)
    return target


if __name__ == "__main__":
    compile_all(LOCALE_DIR)
