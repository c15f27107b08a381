"""Whoever hands in more than the program reads is told so on a page, not by two bare words."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.support.county import County


def test_more_than_a_hundred_files_are_answered_with_a_page(county: County) -> None:
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    files = [SimpleUploadedFile(f"{number}.yaml", b"a: b") for number in range(101)]
    answer = client.post(reverse("inventory:device_types"), {"handed_in": files})
    assert answer.status_code == 400
    assert "超过 100 个" in answer.content.decode()
    assert "more than 100" in answer.content.decode()
