"""Clusters of one test each, and programs that join them."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from psycopg import sql

from itops.database import binaries, processes, supervisor
from itops.database.cluster import Cluster
from itops.database.connection import Login
from tests.own_database import Server

# Joins, says which process is the server, and leaves when its standard input ends.
MEMBER = """
import sys
from pathlib import Path
from itops.database.supervisor import join
with join(Path(sys.argv[1]), durable=False) as membership:
    print(membership.cluster.pid_file.read_text().split()[0], flush=True)
    sys.stdin.read()
"""

Member = Callable[[Path], "subprocess.Popen[str]"]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A stopped cluster to copy from: making one takes a second."""
    path = tmp_path_factory.mktemp("made") / "postgres"
    supervisor.join(path, durable=False).leave()
    return path


@pytest.fixture
def folder(made: Path, new_folder: Path) -> Path:
    """A stopped cluster of this test's own."""
    shutil.copytree(made, new_folder)
    return new_folder


@pytest.fixture
def new_folder() -> Iterator[Path]:
    """Where a cluster may come to lie; what still runs in it at the end is stopped."""
    with tempfile.TemporaryDirectory(prefix="itops-test-", dir=_fast_folder()) as temporary:
        path = Path(temporary) / "postgres"
        yield path
        processes.end_left_behind(path / "data")
        shutil.rmtree(path, ignore_errors=True)


@pytest.fixture
def cluster(new_folder: Path) -> Cluster:
    """The paths of the cluster in the test's folder."""
    return Cluster(new_folder, binaries.server_bin(), durable=False)


@pytest.fixture
def member() -> Iterator[Member]:
    """Starts a program that joins a folder's cluster; killed at the end."""
    with ExitStack() as stack:

        def start(folder: Path) -> "subprocess.Popen[str]":
            process = subprocess.Popen(
                [sys.executable, "-c", MEMBER, str(folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=settings.BASE_DIR,
            )
            stack.enter_context(process)
            stack.callback(process.kill)
            return process

        yield start


@pytest.fixture
def stranger(database_server: Server) -> Iterator[Login]:
    """A login that may make nothing."""
    name = database_server.new_name()
    with database_server.dropper.connect() as administrator:
        administrator.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'strange'").format(sql.Identifier(name)))
    yield Login(database_server.owner.host, database_server.owner.port, "postgres", name, "strange")
    with database_server.dropper.connect() as administrator:
        administrator.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def _fast_folder() -> str | None:
    """In memory where there is room: making and removing a cluster is a thousand files."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > 2**30 else None


def server_pid(cluster: Cluster) -> int:
    return int(cluster.pid_file.read_text().split()[0])


def kill(pid: int) -> None:
    """kill -9, and it is gone or a zombie when this returns."""
    os.kill(pid, signal.SIGKILL)
    while processes.is_alive(pid):
        time.sleep(0.01)
