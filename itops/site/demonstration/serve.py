"""python -m itops.site.demonstration.serve: run the field's agents and players until SIGTERM or Ctrl-C. No Django.

When all answer it prints one line of JSON: {"snmp_port", "http_port", "agents", "players"}.
"""

import argparse
import asyncio
import json
import signal
import sys
from collections.abc import Sequence

from itops.site.demonstration import agents, players
from itops.site.demonstration.field import county
from itops.site.demonstration.sockets import NoFreePort


async def serve(*, snmp_port: int, http_port: int, mute: bool, quiet: bool) -> None:
    """Until a signal comes."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    every = list(county().endpoints())
    talking = agents.Agents(every, mute=mute).open(snmp_port)
    showing = await players.Players(every, mute=mute).open(http_port)
    ready = {
        "snmp_port": talking.port,
        "http_port": showing.port,
        "agents": talking.answering,
        "players": showing.answering,
    }
    if not quiet:
        print(json.dumps(ready), flush=True)  # noqa: T201 -- the line that a starter waits for
    await stop.wait()
    talking.close()
    await showing.close()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Serve the demonstration field on loopback addresses.")
    parser.add_argument("--port", type=int, default=agents.DEFAULT_PORT, help="SNMP, or the next free one")
    parser.add_argument("--http-port", type=int, default=players.DEFAULT_PORT, help="or the next free one")
    parser.add_argument("--mute", action="store_true", help="everything is there and nothing answers")
    parser.add_argument("--quiet", action="store_true", help="do not print that line")
    options = parser.parse_args(arguments)
    try:
        asyncio.run(
            serve(snmp_port=options.port, http_port=options.http_port, mute=options.mute, quiet=options.quiet)
        )
    except NoFreePort as trouble:
        print(trouble, file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
