"""A packet as PDF. Words of people go in as data, never as markup."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

from assay.decisions.packet import Packet
from assay.web.recruiter.decisions.present import fit_picture, fit_words, lines_shown, printed, unmeasured

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "decisions"


def packet_pdf(*, packet: Packet) -> bytes:
    """Yield a packet as a tagged PDF on A4."""
    return pdf_from(template="packet.typ", data=_data(packet))


def pdf_from(*, template: str, data: dict[str, Any]) -> bytes:
    """Yield a PDF of one of our templates; the same data give the same pages."""
    made = typst.compile(
        _source(template), sys_inputs={"data": json.dumps(data)}, format="pdf", ignore_system_fonts=True
    )
    return bytes(made)


@cache
def _source(template: str) -> bytes:
    return (TEMPLATES / template).read_bytes()


def _data(packet: Packet) -> dict[str, Any]:
    rule = packet.rule
    return {
        "person": packet.person,
        "role": packet.role,
        "organisation": packet.organisation,
        "made_at": packet.made_at[:16].replace("T", " "),
        "head": f"{packet.state}. Applied {packet.applied_on}, answer promised by {packet.answer_by}.",
        "fit": fit_words(packet.fit),
        "fit_picture": printed(fit_picture(packet.fit, packet.person)),
        "lines": [
            {"name": one.name, "asked": one.asked + (", must-have" if one.is_must_have else ""), "words": one.words,
             "picture": printed(one.picture),
             "evidence": [f"{each.source}: {each.words or 'see the ledger'}" for each in (*one.said, *one.shown)]}
            for one in lines_shown(packet.competencies)
        ],
        "unmeasured": ", ".join(unmeasured(packet)),
        "flags": [
            {"what": one.what, "question": one.question, "base_rate": one.base_rate,
             "reply": packet.replies.get(one.key, "")} for one in packet.flags
        ],
        "raters": [f"{one.name}: {one.words}" for one in packet.raters],
        "agreement": packet.agreement.words if packet.agreement else "",
        "answers": [
            {"competency": one.competency, "ask": one.ask,
             "heard": [f"{each.by}: {each.anchor} “{each.quote}”" for each in one.heard]} for one in packet.answers
        ],
        "step": _step(packet),
        "rule": list(rule.sentences) if rule else [],
        "says": rule.verdict.label if rule and rule.verdict else "",
        "verdict": [f"{line.asked}: {line.found}" for line in rule.verdict.lines] if rule and rule.verdict else [],
        "votes": [f"{one.by}: {one.choice}. {one.reason}" for one in packet.votes],
        "decision": packet.decision,
        "versions": packet.versions,
    }  # fmt: skip


def _step(packet: Packet) -> str:
    step = packet.step
    if step is None or packet.decision:
        return ""
    return f"{step.title}{f', {step.minutes} minutes' if step.minutes else ''}. {step.why}"
