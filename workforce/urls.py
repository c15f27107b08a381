"""Addresses of people at work: who can run what, and the records behind it."""

from django.urls import path

from itops.crud.urls import urls
from workforce.pages import overview, person, skills_map
from workforce.pages.former_ranks import FORMER_RANKS
from workforce.pages.posts import ASSIGNMENTS, POST_SKILLS, POSTS, RESPONSIBILITIES
from workforce.pages.skills import EQUIPMENT_SKILLS, HELD_SKILLS, SKILL_GROUPS, SKILLS
from workforce.training_urls import TRAINING

app_name = "workforce"
urlpatterns = [
    path("", overview.page, name="overview"),
    path("skills-map/", skills_map.page, name="skills_map"),
    path("skills-map/export.csv", skills_map.export, {"kind": "csv"}, name="skills_map_csv"),
    path("skills-map/export.xlsx", skills_map.export, {"kind": "xlsx"}, name="skills_map_xlsx"),
    path("people/<int:pk>/", person.page, name="person"),
    *urls(POSTS),
    *urls(POST_SKILLS),
    *urls(ASSIGNMENTS),
    *urls(RESPONSIBILITIES),
    *urls(FORMER_RANKS),
    *urls(SKILL_GROUPS),
    *urls(SKILLS),
    *urls(EQUIPMENT_SKILLS),
    *urls(HELD_SKILLS),
    *TRAINING,
]
