"""Casebook: what marking remembers of its last judgement; Pending: which assets it has to judge afresh."""

from django.db import models


class Casebook(models.Model):
    """The assets of one block of endpoints, packed (inventory.blocks.casebook). Forgetting it costs only time."""

    number = models.BigIntegerField(primary_key=True)
    day = models.DateField()  # on which they were last judged
    basis = models.CharField(max_length=64)  # the rules and policies by which they were
    bearings = models.JSONField()
    data = models.BinaryField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.number} {self.day}"


class Pending(models.Model):
    """Something that is known of this asset changed. The database writes it for every statement that changes it."""

    asset_id = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.asset_id)
