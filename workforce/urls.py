"""Addresses of people at work: who can run what, and the records behind it."""

from itops.crud.urls import urls
from workforce.pages.posts import ASSIGNMENTS, POST_SKILLS, POSTS, RESPONSIBILITIES
from workforce.pages.skills import EQUIPMENT_SKILLS, HELD_SKILLS, SKILL_GROUPS, SKILLS

app_name = "workforce"
urlpatterns = [
    *urls(POSTS),
    *urls(POST_SKILLS),
    *urls(ASSIGNMENTS),
    *urls(RESPONSIBILITIES),
    *urls(SKILL_GROUPS),
    *urls(SKILLS),
    *urls(EQUIPMENT_SKILLS),
    *urls(HELD_SKILLS),
]
