"""Copies the few files that pages need out of node_modules, so that nothing else of it is ever served.

`python -m itops.site.vendor`, run by `make setup` after `npm ci`.
"""

import re
import sys
from pathlib import Path

from itops import environment

BASE_DIR = Path(__file__).resolve().parents[2]
FILES = (
    "@tabler/core/dist/css/tabler.min.css",
    "echarts/dist/echarts.min.js",
    "htmx.org/dist/htmx.min.js",
)
# Source maps are not copied, and collectstatic stops at an address that leads nowhere.
SOURCE_MAP = re.compile(rb"\n?(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*$")


def copy(modules: Path, target: Path) -> list[Path]:
    """Writes the files into `target` and returns their paths."""
    target.mkdir(parents=True, exist_ok=True)
    return [_copy(modules / name, target) for name in FILES]


def _copy(source: Path, target: Path) -> Path:
    written = target / source.name
    written.write_bytes(SOURCE_MAP.sub(b"", source.read_bytes()))
    return written


def main() -> int:
    modules = BASE_DIR / "node_modules"
    absent = [name for name in FILES if not (modules / name).is_file()]
    if absent:
        sys.stderr.write(f"node_modules lacks {', '.join(absent)}: run `npm ci` first.\n")
        return 2
    copy(modules, environment.folder("ITOPS_VENDOR", BASE_DIR / "var" / "vendor"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
