"""How fast the pages come, over HTTP from the served program, signed in, with 100,000 assets (and a million).

`make bench-web`. The web processes as `make run` starts them, on loopback; each figure is the median of seven visits,
of several addresses of a kind the slowest one. `BENCH_MILLION=0` leaves the million out.
"""

import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from itertools import cycle, islice
from statistics import median, quantiles
from urllib.parse import quote, urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import own_django
from bench.exchange import figures
from bench.ground import SMALL, pace, seconds, sized
from bench.report import Figure, LeftOut, report
from bench.web_county import NAME, PASSWORD, WATCHED, grow, prepare
from itops.environment import switch
from itops.organisation.models import Place, User
from itops.site.processes import Family
from itops.site.serving import Address, free_address, usual_web_workers, wait_until_answering, web

ASSETS, MILLION = sized(100_000, 300), sized(1_000_000, 600)
VISITS = sized(7, 1)
CLIENTS, EACH = 4, sized(60, 3)
LIST = "/assets/?per_page=50"
WORDS = ("电脑", "会议", "刘海涛", "OptiPlex 4", "AH-00000", "PF3", "10.0.1", "无此物", "联想 二楼")

Addresses = Mapping[str, Sequence[str]]


class Visitor:
    """One browser: a connection that stays open, and its cookies."""

    def __init__(self, address: Address) -> None:
        self.connection = HTTPConnection(address.host, address.port)
        self.cookies: SimpleCookie = SimpleCookie()

    def get(self, path: str) -> bytes:
        return self._ask("GET", path, None)

    def sign_in(self) -> None:
        self.get("/sign-in/")
        token = self.cookies["csrftoken"].value
        form = urlencode({"username": NAME, "password": PASSWORD, "csrfmiddlewaretoken": token})
        self._ask("POST", "/sign-in/", form)
        self.get("/assets/")

    def _ask(self, method: str, path: str, body: str | None) -> bytes:
        headers = {"Cookie": "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        page = answer.read()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self.cookies.load(cookie)
        if answer.status not in ({200} if body is None else {200, 302}):
            raise SystemExit(f"{path} answered {answer.status}.")
        return page


def main() -> int:
    with own_django.empty_database(), served() as address:
        prepare()
        grow(0, ASSETS)
        visitor = Visitor(address)
        visitor.sign_in()
        pages = addresses()
        paces = [pace()]
        times = {}
        for name, several in pages.items():
            times[name] = slowest(visitor, several)
            paces.append(pace())
        if not SMALL:
            sys.stdout.write(f"  meanwhile a turn of a loop: {min(paces):.0f} to {max(paces):.0f} ns\n")
        report([*page_figures(times), list_kb(visitor), list_queries(), p95(address, pages)])
        report(figures(visitor.get, address, NAME))
        report([worst(address, pages, times)])
    return 0


@contextmanager
def served() -> Iterator[Address]:
    """The program's own web processes; they end with the block."""
    family, address = Family(), free_address("127.0.0.1", 8700)
    family.start(web(address, {}, None, usual_web_workers()))
    try:
        if not wait_until_answering(address):
            raise SystemExit("The web process did not answer within 90 seconds.")
        yield address
    finally:
        family.stop()


def addresses() -> Addresses:
    """What is asked for under each figure's name."""
    township = Place.objects.townships().in_official_order()[11].pk
    conditions = (
        "kind=computer",
        f"place={township}",
        f"place={township}&kind=printer&mark=unused",
        "mark=missing",
    )
    return {
        "list": [LIST],
        "filter": [f"{LIST}&{one}" for one in (*conditions, "view=old_or_unused", "condition=in_storage")],
        "last_page": [f"{LIST}&page=-1"],
        "detail": [f"/assets/{pk}/" for pk in (1, 5, WATCHED - 1)],
        "search": [f"/search/?q={quote(word)}" for word in WORDS],
        "grid": ["/"],
    }


def slowest(visitor: Visitor, several: Sequence[str]) -> float:
    """Milliseconds: the median of the visits to the slowest of these addresses."""
    return max(_median_ms(visitor, path) for path in several)


def _median_ms(visitor: Visitor, path: str) -> float:
    visitor.get(path)
    return 1000 * median(seconds(partial(visitor.get, path)) for _ in range(VISITS))


def page_figures(times: Mapping[str, float]) -> list[Figure]:
    goals = {"list": 20, "filter": 20, "last_page": 25, "detail": 25, "search": 30, "grid": 20}
    return [Figure(f"web.{name}_ms", times[name], "ms", goal, "lower") for name, goal in goals.items()]


def list_kb(visitor: Visitor) -> Figure:
    """The page of 50 rows as HTML, before any compression on the way."""
    return Figure("web.list_kb", len(visitor.get(LIST)) / 1000, "kB", 60, "lower")


def list_queries() -> Figure:
    """Everything that is sent to the database for the same address, BEGIN and COMMIT included."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username=NAME))
    client.get(LIST)
    with CaptureQueriesContext(connection) as asked:
        client.get(LIST)
    return Figure("web.list_queries", len(asked), "queries", 12, "lower")


def p95(address: Address, pages: Addresses) -> Figure:
    """Four browsers at once, each going through all the pages in its own order; each has seen all of them before."""
    every = [path for several in pages.values() for path in several]
    taken: list[float] = []
    all_there = threading.Barrier(CLIENTS, timeout=120)
    visitors = [
        threading.Thread(target=_visit, args=(address, every, n, all_there, taken)) for n in range(CLIENTS)
    ]
    for one in visitors:
        one.start()
    for one in visitors:
        one.join()
    return Figure("web.p95_4_clients_ms", 1000 * quantiles(taken, n=20)[-1], "ms", 80, "lower")


def _visit(
    address: Address, paths: Sequence[str], offset: int, all_there: threading.Barrier, taken: list[float]
) -> None:
    visitor = Visitor(address)
    visitor.sign_in()
    for path in paths:
        visitor.get(path)
    all_there.wait()
    for path in islice(cycle(paths), offset * 5, offset * 5 + EACH):
        taken.append(seconds(partial(visitor.get, path)))


def worst(address: Address, pages: Addresses, before: Mapping[str, float]) -> Figure | LeftOut:
    """Of all the pages the one that a million assets slow down most."""
    name = "web.worst_1m_over_100k"
    if not switch("BENCH_MILLION", default=True):
        return LeftOut(name, "BENCH_MILLION=0")
    grow(ASSETS, MILLION)
    visitor = Visitor(address)  # nobody keeps a connection open that long
    visitor.sign_in()
    ratios = {page: slowest(visitor, several) / before[page] for page, several in pages.items()}
    if not SMALL:
        sys.stdout.write("".join(f"  {page}: {ratio:.2f}\n" for page, ratio in ratios.items()))
    return Figure(name, max(ratios.values()), "times", 2, "lower")


if __name__ == "__main__":
    sys.exit(main())
