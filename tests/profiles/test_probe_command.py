"""manage.py probe says in plain words what one address answered, and why when it did not."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import translation

from tests.snmp_agent import free_port, serving

MANAGE = Path(__file__).parents[2] / "manage.py"
SWITCH = """\
1.3.6.1.2.1.1.1.0|4|S5720-28P Huawei Versatile Routing Platform VRP (R) software,Version 5.170 (S5720 V200R010C00SPC600)
1.3.6.1.2.1.1.2.0|6|1.3.6.1.4.1.2011.2.23.291
1.3.6.1.2.1.1.3.0|67|360000
1.3.6.1.2.1.1.5.0|4x|{name}
1.3.6.1.2.1.2.2.1.2.1|4|GigabitEthernet0/0/1
1.3.6.1.2.1.2.2.1.2.2|4|Vlanif1
1.3.6.1.2.1.2.2.1.3.1|2|6
1.3.6.1.2.1.2.2.1.3.2|2|53
1.3.6.1.2.1.2.2.1.8.1|2|1
1.3.6.1.2.1.2.2.1.8.2|2|2
1.3.6.1.2.1.17.1.4.1.2.1|2|1
1.3.6.1.2.1.17.4.3.1.2.0.224.219.96.119.36|2|1
1.3.6.1.2.1.31.1.1.1.6.1|70|1000
""".format(name="梅城镇机房".encode("gbk").hex())


@pytest.fixture(scope="module")
def agent(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    work = tmp_path_factory.mktemp("agent")
    (work / "recordings").mkdir()
    (work / "recordings" / "switch.snmprec").write_text(SWITCH, encoding="utf-8")
    with serving(work / "recordings", work) as port:
        yield f"127.0.0.1:{port}"


def said(*arguments: str) -> tuple[str, int]:
    out = StringIO()
    try:
        with translation.override("en"):
            call_command("probe", *arguments, stdout=out)
    except SystemExit as end:
        return out.getvalue(), int(str(end.code))
    return out.getvalue(), 0


def test_a_switch_is_recognised_and_its_ports_and_macs_are_shown(agent: str) -> None:
    words, status = said("snmp", agent, "--community", "switch")
    assert status == 0
    for part in ("Huawei 华为", "S5720-28P", "V200R010C00SPC600", "梅城镇机房", "GigabitEthernet0/0/1"):
        assert part in words
    assert "2 interfaces, 1 of them real ports" in words
    assert "00:e0:db:60:77:24" in words
    assert "8000 counted so far" in words


def test_json_is_one_document_and_nothing_else(agent: str) -> None:
    text, status = said("snmp", agent, "--community", "switch", "--json")
    document = json.loads(text)
    assert (status, document["answered"], document["reason"], document["profile"]) == (0, True, "", "switch")
    assert document["identity"]["vendor"] == "Huawei"
    assert document["numbers"]["in_bps"] == 8000
    assert document["numbers"]["out_bps"] is None
    assert document["macs"] == [{"mac": "00:e0:db:60:77:24", "interface": 1}]


def test_a_profile_can_be_named(agent: str) -> None:
    text, _ = said("snmp", agent, "--community", "switch", "--profile", "line", "--json")
    assert json.loads(text)["profile"] == "line"


def test_an_agent_that_is_not_there_gives_a_reason_and_status_1() -> None:
    words, status = said("snmp", f"127.0.0.1:{free_port()}", "--timeout", "0.3")
    assert status == 1
    assert "refuses" in words or "Nothing came back" in words


def test_a_closed_port_gives_a_reason_and_status_1() -> None:
    words, status = said("tcp", "127.0.0.1:1")
    assert (status, "refuses" in words) == (1, True)


def test_a_name_that_belongs_to_nobody_gives_a_reason() -> None:
    words, status = said("tcp", "nobody.invalid:80", "--timeout", "1")
    assert status == 1
    assert "address" in words


@pytest.mark.parametrize(
    "arguments",
    [
        ["snmp", "127.0.0.1", "--profile", "toaster"],
        ["snmp", "127.0.0.1", "--profile", "ping_only"],
        ["snmp", "127.0.0.1", "--auth", "sha"],
        ["snmp", "127.0.0.1", "--user", "u", "--priv", "aes"],
        ["snmp", "127.0.0.1", "--user", "u", "--auth", "sha", "--auth-password", "short"],
        ["snmp", "127.0.0.1", "--user", "u", "--auth", "sha3"],
        ["snmp", "127.0.0.1:99999"],
        ["tcp", "127.0.0.1"],
        ["http", "ftp://127.0.0.1/"],
        ["ping", ""],
        ["ping", "127.0.0.1", "--timeout", "nan"],
    ],
)
def test_wrong_use_is_refused(arguments: list[str]) -> None:
    with pytest.raises(CommandError):
        call_command("probe", *arguments)


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["tcp", "127.0.0.1"], 2), (["snmp", "::1", "--profile", "toaster"], 2), (["tcp", "127.0.0.1:1"], 1)],
)
def test_the_exit_status_says_it_too_and_no_database_is_needed(
    arguments: list[str], status: int, tmp_path: Path
) -> None:
    surroundings = {
        "PATH": os.environ["PATH"],
        "ITOPS_VAR": str(tmp_path),
        "DATABASE_URL": "postgres://nobody:no@127.0.0.1:1/none",
    }
    command = [sys.executable, str(MANAGE), "probe", *arguments]
    ended = subprocess.run(command, env=surroundings, capture_output=True, timeout=60, check=False)
    assert ended.returncode == status, ended.stderr.decode()
