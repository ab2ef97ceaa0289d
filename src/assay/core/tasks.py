"""Care for the queue itself."""

from procrastinate.contrib.django import app

STALLED_AFTER_S = 45.0
"""A worker writes its heartbeat every ten seconds; four missed ones mean that it is gone."""


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry-stalled-jobs", pass_context=False)
async def retry_stalled_jobs(timestamp: int) -> None:  # noqa: ARG001 -- a periodic task is told its time
    """Give jobs back whose worker died with them in hand; every task bears being started twice."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_S):
        await app.job_manager.retry_job(job)
