"""``assay serve``: the database, its schema, the job worker and the site, in one process tree."""

import argparse
import os
import sys
import webbrowser
from contextlib import ExitStack
from threading import Timer

from assay.cli.database import ready_database

HELP = "start Assay: database, worker and site"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default %(default)s)")
    parser.add_argument("--no-worker", action="store_true", help="web only; run `assay worker` elsewhere")
    parser.add_argument(
        "--no-runner", action="store_true", help="no sandbox beside the site; run `assay-runner` elsewhere"
    )
    parser.add_argument("--example", action="store_true", help="with an example organisation, made on the first start")
    parser.add_argument("--open", action="store_true", help="open a browser on the example's first page")


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped."""
    # A passkey needs a name: browsers take localhost for one, an address they do not.
    shown = "localhost" if arguments.host == "127.0.0.1" else arguments.host
    url = f"http://{shown}:{arguments.port}"
    os.environ.setdefault("ASSAY_URL", url)
    os.environ["ASSAY_WORKER"] = "0" if arguments.no_worker else "1"
    with ExitStack() as stack:
        ready_database(stack)
        bring_in_shipped_tasks()
        if not arguments.no_runner:
            begin_runner(stack, site=f"http://127.0.0.1:{arguments.port}")
        first_page = prepare_example() if arguments.example else "/"
        print(f"Assay answers on {os.environ['ASSAY_URL']} (Ctrl-C stops it)", flush=True)
        if arguments.open and may_open_browser():
            timer = Timer(1.5, webbrowser.open, [os.environ["ASSAY_URL"] + first_page])
            timer.daemon = True
            timer.start()
        serve_until_stopped(host=arguments.host, port=arguments.port)
    return 0


def bring_in_shipped_tasks() -> None:
    """Bring the bank into line with the exercises and work samples that ship with this version."""
    from assay.core.clock import now  # noqa: PLC0415 -- needs Django
    from assay.items.services import sync_shipped  # noqa: PLC0415 -- as above

    sync_shipped(now=now())


def begin_runner(stack: ExitStack, *, site: str) -> None:
    """Keep a runner beside the site until the stack ends."""
    from assay.core.home import home_path  # noqa: PLC0415 -- a fast start for --help
    from assay.server.beside import runner_beside  # noqa: PLC0415 -- as above

    slots = max(1, min(4, (os.cpu_count() or 1)))
    stack.enter_context(runner_beside(site=site, home=home_path(), slots=slots))


def prepare_example() -> str:
    """Make the example organisation where there is none yet; print its sign-in links; yield the first page's path."""
    from assay.cli.example import prepare  # noqa: PLC0415 -- needs Django

    return prepare()


def may_open_browser() -> bool:
    """Tell whether a browser would have a screen to open on."""
    return sys.platform in {"darwin", "win32"} or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def serve_until_stopped(*, host: str, port: int) -> None:
    """Run the web server. Typing in shared documents must not be deflated: it made it four hundred times slower."""
    import uvicorn  # noqa: PLC0415 -- heavy

    trusted = os.environ.get("ASSAY_TRUSTED_PROXY", "127.0.0.1")
    uvicorn.run(
        "assay.server.asgi:app", host=host, port=port, ws="websockets-sansio", ws_per_message_deflate=False,
        lifespan="on", log_config=None, access_log=False, proxy_headers=True, forwarded_allow_ips=trusted,
        timeout_graceful_shutdown=8, server_header=False,
    )  # fmt: skip
