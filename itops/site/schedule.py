"""The list of scheduled work: everything that comes due by itself, and how often at first."""

from inventory import jobs as inventory
from itops.notify import jobs as notify
from itops.organisation import jobs as organisation
from itops.site import jobs as site
from monitoring import jobs as monitoring
from planning import jobs as planning
from workforce import jobs as workforce

SCHEDULED = (
    (monitoring.probe_due, 1),
    (monitoring.line_shares, 600),
    (monitoring.plan_systems, 300),
    (inventory.mark_today, 300),
    (inventory.count_assets, 86_400),
    (inventory.keep_partitions, 3600),
    (inventory.pack_evidence, 3600),
    (site.tell_changes, 5),
    (notify.deliver, 5),
    (notify.forget_old, 86_400),
    (organisation.forget_ended_sessions, 3600),
    (workforce.hold_against_equipment, 3600),
    (planning.count_months, 21_600),
    (planning.measure_promises, 3600),
    (workforce.remind, 3600),
    (site.requeue_stalled, 15),
    (site.forget_finished, 3600),
    (site.forget_imports, 86_400),
)
TASKS = {task.name: task for task, _ in SCHEDULED}
INTERVALS = [(task.name, every_s) for task, every_s in SCHEDULED]
