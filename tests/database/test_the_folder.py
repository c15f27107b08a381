"""The cluster's folder: closed to others, at any path, and a plain sentence where it cannot be used."""

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from itops.database import binaries, processes, runner, supervisor
from itops.database.cluster import APP, LONGEST_SOCKET_PATH, OWNER, Cluster
from itops.database.trouble import DatabaseTrouble
from tests.database.conftest import server_pid

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_nobody_else_can_read_the_folder_its_socket_or_its_passwords(folder: Path, cluster: Cluster) -> None:
    with supervisor.join(folder, durable=False):
        assert [mode(path) for path in (folder, cluster.data, cluster.sockets)] == [0o700] * 3
        assert mode(cluster.passwords) == 0o600
        assert mode(cluster.socket) == 0o700


def test_the_server_listens_on_no_tcp_port(folder: Path, cluster: Cluster) -> None:
    with supervisor.running(folder) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        opened = {str(entry.readlink()) for entry in Path(f"/proc/{server_pid(cluster)}/fd").iterdir()}
    tcp = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/net/{table}").read_text().splitlines()
    ]
    assert not opened & {f"socket:[{fields[9]}]" for fields in tcp if len(fields) > 9}


@pytest.mark.parametrize("role", [OWNER, APP, "postgres"])
def test_every_role_needs_its_password(folder: Path, cluster: Cluster, role: str) -> None:
    with supervisor.join(folder, durable=False):
        where = {"host": str(cluster.sockets), "user": role, "dbname": "itops", "passfile": "/dev/null"}
        with pytest.raises(psycopg.OperationalError, match="no password supplied"):
            psycopg.connect(**where)  # type: ignore[arg-type]
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(**where, password="guessed")  # type: ignore[arg-type]


def test_a_path_too_long_for_a_socket_gets_a_short_folder_of_its_own(new_folder: Path) -> None:
    deep = new_folder / ("深" * 30) / "postgres"
    with supervisor.running(deep) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        sockets = Cluster(deep, binaries.server_bin()).sockets
        assert len(os.fsencode(sockets)) < LONGEST_SOCKET_PATH
        assert mode(sockets) == 0o700
        assert (deep / "socket-folder").read_text().strip() == str(sockets)
    processes.end_left_behind(deep / "data")
    sockets.rmdir()


def test_a_short_folder_that_is_open_to_others_is_refused(new_folder: Path) -> None:
    deep = new_folder / ("x" * 90) / "postgres"
    sockets = Cluster(deep, binaries.server_bin()).sockets
    sockets.mkdir(mode=0o755)
    sockets.chmod(0o755)
    with pytest.raises(DatabaseTrouble, match="closed to others"):
        supervisor.join(deep, durable=False)
    sockets.rmdir()


def test_a_folder_of_another_major_version_is_refused(folder: Path, cluster: Cluster) -> None:
    supervisor.join(folder, durable=False).leave()
    (cluster.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(DatabaseTrouble, match=r"of PostgreSQL 14 .* ITOPS_POSTGRES_BIN, back up"):
        supervisor.join(folder, durable=False)


def test_missing_programs_are_named(
    new_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ITOPS_POSTGRES_BIN", str(tmp_path))
    with pytest.raises(DatabaseTrouble, match="lacks PostgreSQL's initdb, postgres"):
        supervisor.join(new_folder, durable=False)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseTrouble, match=r"postgres cannot be made for the database: Not a directory"):
        supervisor.join(tmp_path / "file" / "postgres")


def test_a_full_disk_is_said_before_anything_is_made(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from itops.database import supervisor as s; s.join(pathlib.Path(sys.argv[1]))"
    )
    small = f'mount -t tmpfs -o size=20m none {tmp_path} && exec "$@"'
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", small, "sh"]
    if subprocess.run([*command, "true"], capture_output=True, check=False).returncode != 0:
        pytest.skip("mounting a small disk is not allowed here")
    done = subprocess.run(
        [*command, sys.executable, "-c", code, str(tmp_path / "postgres")],
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
        check=False,
    )
    assert "DatabaseTrouble: No disk space for the database" in done.stderr


@as_root
def test_root_in_a_closed_folder_changes_no_owner(new_folder: Path, cluster: Cluster) -> None:
    if runner._unshare(runner._nobody()) is None:
        pytest.skip("user namespaces are not allowed here")
    with supervisor.join(new_folder, durable=False):
        assert {
            path.stat().st_uid for path in (new_folder.parent, new_folder, cluster.data, cluster.socket)
        } == {0}


@as_root
def test_where_namespaces_are_forbidden_the_server_runs_as_nobody(
    cluster: Cluster, new_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "_unshare", lambda user: None)
    new_folder.parent.chmod(0o711)
    with supervisor.running(new_folder) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        assert cluster.data.stat().st_uid == Path(f"/proc/{server_pid(cluster)}").stat().st_uid != 0
    assert new_folder.parent.stat().st_uid == 0
    monkeypatch.undo()
    with supervisor.running(new_folder) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


@as_root
def test_where_namespaces_are_forbidden_nobody_passes_a_closed_folder(
    cluster: Cluster, new_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "_unshare", lambda user: None)
    if runner._passing(65534, 65534, new_folder.parent) is None:
        pytest.skip("no right to pass closed folders can be kept here")
    for _start in ("new", "found again"):
        with supervisor.running(new_folder) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
            assert cluster.data.stat().st_uid == Path(f"/proc/{server_pid(cluster)}").stat().st_uid != 0
    assert new_folder.parent.stat().st_mode & 0o777 == 0o700


@as_root
def test_where_nobody_cannot_reach_the_folder_the_closed_parent_is_named(
    new_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "_unshare", lambda user: None)
    monkeypatch.setattr(runner, "_passing", lambda uid, gid, closed: None)
    with pytest.raises(DatabaseTrouble, match=rf"cannot pass through {new_folder.parent}: .*chmod o\+x"):
        supervisor.join(new_folder, durable=False)


def test_the_operators_own_postgresql_variables_do_not_reach_our_server(
    new_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGDATA", tempfile.gettempdir())
    monkeypatch.setenv("PGPORT", "1")
    monkeypatch.setenv("LC_ALL", "C")
    with supervisor.running(new_folder) as connection:
        found = connection.execute("SELECT datctype FROM pg_database WHERE datname = 'itops'").fetchone()
    assert found == ("C.UTF-8",)
