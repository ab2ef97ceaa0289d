# ruff: noqa: E402 -- Django is set up for a database of its own before its models are imported
"""How fast the next question comes while fifty people sit knowledge tests at once.

``python -m bench.knowledge --people 50``: starts a database and a site of its own (`assay serve`, with its worker) in a
temporary folder, lets so many people take a test over HTTP, each in a loop of reading, thinking and answering, and
times from an answer being sent to the next question's page being there: two requests, as a browser makes them. The
people think ``--think`` seconds on average, far less than real ones. The clients share the machine with the site.
"""

import argparse
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from datetime import timedelta
from pathlib import Path

HOME = tempfile.mkdtemp(prefix="assay-bench-")
Path(HOME).chmod(0o755)
os.environ.update(ASSAY_HOME=HOME, DJANGO_SETTINGS_MODULE="assay.server.settings")

import django

django.setup()

import msgspec
import numpy as np
from django.core.management import call_command

from assay.accounts.choices import MemberKind
from assay.accounts.models import Member, Organisation, User
from assay.applications.models import Application
from assay.core.clock import now
from assay.knowledge.links import token_of
from assay.knowledge.plan import Area, Plan
from assay.knowledge.proposing import proposal_for
from assay.knowledge.services import create_test, invite
from assay.people.models import Person
from assay.roles.models import Role, RoleVersion
from assay.roles.profile import Demand, RoleProfile
from assay.server.cluster import layout_of
from assay.server.postgres import Supervisor

ASKED_FOR = ("statistics", "probability", "evaluation_metrics", "supervised_learning", "deep_learning", "python")
START_S = 90


class Candidate:
    """Somebody who takes a test over one kept connection."""

    def __init__(self, *, port: int, token: str, seed: int, think_s: float) -> None:
        self.port, self.token, self.think_s = port, token, think_s
        self.chance = np.random.default_rng(seed)
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookie = ""
        self.waits_ms: list[float] = []
        self.faults: list[str] = []

    def take(self) -> None:
        """Take the whole test."""
        page = self.ask("GET", f"/k/{self.token}/")
        page = self.ask("POST", f"/k/{self.token}/begin", {"csrfmiddlewaretoken": token_in(page)})
        while 'id="question"' in page:
            time.sleep(self.chance.exponential(self.think_s))
            fields = answer_to(page, self.chance)
            begun = time.perf_counter()
            page = self.ask("POST", f"/k/{self.token}/question", fields)
            if 'id="question"' in page:
                self.waits_ms.append(1000 * (time.perf_counter() - begun))
        if "Thank you" not in page:
            self.faults.append(page[:200])

    def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> str:
        """Yield a page, redirects followed."""
        body = urllib.parse.urlencode(fields) if fields else None
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            self.connection.close()  # kept too long: a browser opens another, and what is sent twice counts once
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        text = answer.read().decode()
        if found := re.search(r"assay-csrf=([^;]+)", answer.getheader("Set-Cookie") or ""):
            self.cookie = f"assay-csrf={found[1]}"
        if answer.status in {302, 303}:
            return self.ask("GET", answer.getheader("Location") or "/")
        if answer.status != http.HTTPStatus.OK:
            self.faults.append(f"{method} {path}: {answer.status}")
        return text


def token_in(page: str) -> str:
    """Yield the page's form token."""
    return re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]


def answer_to(page: str, chance: np.random.Generator) -> dict[str, str]:
    """Yield an answer to the question on a page: one at random."""
    form = page.partition('id="question"')[2]
    ref = re.findall(r'name="question" value="([^"]+)"', form)[0]
    fields = {"csrfmiddlewaretoken": token_in(page), "question": ref, "action": "answer"}
    choices = re.findall(r'name="choice" value="([^"]+)"', form)
    places = re.findall(r'name="(place:[^"]+)"', form)
    if choices:
        fields["choice"] = str(chance.choice(choices))
    elif places:
        fields |= {name: str(place) for place, name in enumerate(places, 1)}
    else:
        fields["typed"] = "1"
    return fields


def fill(people: int) -> list[str]:
    """Make a test and its takers; yield their links' tokens."""
    moment = now()
    organisation = Organisation.objects.create(slug="bench", name="Bench", created_at=moment)
    user = User.objects.create_user(email="a@bench.example", name="Bench", created_at=moment)
    kinds = [MemberKind.RECRUITER]
    member = Member.objects.create(organisation=organisation, user=user, kinds=kinds, created_at=moment)
    role = Role.objects.create(organisation=organisation, title="ML engineer", state="open", created_at=moment)
    profile = RoleProfile(
        title="ML engineer", demands=tuple(Demand(competency=c, level=3, weight=1.0) for c in ASKED_FOR)
    )
    RoleVersion.objects.create(
        role=role, number=1, created_at=moment, profile=msgspec.to_builtins(profile), map_version="bench"
    )
    areas = tuple(
        Area(competency=one.competency, items=one.items, level=3) for one in proposal_for(role=role).candidates[:4]
    )
    test = create_test(role=role, plan=Plan(areas=areas, minutes=60, target_sd=0.01), member=member, now=moment)
    tokens = []
    for number in range(people):
        person = Person.objects.create(
            organisation=organisation, name=f"Person {number}", created_at=moment, updated_at=moment
        )
        application = Application.objects.create(
            organisation=organisation, role=role, person=person, applied_at=moment, state_since=moment,
            answer_by=(moment + timedelta(days=30)).date(),
        )  # fmt: skip
        tokens.append(token_of(invite(test=test, application=application, member=member, now=moment)))
    return tokens


def started_site(port: int) -> subprocess.Popen[bytes]:
    """Start the site; yield its process once it answers."""
    command = [sys.executable, "-m", "assay.cli.main", "serve", "--port", str(port), "--no-runner"]
    environment = os.environ | {"DATABASE_URL": layout_of(home=Path(HOME)).url}
    site = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(START_S * 5):
        time.sleep(0.2)
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.HTTPStatus.OK:
                return site
        except OSError:
            continue
    site.kill()
    raise TimeoutError("the site did not start")


def free_port() -> int:
    """Yield a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def report(people: list[Candidate], took_s: float) -> None:
    """Print what the people waited."""
    waits = sorted(wait for one in people for wait in one.waits_ms)
    faults = [fault for one in people for fault in one.faults]
    if not waits:
        print(f"nobody got a second question: {faults[:5]}")
        return
    p95, p99 = waits[int(0.95 * len(waits))], waits[int(0.99 * len(waits))]
    print(
        f"{len(people)} people at once, {len(waits)} next questions in {took_s:.0f} s: "
        f"p50 {statistics.median(waits):.1f}, p95 {p95:.1f}, p99 {p99:.1f}, slowest {waits[-1]:.1f} ms"
    )
    print(f"faults: {len(faults)} {faults[:3]}")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--think", type=float, default=10.0, help="seconds between questions, on average")
    arguments = parser.parse_args()
    supervisor = Supervisor(home=Path(HOME))
    supervisor.start()
    site = None
    try:
        call_command("migrate", verbosity=0)
        tokens = fill(arguments.people)
        port = free_port()
        site = started_site(port)
        people = [
            Candidate(port=port, token=token, seed=seed, think_s=arguments.think) for seed, token in enumerate(tokens)
        ]
        threads = [threading.Thread(target=one.take) for one in people]
        begun = time.perf_counter()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        report(people, time.perf_counter() - begun)
    finally:
        if site is not None:
            site.terminate()
            site.wait(20)
        supervisor.stop()


if __name__ == "__main__":
    main()
