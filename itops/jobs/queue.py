"""Upkeep of the queue: a killed worker's jobs are taken up again, finished ones do not pile up."""

from procrastinate import App

SILENT_WORKER_S = 30.0
KEEP_FINISHED_HOURS = 24


async def requeue_stalled(app: App) -> int:
    """Put the jobs of workers that stopped sending heartbeats back on the queue; returns how many."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_WORKER_S))
    for job in stalled:
        await app.job_manager.retry_job(job)
    return len(stalled)


async def forget_finished(app: App) -> None:
    await app.job_manager.delete_old_jobs(nb_hours=KEEP_FINISHED_HOURS, include_failed=False)
