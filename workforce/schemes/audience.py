"""Whom a scheme means, from what is recorded of a person."""

from workforce.schemes.scheme import Audience

CIVIL_SERVICE = "civil"
DIVISION_RANKS = ("处", "调研员", "厅", "巡视员")
UNTRAINED_TITLES = ("", "无", "未评")


def audience_of(establishment: str, rank: str, technical_title: str) -> Audience:
    """Division rank (县处级) first, then the civil service, then a technical title."""
    if any(word in rank for word in DIVISION_RANKS):
        return Audience.COUNTY_LEADER
    if establishment == CIVIL_SERVICE:
        return Audience.CIVIL_SERVANT
    if technical_title.strip() not in UNTRAINED_TITLES:
        return Audience.PROFESSIONAL
    return Audience.OTHER
