"""The benches run, with a handful of devices, and say every figure by its name: measured, or left out and why."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.ground import ROOT
from bench.report import Figure, LeftOut, report

ENGINE = (
    *("engine.get_vs_pysnmp", "engine.walk_vs_pysnmp", "engine.v3_vs_v2c", "engine.dead_vs_floor"),
    *("engine.healthy_failed", "ping.sweep_vs_fping"),
)
WEB = (
    *("web.list_ms", "web.filter_ms", "web.last_page_ms", "web.detail_ms", "web.search_ms", "web.grid_ms"),
    *("web.list_kb", "web.list_queries", "web.p95_4_clients_ms", "web.worst_1m_over_100k"),
    *("api.list_1000_ms", "api.post_100_ms", "import.rows_per_s", "export.s_100k"),
)
WORKFORCE = ("log.appends_per_s", "log.verify_1m_s", "log.proof_ms", "log.proof_bytes")


@pytest.mark.parametrize(
    ("bench", "names"),
    [
        ("engine", ENGINE),
        ("pipeline", ("pipeline.devices_per_s",)),
        ("workforce", WORKFORCE),
        ("planning", ("plan.s_5k", "plan.gap_5k")),
        ("marks", ("marks.s_1m", "marks.mb_1m", "marks.s_day")),
        ("web", WEB),
    ],
    ids=["engine", "pipeline", "workforce", "planning", "marks", "web"],
)
def test_a_bench_says_each_of_its_figures(bench: str, names: tuple[str, ...], tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    own = {"BENCH_SMALL": "1", "BENCH_JSON": str(figures), "BENCH_FOLDER": str(tmp_path / "bench")}
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{bench}"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | own,
    )
    assert done.returncode == 0, done.stderr
    lines = {line.split()[0]: line for line in done.stdout.splitlines()}
    written = json.loads(figures.read_text())
    assert lines.keys() - {"figure"} == set(names)
    assert {name for name, line in lines.items() if "left out" not in line} - {"figure"} == written.keys()
    assert all(figure.keys() == {"value", "unit", "goal", "better"} for figure in written.values())


def test_figures_of_several_benches_come_together_in_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BENCH_JSON", str(tmp_path / "figures.json"))
    report([Figure("a.fast", 16.25, "times", 15, "higher"), LeftOut("a.peer", "it is not installed")])
    report([Figure("b.slow", 1.5, "of its time", 1.2, "lower")])
    assert json.loads((tmp_path / "figures.json").read_text()) == {
        "a.fast": {"value": 16.25, "unit": "times", "goal": 15, "better": "higher"},
        "b.slow": {"value": 1.5, "unit": "of its time", "goal": 1.2, "better": "lower"},
    }
    said = capsys.readouterr().out.splitlines()
    assert said[1].split() == ["a.fast", "16.25", "times", "≥", "15", "yes"]
    assert said[2].split(maxsplit=3) == ["a.peer", "left", "out", "it is not installed"]
    assert said[4].split()[-1] == "NO"
