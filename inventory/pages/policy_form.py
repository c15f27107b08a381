"""The form of a policy: every setting of a place, empty where it follows what holds around the place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.actions.policies import differing
from inventory.marks.kind import Kind
from inventory.marks.policy import NEED_LIMITS, OPTIONAL_OF_KIND, WHOLE, WHOLE_OF_KIND, Policy
from inventory.models import KIND_NAMES
from inventory.policy_words import OF_KIND, SETTING_NAMES, SHOWABLE, pattern_name, shown_only
from inventory.wording import NEED_NAMES

ASKED_NEEDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.COMPUTER: ("memory_mb", "disk_gb", "processor_year"),
    Kind.SERVER: ("memory_mb", "disk_gb", "processor_year"),
    Kind.NETWORK_LINK: ("line_mbps",),
}
EVERY = "every_kind"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The settings of one kind beside each other."""

    name: str
    fields: Sequence[BoundField]


class PolicyForm(forms.Form):
    """`around`: what holds where the place decides nothing. 0 takes back what is asked there and need not be."""

    in_force_on = forms.DateField(
        label=gettext_lazy("In force from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)
    shown_only = forms.MultipleChoiceField(
        label=gettext_lazy("Shown, but marks nothing"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *given: Any, around: Policy, own: Mapping[str, Any], **more: Any) -> None:
        super().__init__(*given, **more)
        self.around = around
        offered: Any = self.fields["shown_only"]
        offered.choices = [(pattern, pattern_name(pattern)) for pattern in SHOWABLE]
        before = [pattern for pattern in SHOWABLE if shown_only(around, pattern)]
        self.initial.setdefault("shown_only", own.get("shown_only", before))
        for name, path in _paths():
            self._add(name, path, own)

    def _add(self, name: str, path: Sequence[str], own: Mapping[str, Any]) -> None:
        least, most = _limits(path[-1])
        field = forms.IntegerField(label=_label(path), min_value=least, max_value=most, required=False)
        around = _at(self.around.settings, path)
        inherited = around if around is not None or path[0] != "kind" else self._of_every(path)
        field.widget.attrs |= {"placeholder": "–" if inherited is None else str(inherited)}
        if path[0] != path[-1]:
            field.widget.attrs |= {"aria-label": field.label}
        self.fields[name] = field
        if (value := _at(own, path, default=...)) is not ...:
            self.initial.setdefault(name, 0 if value is None else value)

    def _of_every(self, path: Sequence[str]) -> object:
        return _at(self.around.settings, (EVERY, path[-1])) if path[-1] in OF_KIND else None

    @property
    def heads(self) -> list[str]:
        return [str(SETTING_NAMES[key]) for key in OF_KIND]

    @property
    def general(self) -> list[BoundField]:
        return [self[name] for name in ("in_force_on", "reason")]

    @property
    def whole(self) -> list[BoundField]:
        return [self[key] for key in WHOLE]

    @property
    def matrix(self) -> list[Row]:
        every = Row(name=_("Every kind"), fields=[self[f"{EVERY}-{key}"] for key in OF_KIND])
        return [every, *(Row(name=str(KIND_NAMES[kind]), fields=self._of_kind(kind)) for kind in Kind)]

    @property
    def needs(self) -> list[Row]:
        return [
            Row(name=str(KIND_NAMES[kind]), fields=[self[f"{kind}-needs-{key}"] for key in keys])
            for kind, keys in ASKED_NEEDS.items()
        ]

    def _of_kind(self, kind: Kind) -> list[BoundField]:
        return [self[f"{kind}-{key}"] for key in OF_KIND]

    def settings(self) -> dict[str, object]:
        """Only what the place sets otherwise than what holds around it."""
        found: dict[str, Any] = {}
        for name, path in _paths():
            value = self.cleaned_data[name]
            if value is not None:
                table = found
                for step in path[:-1]:
                    table = table.setdefault(step, {})
                table[path[-1]] = None if value == 0 and _may_be_none(path[-1]) else value
        chosen = self.cleaned_data["shown_only"]
        own = differing(found, self.around.settings)
        if set(chosen) != {pattern for pattern in SHOWABLE if shown_only(self.around, pattern)}:
            own["shown_only"] = chosen
        return own


def _paths() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each field's name with where its value stands in the settings."""
    yield from ((key, (key,)) for key in WHOLE)
    yield from ((f"{EVERY}-{key}", (EVERY, key)) for key in OF_KIND)
    for kind in Kind:
        yield from ((f"{kind}-{key}", ("kind", kind.value, key)) for key in OF_KIND)
        for key in ASKED_NEEDS.get(kind, ()):
            yield f"{kind}-needs-{key}", ("kind", kind.value, "needs", key)


def _limits(key: str) -> tuple[int, int]:
    least, most = (WHOLE | WHOLE_OF_KIND | OPTIONAL_OF_KIND).get(key, NEED_LIMITS)
    return (0, most) if _may_be_none(key) else (least, most)


def _may_be_none(key: str) -> bool:
    return key in OPTIONAL_OF_KIND or key in NEED_NAMES


def _label(path: Sequence[str]) -> str:
    setting = str(NEED_NAMES[path[-1]] if path[-1] in NEED_NAMES else SETTING_NAMES[path[-1]])
    if path[0] == path[-1]:
        return setting
    whose = _("Every kind") if path[0] == EVERY else str(KIND_NAMES[Kind(path[1])])
    return f"{whose}: {setting}"


def _at(settings: Any, path: Sequence[str], default: Any = None) -> Any:
    for step in path:
        if not isinstance(settings, Mapping) or step not in settings:
            return default
        settings = settings[step]
    return settings
