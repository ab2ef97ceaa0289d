"""The database for as long as a command runs, and Django set up on it."""

import os
from contextlib import ExitStack


def ready_database(stack: ExitStack) -> None:
    """Start or reach the database, set Django up and bring the schema to this version."""
    open_database(stack)
    from django.core.management import call_command  # noqa: PLC0415 -- only after django.setup()

    call_command("migrate", verbosity=0, interactive=False)


def open_database(stack: ExitStack) -> None:
    """Start the embedded Postgres for as long as ``stack`` lives (unless ``DATABASE_URL`` names one); set Django up."""
    from assay.core.home import home_path  # noqa: PLC0415 -- the command line starts fast without it
    from assay.server.postgres import Supervisor  # noqa: PLC0415 -- as above

    if not (os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE")):
        stack.enter_context(Supervisor(home=home_path()))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assay.server.settings")
    import django  # noqa: PLC0415 -- settings need the environment above

    from assay.server.logs import configure_logging  # noqa: PLC0415 -- as above

    configure_logging()
    django.setup()
