"""What a class of tables or filters declares once, and each request takes a copy of."""

from collections import OrderedDict
from copy import copy
from typing import Any

from django_filters import Filter


class Declared(OrderedDict[str, Any]):
    """Columns or filters by name. A deep copy copies them and their own mappings, not everything these refer to:

    texts, conditions and functions are the same for every request, and to copy them took a tenth of a list's time.
    """

    def __deepcopy__(self, memo: object) -> OrderedDict[str, Any]:
        return OrderedDict((name, _copied(one)) for name, one in self.items())


def _copied(one: Any) -> Any:
    made = copy(one)
    own = vars(made)
    own |= {name: dict(value) for name, value in own.items() if type(value) is dict}
    if isinstance(one, Filter) and one.method is not None:
        made.method = one.method  # what calls it remembers the filter it was made for
    return made
