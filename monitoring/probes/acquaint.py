"""Getting to know an agent of which only the address is known: who it is, then what such equipment is asked."""

from dataclasses import replace

from monitoring.probes.answer import Answer, Reason
from monitoring.probes.engine import ask
from monitoring.probes.identity_file import general_file
from monitoring.probes.profile import Profile
from monitoring.probes.profiles_file import for_agent, profile_for, profile_named
from monitoring.probes.target import Limits, Target
from monitoring.probes.understand import understand

WHO = Profile(
    name="any_agent",
    version=1,
    kinds=(),
    interval_s=60,
    ping=False,
    snmp=True,
    texts=tuple(text for text in general_file().texts if text.name in {"object_id", "description", "name"}),
)
_TOO_MUCH = frozenset({Reason.SILENT, Reason.BUDGET})


async def acquaint(target: Target, limits: Limits, profile: Profile | None = None) -> Answer:
    """What the target says to the profile that fits it, or to the one given; `target.profile` is not used.

    Some agents fall silent at a question that they do not know. One that told its name but not the rest is
    asked once more, for nothing but its interfaces.
    """
    first = await _asked(replace(target, profile=WHO), limits)
    if first.reason is not Reason.NONE:
        return first
    object_id = first.texts.get("object_id", "")
    fitting = profile or profile_named(profile_for(object_id, first.texts.get("description", "")))
    full = await _asked(replace(target, profile=for_agent(fitting, object_id)), limits)
    if full.reason not in _TOO_MUCH:
        return full
    rest = await _asked(replace(target, profile=profile_named("any_agent"), ask_texts=False), limits)
    return replace(rest, texts=first.texts | full.texts)


async def _asked(target: Target, limits: Limits) -> Answer:
    return understand(target.key, target.profile, await ask(target, limits))
