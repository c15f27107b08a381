"""What killed servers leave behind does not keep the next one from starting with all that was committed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from itops.database import processes, supervisor
from itops.database.cluster import OWNER, Cluster
from itops.database.connection import embedded
from itops.database.trouble import DatabaseTrouble
from tests.database.conftest import kill, server_pid

# As a subreaper this process inherits the orphaned server, and does not ask how it ended: it stays a zombie.
BESIDE_A_ZOMBIE = """
import ctypes, os, signal, sys, time
from pathlib import Path
from itops.database import processes, supervisor
PR_SET_CHILD_SUBREAPER = 36
ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
folder = Path(sys.argv[1])
membership = supervisor.join(folder, durable=False)
server = int(membership.cluster.pid_file.read_text().split()[0])
os.kill(server, signal.SIGKILL)
while processes.is_alive(server):
    time.sleep(0.01)
print(Path(f"/proc/{server}/stat").read_text().rpartition(")")[2].split()[0])
with supervisor.running(folder) as connection:
    print(connection.execute("SELECT 'recovered'").fetchone()[0])
membership.leave()
"""


def test_after_kill_9_of_the_server_the_next_start_has_what_was_committed(
    folder: Path, cluster: Cluster
) -> None:
    with supervisor.running(folder) as connection:
        connection.execute("CREATE TABLE thing (name text)")
        connection.execute("INSERT INTO thing VALUES ('kept')")
        kill(server_pid(cluster))
    assert cluster.pid_file.exists()
    with supervisor.running(folder) as connection:
        assert connection.execute("SELECT name FROM thing").fetchone() == ("kept",)


def test_a_member_can_bring_a_killed_server_back(folder: Path, cluster: Cluster) -> None:
    with supervisor.join(folder, durable=False) as membership:
        assert not membership.revive()
        kill(server_pid(cluster))
        assert membership.revive()
        with embedded(folder, OWNER).connect() as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not cluster.pid_file.exists()


def test_a_server_that_stays_a_zombie_is_replaced(folder: Path) -> None:
    command = [sys.executable, "-c", BESIDE_A_ZOMBIE, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=settings.BASE_DIR, check=True)
    assert done.stdout.split() == ["Z", "recovered"]


def test_a_process_number_that_another_program_has_got_is_not_taken_for_the_server(
    folder: Path, cluster: Cluster
) -> None:
    supervisor.join(folder, durable=False).leave()
    cluster.pid_file.write_text(f"{os.getpid()}\n{cluster.data}\n0\n5432\n{cluster.sockets}\n\n0 0\nready\n")
    cluster.socket.with_name(cluster.socket.name + ".lock").write_text(f"{os.getpid()}\n")
    with supervisor.running(folder) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        assert server_pid(cluster) != os.getpid()


def test_busy_backends_of_a_killed_server_are_ended_before_the_next_start(
    folder: Path, cluster: Cluster
) -> None:
    membership = supervisor.join(folder, durable=False)
    busy = embedded(folder, OWNER).connect()
    busy.pgconn.send_query(b"SELECT count(*) FROM generate_series(1, 1e12::bigint)")
    kill(server_pid(cluster))
    assert processes.is_alive(busy.info.backend_pid)
    with supervisor.running(folder) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not processes.is_alive(busy.info.backend_pid)
    busy.close()
    membership.leave()


def test_an_interrupted_creation_is_begun_again(new_folder: Path) -> None:
    (new_folder / "data.unfinished" / "base").mkdir(parents=True)
    with supervisor.running(new_folder) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (OWNER,)
    assert not (new_folder / "data.unfinished").exists()


def test_roles_that_an_interrupted_first_start_left_out_are_made_by_the_next(
    folder: Path, cluster: Cluster
) -> None:
    supervisor.join(folder, durable=False).leave()
    cluster.provisioned.unlink()
    with supervisor.running(folder) as connection:
        assert connection.execute("SELECT current_user").fetchone() == (OWNER,)
    assert cluster.provisioned.exists()


def test_a_server_that_cannot_start_says_why_in_one_sentence(folder: Path, cluster: Cluster) -> None:
    supervisor.join(folder, durable=False).leave()
    (cluster.data / "global" / "pg_control").unlink()
    with pytest.raises(DatabaseTrouble, match=r"does not start: .*pg_control"):
        supervisor.join(folder, durable=False)
