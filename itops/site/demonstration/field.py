"""The demonstration field: the invented county, made from its lists and a seed, so that it is always the same. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random

from inventory.marks.kind import Kind
from inventory.marks.mark import Mark
from itops.organisation.divisions import edition
from itops.site.demonstration import lists
from itops.site.demonstration.records import declared_of, repairs_of, sightings_of
from itops.site.demonstration.shapes import (
    EXTRANET,
    LOCATIONS,
    NAMES,
    NETWORKS_OF,
    PROFILES,
    model_for,
    system_for,
)
from itops.site.demonstration.words import (
    COUNTY_CODE,
    SEAT,
    SILENT_DAYS,
    WITHOUT_ADDRESS,
    Behaviour,
    County,
    Model,
    PlannedAsset,
    PlannedEndpoint,
    PlannedWaiver,
    System,
    Township,
)

SEED = "anhua"
LAST_PURCHASE = date(2026, 6, 30)
BUREAU_STAFF = 14
BUREAU_KINDS = frozenset({Kind.SERVER, Kind.BUSINESS_SYSTEM, Kind.MACHINE_ROOM})
BUSINESS_SYSTEMS = ("民政综合业务平台", "社会救助核对系统", "公文交换系统")
CAPACITIES = (50_000_000, 100_000_000, 100_000_000, 200_000_000)  # bit/s
MOVED_TO = "滔溪镇"
WAIVERS = {  # place, behaviour of the asset -> the decision
    ("平口镇", Behaviour.UNSUPPORTED_SYSTEM): PlannedWaiver(
        mark=Mark.OUTDATED,
        rule="outdated.computer.unsupported_os",
        reason="专用采集卡只支持旧系统，已断开外网，年底随设备更换",
        from_days_ago=40,
        for_days=150,
    ),
    ("冷市镇", Behaviour.NO_USERS): PlannedWaiver(
        mark=Mark.UNUSED, rule="", reason="备用机，防汛值班时启用", from_days_ago=25, for_days=200
    ),
    ("梅城镇", Behaviour.NO_PAGES): PlannedWaiver(
        mark=Mark.UNUSED, rule="", reason="证照专用，仅在换证期间使用", from_days_ago=60, for_days=90
    ),
    ("高明乡", Behaviour.REPAIRED_OFTEN): PlannedWaiver(
        mark=Mark.OUTDATED, rule="", reason="已列入下季度更换计划", from_days_ago=10, for_days=100
    ),
}


@cache
def county() -> County:
    """The county, the same on every day and in every process."""
    codes = {division.name: division.code for division in edition().under(COUNTY_CODE, level=4)}
    makers = [_Maker(number, row, codes[row["name"]]) for number, row in enumerate(lists.townships(), 1)]
    townships = {maker.name: maker.township() for maker in makers}
    strangers = tuple(_moved(townships, next(m for m in makers if m.name == MOVED_TO)))
    return County(
        townships=tuple(_with_serial_twice(list(townships.values()))),
        bureau=lists.people(Random(SEED), lists.BUREAU_POSTS),
        bureau_staff=BUREAU_STAFF,
        strangers=strangers,
    )


class _Maker:
    """Makes one township, kind by kind; numbers and addresses are given out in that order."""

    def __init__(self, number: int, row: Mapping[str, str], code: str) -> None:
        self.number, self.row, self.code, self.name = number, row, code, row["name"]
        self.rng = Random(f"{SEED}:{code}")
        self.assets: list[PlannedAsset] = []
        self.switches: list[PlannedAsset] = []
        self.main_line = ""
        self._hosts = 0
        self.watched_days = int(row["watched_days"])
        self.stocktake = self.rng.randint(40, 75) if self.watched_days > 30 else None
        self._cut = Behaviour.CUT_LINE in lists.oddities()[self.name, Kind.NETWORK_LINK.value]

    def township(self) -> Township:
        self._network()
        self._rooms()
        self._simple(Kind.UPS, int(self.row["ups"]))
        self._boards()
        self._servers()
        self._computers()
        self._printers()
        return Township(
            number=self.number,
            code=self.code,
            name=self.name,
            staff=int(self.row["staff"]) - (BUREAU_STAFF if self.name == SEAT else 0),
            watched_days=self.watched_days,
            stocktake_days_ago=self.stocktake,
            people=lists.people(self.rng, lists.TOWNSHIP_POSTS),
            assets=tuple(self.assets),
        )

    def next_address(self) -> str:
        self._hosts += 1
        return f"127.23.{self.number}.{self._hosts}"

    def _network(self) -> None:
        """Lines behind nothing, a router and the switches behind the first line."""
        for position, behaviour in enumerate(self._behaviours(Kind.NETWORK_LINK, int(self.row["lines"]))):
            name = "政务外网专线" if position == 0 else "备用专线"
            line = self._add(Kind.NETWORK_LINK, behaviour, name=name, capacity=self.rng.choice(CAPACITIES))
            self.main_line = self.main_line or _address(line)
        self._add(Kind.NETWORK_DEVICE, Behaviour.HEALTHY, pool="router", name="路由器", behind=self.main_line)
        behaviours = self._behaviours(Kind.NETWORK_DEVICE, int(self.row["switches"]))
        for behaviour in sorted(behaviours, key=lambda b: b is Behaviour.NEVER_OBSERVED):
            self.switches.append(self._add(Kind.NETWORK_DEVICE, behaviour, behind=self.main_line))

    def _rooms(self) -> None:
        for behaviour in self._behaviours(Kind.CONFERENCE_ROOM, int(self.row["rooms"])):
            room = self._add(Kind.CONFERENCE_ROOM, behaviour)
            in_use = Behaviour.NO_CALLS if behaviour is Behaviour.NO_CALLS else Behaviour.HEALTHY
            self._add(Kind.VIDEO_ENDPOINT, in_use, whole=room.tag, location=room.location)
            for part in (Kind.CAMERA, Kind.DISPLAY):
                self._add(part, Behaviour.UNHEARD, whole=room.tag, location=room.location)

    def _simple(self, kind: Kind, count: int) -> None:
        for behaviour in self._behaviours(kind, count):
            self._add(kind, behaviour)

    def _boards(self) -> None:
        """A panel that can be asked where its being off is to be seen; the others by turns."""
        makes = lists.models("notice_board")
        for turn, behaviour in enumerate(self._behaviours(Kind.NOTICE_BOARD, int(self.row["boards"]))):
            asked = behaviour is Behaviour.PANEL_OFF or (turn + self.number) % 3 == 0
            self._add(Kind.NOTICE_BOARD, behaviour, model=makes[0 if asked else 1])

    def _servers(self) -> None:
        self._simple(Kind.SERVER, int(self.row["servers"]))
        if self.name == SEAT:
            for name in BUSINESS_SYSTEMS:
                self._add(Kind.BUSINESS_SYSTEM, Behaviour.HEALTHY, name=name)
            self._add(Kind.MACHINE_ROOM, Behaviour.HEALTHY)

    def _computers(self) -> None:
        behaviours = self._behaviours(Kind.COMPUTER, int(self.row["computers"]))
        for turn, behaviour in enumerate(behaviours):
            bureau = self.name == SEAT and (turn < BUREAU_STAFF or behaviour is Behaviour.CONFIDENTIAL)
            self._add(Kind.COMPUTER, behaviour, behind=self._switch(turn, behaviour), bureau=bureau)

    def _printers(self) -> None:
        for turn, behaviour in enumerate(self._behaviours(Kind.PRINTER, int(self.row["printers"]))):
            pool = "desk_printer" if behaviour is Behaviour.UNHEARD else "printer"
            self._add(Kind.PRINTER, behaviour, pool=pool, behind=self._switch(turn, behaviour))

    def _behaviours(self, kind: Kind, count: int) -> list[Behaviour]:
        odd = list(lists.oddities()[self.name, kind.value].elements())
        if len(odd) > count:
            raise ValueError(f"{self.name}: {len(odd)} odd of {count} {kind}")
        found = odd + [Behaviour.HEALTHY] * (count - len(odd))
        if kind in {Kind.NETWORK_LINK, Kind.NETWORK_DEVICE}:  # the first line carries the township
            return sorted(found, key=lambda b: b in {Behaviour.IDLE_LINE, Behaviour.HEALTHY})[
                :: _direction(odd)
            ]
        self.rng.shuffle(found)
        return found

    def _switch(self, turn: int, behaviour: Behaviour) -> str:
        usual = [s for s in self.switches if s.behaviour is not Behaviour.NEVER_OBSERVED]
        others = [s for s in self.switches if s.behaviour is Behaviour.NEVER_OBSERVED]
        chosen = others if others and behaviour is Behaviour.NEVER_OBSERVED else usual
        return _address(chosen[turn % len(chosen)])

    def _add(
        self,
        kind: Kind,
        behaviour: Behaviour,
        *,
        pool: str = "",
        model: Model | None = None,
        name: str = "",
        behind: str | None = None,
        whole: str = "",
        location: str = "",
        capacity: int | None = None,
        bureau: bool = False,
    ) -> PlannedAsset:
        made_by = model or model_for(self.rng, kind, behaviour, pool)
        asset = PlannedAsset(
            tag=self._next_tag(),
            kind=kind,
            name=name or NAMES[kind],
            place=self.name,
            bureau=bureau or (self.name == SEAT and kind in BUREAU_KINDS),
            location=location or self.rng.choice(LOCATIONS[kind]),
            behaviour=behaviour,
            network=NETWORKS_OF.get(behaviour, EXTRANET),
            model=made_by,
            serial=_serial(self.rng) if made_by.maker else "",
            bought_on=_bought(self.rng, made_by),
            cost_fen=round(made_by.yuan * self.rng.uniform(0.94, 1.06)) * 100,
            person=self.rng.randrange(len(lists.TOWNSHIP_POSTS)),
            whole=whole,
            sightings=sightings_of(behaviour, self.stocktake),
            repairs=repairs_of(self.rng, kind, behaviour),
            waiver=self._waiver(behaviour),
        )
        self.assets.append(self._connected(asset, behind, capacity))
        return self.assets[-1]

    def _connected(self, asset: PlannedAsset, behind: str | None, capacity: int | None) -> PlannedAsset:
        """With what it is on the network, if it is there, and what is written down of it."""
        system, memory = system_for(self.rng, asset.model, asset.behaviour)
        if asset.model.speaks and asset.behaviour not in WITHOUT_ADDRESS:
            parent = self._behind(asset.kind) if behind is None else behind
            asset = replace(asset, endpoint=self._endpoint(asset, system, memory, parent, capacity))
        return replace(asset, declared=declared_of(self.rng, asset, system, memory, capacity))

    def _behind(self, kind: Kind) -> str:
        return "" if kind is Kind.NETWORK_LINK else _address(self.switches[0])

    def _endpoint(
        self, asset: PlannedAsset, system: System | None, memory: int, behind: str, capacity: int | None
    ) -> PlannedEndpoint:
        address, model = self.next_address(), asset.model
        host = int(address.rpartition(".")[2])
        said = _serial(self.rng) if asset.behaviour is Behaviour.REPLACED else asset.serial
        return PlannedEndpoint(
            address=address,
            place=self.name,
            kind=asset.kind,
            profile=PROFILES[model.speaks],
            speaks="" if asset.behaviour is Behaviour.MAC_ONLY else model.speaks,
            behaviour=asset.behaviour,
            behind=behind,
            mac=f"02:a7:{self.number:02x}:{host:02x}:{self.rng.randrange(256):02x}:{self.rng.randrange(256):02x}",
            name=asset.tag,
            maker=model.maker_en,
            model=model.name,
            serial=said,
            system=system,
            processor=model.processor,
            family=model.family,
            memory_mb=memory,
            capacity_bps=capacity,
            watched_days=self.watched_days,
            silent_days=SILENT_DAYS.get(asset.behaviour, 0),
            cut=self._cut,
        )

    def _next_tag(self) -> str:
        return f"AH-{self.row['initials']}-{len(self.assets) + 1:04}"

    def _waiver(self, behaviour: Behaviour) -> PlannedWaiver | None:
        """The first asset that behaves so has it."""
        waiver = WAIVERS.get((self.name, behaviour))
        return None if any(asset.waiver == waiver for asset in self.assets) else waiver


def _moved(townships: Mapping[str, Township], to: _Maker) -> Iterator[PlannedEndpoint]:
    """Where moved assets now answer, unknown to the books."""
    for township in townships.values():
        for asset in township.assets:
            if asset.behaviour is Behaviour.MOVED and asset.endpoint:
                yield replace(
                    asset.endpoint,
                    address=to.next_address(),
                    place=to.name,
                    behaviour=Behaviour.HEALTHY,
                    behind=_address(to.switches[0]),
                    watched_days=0,
                    silent_days=0,
                )


def _with_serial_twice(townships: list[Township]) -> Iterator[Township]:
    """SERIAL_TWICE says what a healthy printer of the first township says."""
    original = next(
        asset
        for asset in townships[0].assets
        if asset.kind is Kind.PRINTER and asset.behaviour is Behaviour.HEALTHY and asset.endpoint
    )
    for township in townships:
        assets = tuple(_saying(asset, original.serial) for asset in township.assets)
        yield replace(township, assets=assets)


def _saying(asset: PlannedAsset, serial: str) -> PlannedAsset:
    if asset.behaviour is not Behaviour.SERIAL_TWICE or not asset.endpoint:
        return asset
    return replace(asset, endpoint=replace(asset.endpoint, serial=serial))


def _direction(odd: list[Behaviour]) -> int:
    return -1 if Behaviour.IDLE_LINE in odd else 1


def _address(asset: PlannedAsset) -> str:
    return asset.endpoint.address if asset.endpoint else ""


def _serial(rng: Random) -> str:
    return "".join(rng.choices("ABCDEFGHJKLMNPRSTUVWXYZ", k=3)) + "".join(
        rng.choices("0123456789ABCDEF", k=9)
    )


def _bought(rng: Random, model: Model) -> date:
    first = date(model.first_year, 1, 10)
    last = min(date(model.last_year, 12, 20), LAST_PURCHASE)
    return first + timedelta(days=rng.randrange((last - first).days))
