"""`{% planning_tabs %}`: the way between planning's pages."""

from collections.abc import Mapping
from typing import Any

from django import template

from planning.pages.tabs import tabs

register = template.Library()


@register.inclusion_tag("planning/tabs.html", takes_context=True)
def planning_tabs(context: Mapping[str, Any]) -> dict[str, object]:
    return {"planning_tabs": tabs(context["request"])}
