"""Who starts the server, who stops it, and what a killed starter leaves."""

import fcntl
import os
import threading
from pathlib import Path

import pytest

from itops.database import processes, supervisor
from itops.database.cluster import Cluster
from tests.database.conftest import Member, kill, server_pid


def test_six_starters_at_once_share_one_server_and_the_last_stops_it(
    new_folder: Path, cluster: Cluster, member: Member
) -> None:
    members = [member(new_folder) for _ in range(6)]
    servers = {process.stdout.readline() for process in members if process.stdout}
    assert servers == {f"{server_pid(cluster)}\n"}
    for process in members[:-1]:
        process.communicate()
    assert processes.is_alive(server_pid(cluster))
    members[-1].communicate()
    assert [process.returncode for process in members] == [0] * 6
    assert not cluster.pid_file.exists()
    assert not processes.left_behind(cluster.data)


def test_a_killed_starter_leaves_a_usable_server_that_the_next_adopts(
    folder: Path, cluster: Cluster, member: Member
) -> None:
    starter = member(folder)
    assert starter.stdout is not None
    server = int(starter.stdout.readline())
    kill(starter.pid)
    assert processes.is_alive(server)
    with supervisor.running(folder) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        assert server_pid(cluster) == server
    assert not processes.is_alive(server)


def test_joining_twice_in_one_process_needs_leaving_twice(folder: Path, cluster: Cluster) -> None:
    first, second = (supervisor.join(folder, durable=False) for _ in range(2))
    second.leave()
    assert processes.is_alive(server_pid(cluster))
    first.leave()
    assert not cluster.pid_file.exists()


def test_data_is_still_there_after_a_restart(folder: Path) -> None:
    with supervisor.running(folder) as connection:
        connection.execute("CREATE TABLE thing AS SELECT '少旧废' AS name")
    with supervisor.running(folder) as connection:
        assert connection.execute("SELECT name FROM thing").fetchone() == ("少旧废",)


def test_who_waits_for_another_starter_says_so(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "SAY_EVERY", 0.05)
    gate = os.open(folder / "gate", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(gate, fcntl.LOCK_EX)
    joined: list[supervisor.Membership] = []
    joiner = threading.Thread(target=lambda: joined.append(supervisor.join(folder, durable=False)))
    joiner.start()
    said = ""
    while "another program that starts or stops" not in said:
        said += capfd.readouterr().err
    assert not joined
    os.close(gate)
    joiner.join()
    joined[0].leave()


def test_a_server_that_is_still_recovering_is_waited_for(
    folder: Path, cluster: Cluster, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "SAY_EVERY", 0.05)
    first = supervisor.join(folder, durable=False)
    ready = cluster.pid_file.read_text()
    cluster.pid_file.write_text(ready.replace("ready   ", "starting"))
    joined: list[supervisor.Membership] = []
    joiner = threading.Thread(target=lambda: joined.append(supervisor.join(folder, durable=False)))
    joiner.start()
    said = ""
    while "recovers from an interruption" not in said:
        said += capfd.readouterr().err
    assert not joined
    cluster.pid_file.write_text(ready)
    joiner.join()
    assert server_pid(cluster) == int(ready.split()[0])
    joined[0].leave()
    first.leave()
