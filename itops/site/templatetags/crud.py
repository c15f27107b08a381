"""`{% load crud %}`: addresses of the record that a page shows."""

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def record_url(context: template.Context, page: str) -> str:
    """The address of one of the pages of `instance`: `{% record_url "edit" %}`."""
    address: str = context["resource"].url(page, context["instance"].pk)
    return address
