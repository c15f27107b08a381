"""One module per noun; everything is importable from here."""

from monitoring.models.probe import Credential, Probe, State, StateCode
from monitoring.models.reading import Incident, Layout, Outcome, Reading, StateChange, Sweep

__all__ = [
    "Credential",
    "Incident",
    "Layout",
    "Outcome",
    "Probe",
    "Reading",
    "State",
    "StateChange",
    "StateCode",
    "Sweep",
]
