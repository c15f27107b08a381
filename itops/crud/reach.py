"""Which of a batch of instances, saved or not, lie where an account does not hold a permission."""

from collections.abc import Mapping
from typing import Any

from itops.crud.resource import Resource
from itops.organisation.models import User
from itops.organisation.scope import granted_paths, may
from itops.organisation.subjects import may_for_all


def outside(resource: Resource, instances: Mapping[int, Any], permission: str, user: User) -> list[int]:
    """Their indexes; one question for all of them."""
    if resource.place is None:
        return [] if may_for_all(user, permission) else list(instances)
    step, _sep, rest = resource.place.partition("__")
    if not step:
        return [index for index, one in instances.items() if not may(user, permission, one)]
    key: Any = resource.model._meta.get_field(step)
    keys = {index: getattr(one, key.attname) for index, one in instances.items()}
    under = f"{rest}__path__under" if rest else "path__under"
    reached = key.remote_field.model._base_manager.filter(
        **{under: granted_paths(user, permission)}, pk__in=set(keys.values())
    )
    inside = set(reached.values_list("pk", flat=True))
    return [index for index, one in keys.items() if one not in inside]
