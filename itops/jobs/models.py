"""Schedule: which work comes due how often. The clock reads it; nothing is due because a timer fired."""

from django.db import models


class Schedule(models.Model):
    task = models.CharField(max_length=120, unique=True)  # "module:function" of a task
    every_s = models.PositiveIntegerField()
    due = models.DateTimeField()
    enabled = models.BooleanField(default=True)

    class Meta:
        ordering = ["task"]

    def __str__(self) -> str:
        return f"{self.task} / {self.every_s} s"
