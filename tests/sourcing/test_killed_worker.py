import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from assay.audit.models import Event
from assay.evidence.models import Document
from assay.people.models import Person
from assay.sourcing.models import ImportItem
from tests.sourcing.conftest import resume_text

WORKER = Path(__file__).with_name("crash_worker.py")


def start_worker():
    settings = connection.settings_dict
    url = f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['HOST']}"
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment["PYTHONPATH"] = os.pathsep.join(["src", ".", environment.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", str(WORKER)], env=environment, stderr=subprocess.PIPE, start_new_session=True
    )


def ended():
    return ImportItem.objects.exclude(state="waiting").count()


def give_back_jobs():
    """Do what the periodic task does once a dead worker's heartbeat is old, without waiting for it to grow old."""
    from procrastinate.contrib.django import app

    async def retry(worker_app):
        async with worker_app.open_async():
            for job in await worker_app.job_manager.get_stalled_jobs(seconds_since_heartbeat=0):
                await worker_app.job_manager.retry_job(job)

    with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
        asyncio.run(retry(worker_app))


def file_of(number):
    """Yield one person's file: a mail and a phone of their own, else all would be looked at as one another."""
    text = resume_text(f"Kim Number{number}", f"kim{number}@mail.example", f"- {number}")
    return text.replace(b"171 1234567", b"171 %07d" % (1_000_000 + number))


@pytest.mark.parametrize(("files", "before_kill"), [(60, 5), pytest.param(500, 40, marks=pytest.mark.slow)])
@pytest.mark.django_db(transaction=True)
def test_worker_killed_in_the_middle_resumes_and_imports_none_twice(new_import, drop, run_jobs, files, before_kill):
    batch = new_import()
    drop(batch, {f"cv{i}.txt": file_of(i) for i in range(files)})
    worker = start_worker()
    deadline = time.monotonic() + 90
    while ended() < before_kill and worker.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    os.killpg(worker.pid, signal.SIGKILL)
    worker.communicate()
    assert worker.returncode == -signal.SIGKILL
    after_kill = ended()
    assert before_kill <= after_kill < files
    give_back_jobs()
    run_jobs()
    batch.refresh_from_db()
    assert (batch.state, ended()) == ("done", files)
    assert (Person.objects.count(), Document.objects.count()) == (files, files)
    assert ImportItem.objects.filter(state="read").values("person").distinct().count() == files
    assert Event.objects.filter(kind="document.read").count() == files
