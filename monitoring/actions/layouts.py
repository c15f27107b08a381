"""The stored names of each profile version's values, made once and remembered by the process."""

from django.db import connection

from monitoring.models import Layout
from monitoring.probes.profile import Profile

_known: dict[tuple[str, int], int] = {}


def layout_id(profile: Profile) -> int:
    """The id of the layout that this version's readings are stored in."""
    key = (profile.name, profile.version)
    found = _known.get(key)
    if found is None:
        found = _stored(profile)
        if not connection.in_atomic_block:  # within a transaction it may still be rolled back
            _known[key] = found
    return found


def _stored(profile: Profile) -> int:
    names = list(profile.layout)
    layout, _ = Layout.objects.get_or_create(
        profile=profile.name, version=profile.version, defaults={"names": names}
    )
    if layout.names != names:
        raise ValueError(
            f"Profile {profile.name} changed its numbers: raise its version above {profile.version}."
        )
    return layout.pk
