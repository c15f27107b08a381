"""Answers whoever asks whether the web process is there; says nothing else."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse


@login_not_required
def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204)
