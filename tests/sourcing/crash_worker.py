"""A worker in a process of its own, to be killed: works off the queue of the database that DATABASE_URL names."""

import django

django.setup()

from procrastinate.contrib.django import app  # noqa: E402 -- Django comes first

with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
    worker_app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, concurrency=2)
