"""How fast files come in and go out, and how fast the interface answers: figures for `bench.web`.

An import is one pass that reads a CSV of 16 columns, checks every row and writes it with its change record. An export
is the whole file over HTTP; the interface is asked over HTTP with a token. Medians; what was written goes again.
"""

import csv
import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from http.client import HTTPConnection
from io import StringIO
from statistics import median

from bench.ground import seconds, sized
from bench.report import Figure
from inventory.models import Asset, DeviceModel
from itops.database.statements import run
from itops.exchange.outcome import Keep
from itops.exchange.run_through import run_through
from itops.organisation.actions.tokens import make_token
from itops.organisation.models import Office, Person, User
from itops.site.pages.assets import LEDGER
from itops.site.serving import Address

ROWS, FILES = sized(10_000, 40), sized(6, 2)
POSTED, VISITS = sized(100, 3), sized(7, 1)
EXPORTS = sized(3, 1)
LIST = "/api/inventory/assets/"
HEAD = (
    *("资产编号", "名称", "类别", "地区", "办公点", "存放地点", "规格型号", "网络", "序列号", "使用状况"),
    *("责任人", "购置日期", "启用日期", "购置金额", "最低使用年限", "备注"),
)

Get = Callable[[str], bytes]
Row = tuple[object, ...]


def figures(get: Get, address: Address, name: str) -> list[Figure]:
    """`get` asks the served program as the person of this name, who is signed in."""
    user = User.objects.get(username=name)
    last = Asset.objects.latest("pk").pk
    export_s = median(seconds(partial(get, "/assets/export/csv/")) for _ in range(EXPORTS))
    found = [
        *_interface(address, user),
        Figure("import.rows_per_s", rows_per_s(user), "rows/s", 10_000, "higher"),
        Figure("export.s_100k", export_s, "s", 4, "lower"),
    ]
    run("DELETE FROM inventory_asset WHERE id > %(last)s", {"last": last})
    run("VACUUM ANALYZE inventory_asset", {})
    return found


def rows_per_s(user: User) -> float:
    """The first file only warms up."""
    files = [_file(range(first, first + ROWS)) for first in range(0, ROWS * FILES, ROWS)]
    return ROWS / median([seconds(partial(_import, user, file)) for file in files][1:])


def _import(user: User, file: bytes) -> None:
    outcome = run_through(LEDGER, file, by=user, keep=Keep.ALL_OR_NOTHING, reason="bench")
    if outcome.added != ROWS or not outcome.written:
        raise SystemExit(f"{outcome.added} rows were imported: {outcome.problems[:3]}")


def _file(numbers: Sequence[int]) -> bytes:
    written = StringIO(newline="")
    csv.writer(written).writerows([HEAD, *_rows(numbers)])
    return written.getvalue().encode()


def _rows(numbers: Sequence[int]) -> Iterator[Row]:
    """Everything by name, as people write it; the person responsible is one of many namesakes."""
    offices = list(Office.objects.select_related("place").order_by("pk"))
    models = list(DeviceModel.objects.values_list("name", flat=True))
    people = dict(Person.objects.order_by("-pk").values_list("office_id", "name"))
    for n in numbers:
        office = offices[n % len(offices)]
        yield (
            *(
                f"NEW-{n:07}",
                f"电脑 {n % 900}",
                ("电脑", "打印机", "UPS")[n % 3],
                office.place.name,
                office.name,
            ),
            *(
                f"{n % 9} 楼",
                models[n % len(models)],
                f"政务网 {n % 3 + 1}",
                f"SN{n:X}",
                "在用",
                people[office.pk],
            ),
            *(
                f"{2010 + n % 14}-{n % 12 + 1:02}-{n % 28 + 1:02}",
                f"{2011 + n % 14}/{n % 12 + 1}/{n % 28 + 1}",
            ),
            *(f"{3000 + n % 50 * 100}.00", 6, "导入" if n % 3 else ""),
        )


def _interface(address: Address, user: User) -> list[Figure]:
    key = make_token(user=user, name="bench", read_only=False)[1]
    client = HTTPConnection(address.host, address.port)
    lists = partial(_call, client, key, "GET", f"{LIST}?limit=1000", None)
    bodies = iter([_body(turn) for turn in range(VISITS + 1)])
    posts = lambda: _call(client, key, "POST", LIST, next(bodies))  # noqa: E731 -- each time another body
    return [
        Figure("api.list_1000_ms", _median_ms(lists), "ms", 50, "lower"),
        Figure("api.post_100_ms", _median_ms(posts), "ms", 60, "lower"),
    ]


def _body(turn: int) -> str:
    places = list(Office.objects.order_by("pk").values_list("pk", "place_id")[:POSTED])
    return json.dumps(
        [
            {"tag": f"POST-{turn}-{n}", "name": "电脑", "kind": "computer", "place": place, "office": office}
            for n, (office, place) in enumerate(places)
        ]
    )


def _median_ms(ask: Callable[[], object]) -> float:
    ask()
    return 1000 * median(seconds(ask) for _ in range(VISITS))


def _call(client: HTTPConnection, key: str, verb: str, path: str, body: str | None) -> None:
    headers = {"Authorization": f"Token {key}", "Content-Type": "application/json"}
    client.request(verb, path, body, headers)
    answer = client.getresponse()
    said = answer.read()
    if answer.status >= 300:
        raise SystemExit(f"{path} answered {answer.status}: {said[:300]!r}")
