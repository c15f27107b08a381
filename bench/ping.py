"""A sweep of pings against fping, in a network namespace where silent addresses can be had.

On loopback every address answers. In a namespace of its own a route into the device lo swallows what is sent there,
so that the sweep meets what a county's does: some that do not answer. Run by bench.engine as a program of its own.
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence

from bench.ground import ROOT, ROUNDS, Absent, medians, on_core, sized, two_cores
from bench.questions import PING, loopback, swept, targets
from monitoring.probes.target import Limits

LIVE, SILENT = sized(2000, 20), sized(200, 2)
WAIT_S = 1.0
NAMESPACE = ("unshare", "--user", "--map-root-user", "--net")
SILENCE = ("ip", "route", "add", "10.255.0.0/16", "dev", "lo")


def ratio() -> float:
    """Our time for the sweep by fping's."""
    for program in ("fping", "unshare", "ip"):
        if shutil.which(program) is None:
            raise Absent(f"{program} is not installed (Debian: fping, util-linux, iproute2)")
    command = [*NAMESPACE, sys.executable, "-m", "bench.ping"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no reason was given"]
        raise Absent(f"no permission for a network namespace, or to ping in it: {said[-1]}")
    return float(done.stdout)


def main() -> None:
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    subprocess.run(SILENCE, check=True)
    addresses = loopback(LIVE) + [f"10.255.{n // 250}.{n % 250 + 1}" for n in range(SILENT)]
    with on_core(two_cores()[0]):
        ours, theirs = medians(lambda: _ours(addresses), lambda: _fping(addresses), rounds=min(ROUNDS, 3))
    sys.stdout.write(f"{ours / theirs}\n")


def _ours(addresses: Sequence[str]) -> None:
    answers = swept(targets(addresses, PING), Limits(timeout_s=WAIT_S, retries=0))
    if sum(answer.answered for answer in answers) != LIVE:
        raise SystemExit("our sweep missed addresses that answer")


def _fping(addresses: Sequence[str]) -> None:
    command = ["fping", "-a", "-q", "-i", "0", "-r", "0", "-t", str(int(WAIT_S * 1000))]
    done = subprocess.run(command, input="\n".join(addresses), capture_output=True, text=True)
    if done.returncode > 1:  # 1: some did not answer
        raise SystemExit(f"fping: {done.stderr.strip()}")


if __name__ == "__main__":
    main()
