"""Device types from NetBox's library enter the catalogue; what people have changed since stays."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from django.db import transaction
from django.utils.text import slugify

from inventory.catalogue.device_types import (
    DeviceType,
    DeviceTypeError,
    Fault,
    Problem,
    read_device_type,
)
from inventory.marks.kind import Kind
from inventory.models import DeviceModel, Manufacturer
from itops.database.actor import acting

TEXTS = ("slug", "part_number", "note")
WRITTEN = ("slug", "part_number", "note", "kind", "specification", "imported")


@dataclass(frozen=True, slots=True)
class Refused:
    """A file of which nothing was taken, and why."""

    file: str
    problems: tuple[Problem, ...]


@dataclass(slots=True, kw_only=True)
class Imported:
    """What became of the files; `kept`: figures that stay as people changed them; `ignored`: keys without use."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    refused: list[Refused] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)


def import_device_types(files: Iterable[tuple[str, bytes]], *, by: str, kind: Kind | None = None) -> Imported:
    """Each file wholly or not at all; the same files again change nothing. `kind` is given to models without one."""
    result = Imported()
    with acting(by), transaction.atomic():
        catalogue = _Catalogue(kind, result)
        for name, content in files:
            try:
                device_type = read_device_type(content)
                catalogue.take(name, device_type)
            except DeviceTypeError as error:
                result.refused.append(Refused(name, error.problems))
            else:
                result.ignored.update(device_type.ignored)
        catalogue.store()
    return result


class _Catalogue:
    """The models of the books with the files laid over them, written at once in the end."""

    def __init__(self, kind: Kind | None, result: Imported) -> None:
        self._kind, self._result = kind, result
        self._makers = _Makers()
        self._models: dict[tuple[int, str], DeviceModel] = {}
        self._file_of: dict[int, tuple[str, DeviceType]] = {}
        self._new: list[DeviceModel] = []
        self._changed: list[DeviceModel] = []
        for model in DeviceModel.objects.all():
            self._know(model)

    def take(self, file: str, one: DeviceType) -> None:
        """Add or change the model, or say why not."""
        maker = self._makers.get_or_add(one.manufacturer)
        model = self._find(maker, one)
        if model is None:
            model = DeviceModel(manufacturer=maker, name=one.model)
            _lay_over(model, one, self._kind)
            self._new.append(model)
            self._know(model)
            self._result.added += 1
        elif self._seen(file, model, one):
            self._result.unchanged += 1
            return
        else:
            self._change(model, one)
        self._file_of[id(model)] = (file, one)

    def store(self) -> None:
        DeviceModel.objects.bulk_create(self._new, batch_size=2000)
        DeviceModel.objects.bulk_update(self._changed, WRITTEN, batch_size=500)

    def _change(self, model: DeviceModel, one: DeviceType) -> None:
        before = [getattr(model, name) for name in WRITTEN]
        self._result.kept += _lay_over(model, one, self._kind)
        if before == [getattr(model, name) for name in WRITTEN]:
            self._result.unchanged += 1
        else:
            self._changed.append(model)
            self._know(model)
            self._result.changed += 1

    def _find(self, maker: Manufacturer, one: DeviceType) -> DeviceModel | None:
        by_slug = self._models.get((maker.pk, f"/{one.slug.casefold()}"))
        by_name = self._models.get((maker.pk, one.model.casefold()))
        if by_slug and by_name and by_slug is not by_name:
            raise DeviceTypeError(Problem(Fault.TWO_MODELS, "slug", f"{by_name.name} / {by_slug.name}"))
        return by_slug or by_name

    def _seen(self, file: str, model: DeviceModel, one: DeviceType) -> bool:
        """Whether another file of this run said the same; one that says otherwise is refused."""
        if id(model) not in self._file_of:
            return False
        other_file, other = self._file_of[id(model)]
        if other != one:
            raise DeviceTypeError(Problem(Fault.TWICE, "model", other_file))
        return True

    def _know(self, model: DeviceModel) -> None:
        self._models[model.manufacturer_id, model.name.casefold()] = model
        if model.slug:
            self._models[model.manufacturer_id, f"/{model.slug.casefold()}"] = model


class _Makers:
    """Manufacturers by any of their names, Chinese or English."""

    def __init__(self) -> None:
        self._by_name: dict[str, Manufacturer] = {}
        for maker in Manufacturer.objects.all():
            for name in (maker.slug, maker.name_en, maker.name):
                self._by_name[name.casefold()] = maker

    def get_or_add(self, name: str) -> Manufacturer:
        slug = slugify(name)
        maker = self._by_name.get(name.casefold()) or (self._by_name.get(slug) if slug else None)
        if maker is None:
            maker = Manufacturer.objects.create(name=name, name_en=name if name.isascii() else "", slug=slug)
            self._by_name |= {name.casefold(): maker, **({slug: maker} if slug else {})}
        return maker


def _lay_over(model: DeviceModel, one: DeviceType, kind: Kind | None) -> int:
    """Write what the file says where nobody has written otherwise; how many figures people's word keeps."""
    said = {"slug": one.slug, "part_number": one.part_number, "note": one.note}
    figures = one.specification.as_json()
    last: Mapping[str, object] = model.imported
    last_figures = last.get("specification", {})
    assert isinstance(last_figures, dict)
    kept = 0
    for name in TEXTS:
        current = getattr(model, name)
        if current == last.get(name, ""):
            setattr(model, name, said[name])
        else:
            kept += current != said[name]
    specification = dict(model.specification)
    for name in dict.fromkeys(chain(figures, last_figures)):
        if specification.get(name) == last_figures.get(name):
            specification.pop(name, None)
            specification |= {name: figures[name]} if name in figures else {}
        else:
            kept += specification.get(name) != figures.get(name)
    model.specification = specification
    model.imported = {**said, "specification": figures}
    model.kind = model.kind or (kind.value if kind else "")
    return kept
