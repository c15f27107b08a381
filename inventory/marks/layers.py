"""Policies by place: what a place decides itself is laid over what holds around it; one dictionary a run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from inventory.marks.policy import Policy, policy_of

Settings = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One version: what a place decides for itself and what lies in it. It names only what differs from above."""

    version: str
    place: int
    in_force_on: date
    settings: Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """The policies of one day: each place's own, and the one for all others."""

    usual: Policy
    of_place: Mapping[int, Policy] = field(default_factory=dict)

    def of(self, place: int) -> Policy:
        return self.of_place.get(place, self.usual)

    @property
    def window_days(self) -> int:
        """Far enough back for each of them."""
        return max(one.window_days for one in (self.usual, *self.of_place.values()))


def in_force(layers: Iterable[Layer], day: date) -> dict[int, Layer]:
    """Of each place the version that started last."""
    started = sorted((one for one in layers if one.in_force_on <= day), key=lambda one: one.in_force_on)
    return {one.place: one for one in started}


def by_place(usual: Policy, layers: Mapping[int, Layer], paths: Mapping[int, Sequence[int]]) -> Policies:
    """`paths`: for each place what it lies in, from the outermost to itself. Equal chains share one policy."""
    made: dict[tuple[int, ...], Policy] = {}
    found: dict[int, Policy] = {}
    for place, path in paths.items():
        chain = tuple(one for one in path if one in layers)
        if chain:
            if chain not in made:
                made[chain] = laid_over(usual, [layers[one] for one in chain])
            found[place] = made[chain]
    return Policies(usual=usual, of_place=found)


def laid_over(usual: Policy, layers: Sequence[Layer]) -> Policy:
    """The usual policy with the settings of these over it, the nearest last."""
    if not layers:
        return usual
    settings: Settings = usual.settings
    for one in layers:
        settings = merged(settings, one.settings)
    return policy_of(
        settings,
        version="+".join(one.version for one in layers),
        in_force_on=max(one.in_force_on for one in layers),
    )


def merged(above: Settings, own: Settings) -> Settings:
    """Tables are merged, all else is replaced; what is None is no longer asked for."""
    found = dict(above)
    for name, value in own.items():
        before = found.get(name)
        both = isinstance(before, Mapping) and isinstance(value, Mapping)
        found[name] = dict(merged(before, value)) if both else value  # type: ignore[arg-type]
    return found
