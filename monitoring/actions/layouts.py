"""The stored names of each profile version's values, made once and remembered by the process."""

from functools import cache

from monitoring.models import Layout
from monitoring.probes.profile import Profile


def layout_id(profile: Profile) -> int:
    return _layout_id(profile.name, profile.version, profile.layout)


@cache
def _layout_id(name: str, version: int, names: tuple[str, ...]) -> int:
    layout, _ = Layout.objects.get_or_create(profile=name, version=version, defaults={"names": list(names)})
    if tuple(layout.names) != names:
        raise ValueError(
            f"Profile {name} changed its numbers without a new version: raise it above {version}."
        )
    return layout.pk
