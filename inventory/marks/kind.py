"""The kinds of asset the county answers for."""

from enum import StrEnum


class Kind(StrEnum):
    COMPUTER = "computer"
    CONFERENCE_ROOM = "conference_room"
    NOTICE_BOARD = "notice_board"
    NETWORK_LINK = "network_link"
    NETWORK_DEVICE = "network_device"
    SERVER = "server"
    UPS = "ups"
    PRINTER = "printer"
    VIDEO_ENDPOINT = "video_endpoint"
    CAMERA = "camera"
    DISPLAY = "display"
    MACHINE_ROOM = "machine_room"
    BUSINESS_SYSTEM = "business_system"


class Condition(StrEnum):
    """What people say of an asset; no probe changes it."""

    IN_USE = "in_use"
    IN_STORAGE = "in_storage"
    UNDER_REPAIR = "under_repair"
    RETIRED = "retired"
