"""An event as a sentence. It says who did what to which kind of thing, and never a candidate's name."""

import re
from typing import NamedTuple

from assay.audit.models import Event

PHRASES = {
    "account.identity_connected": "connected a company account",
    "account.passkey_added": "added a passkey",
    "account.passkey_removed": "removed a passkey",
    "account.password_changed": "changed their password",
    "account.password_reset": "chose a new password by mail",
    "account.recovery_codes_made": "made new recovery codes",
    "account.second_factor_added": "added an authenticator app",
    "account.second_factor_removed": "removed their authenticator app",
    "account.signed_in": "signed in",
    "application.created": "took in an application",
    "application.moved": "moved an application",
    "application.note_added": "added a note to an application",
    "board.seen": "looked at a role’s board",
    "people.listed": "looked at the list of people",
    "shortlist.seen": "looked at a shortlist",
    "application.seen": "looked at an application",
    "application.task_added": "added a task to an application",
    "application.task_done": "ticked off a task of an application",
    "competency.added": "added a competency to the map",
    "competency.restored": "took a competency back into the map",
    "competency.retired": "retired a competency of the map",
    "competency.version_saved": "saved a new version of a competency",
    "document.downloaded": "downloaded a document",
    "document.read": "read a document",
    "document.read_again": "read a document again",
    "document.seen": "looked at a document",
    "documents.reread": "finished reading documents again",
    "documents.rereading_begun": "began to read documents again",
    "import.done": "finished an import",
    "import.opened": "began an import",
    "import.received": "received the files of an import",
    "import.retried": "tried again what an import had left unread",
    "invitation.resent": "sent an invitation again",
    "invitation.revoked": "revoked an invitation",
    "member.changed": "changed what a member does",
    "member.deactivated": "ended a membership",
    "member.invited": "invited somebody",
    "member.joined": "joined",
    "member.reactivated": "took a member back",
    "organisation.changed": "changed the organisation’s settings",
    "organisation.created": "created the organisation",
    "person.corrected": "corrected what was read about a person",
    "person.correction_undone": "took a correction back",
    "person.erased": "erased a person",
    "person.exported": "exported what is kept about a person",
    "person.merge_undone": "took the merging of two people back",
    "person.merged": "merged two people",
    "person.seen": "looked at a person",
    "person.told_apart": "told two people apart",
    "role.duty_given": "gave somebody a part in a role",
    "role.duty_taken": "took somebody’s part in a role away",
    "role.state_set": "set the state of a role",
    "role.version_saved": "saved a new version of a role",
    "shortlist.compared": "compared people on a shortlist",
    "application.withdrawn": "withdrew an application",
    "attempt.handed_in": "handed in a work sample",
    "attempt.started": "began a work sample",
    "attempt.time_given_back": "gave time back for a work sample",
    "attempt.timed_out": "closed a work sample whose time was over",
    "candidates.compared": "compared candidates",
    "decision.made": "decided on an application",
    "decisions.seen": "looked at the decisions of a role",
    "feedback.shared": "shared feedback",
    "flag.replied": "replied to a flag",
    "hand_in.late_decided": "decided whether a late hand-in counts",
    "interview.done": "closed an interview",
    "interview.held": "held a time for an interview",
    "interview.hold_ended": "let a held time of an interview go",
    "interview.link_renewed": "renewed the link of an interview",
    "interview.mailed": "mailed the link of an interview",
    "interview.member_replaced": "replaced an interviewer",
    "interview.no_show": "noted that an interview did not take place",
    "item_bank.groups_compared": "compared two groups’ answers to the bank of questions",
    "kit.changed": "changed a plan for interviews",
    "kit.created": "planned an interview",
    "kit.interviewers_set": "set who interviews",
    "kit.version_opened": "opened a new version of a plan for interviews",
    "knowledge_taking.begun": "began a knowledge test",
    "knowledge_taking.cancelled": "withdrew an invitation to a knowledge test",
    "knowledge_taking.created": "invited somebody to a knowledge test",
    "knowledge_taking.ended": "ended a knowledge test",
    "knowledge_taking.link_renewed": "renewed the link of a knowledge test",
    "knowledge_taking.mailed": "mailed the link of a knowledge test",
    "knowledge_taking.resumed": "went on with a knowledge test",
    "knowledge_taking.wish_answered": "answered a wish about a knowledge test",
    "knowledge_taking.wish_made": "asked for something in a knowledge test",
    "knowledge_test.closed": "closed a knowledge test",
    "knowledge_test.created": "put a knowledge test together",
    "packet.seen": "looked at what a decision rests on",
    "person.work_seen": "looked at a person’s work",
    "pool.seen": "looked for people in the pool",
    "portfolio.address_confirmed": "confirmed a mail address",
    "portfolio.addresses_claimed": "said which mail addresses are theirs",
    "portfolio.link_renewed": "renewed the link to somebody’s work",
    "portfolio.mailed": "mailed the link to show work",
    "portfolio.opened": "asked somebody to show work",
    "portfolio.work_added": "showed a work",
    "portfolio.work_rated": "rated a work",
    "portfolio.work_read": "read a work",
    "portfolio.work_taken_back": "took a work back",
    "rule.revealed": "lifted blind mode for a decision",
    "rule.version_opened": "opened a new version of a decision rule",
    "scorecard.handed_in": "handed in a scorecard",
    "sitting.begun": "began work samples",
    "sitting.cancelled": "withdrew an invitation to work samples",
    "sitting.created": "invited somebody to work samples",
    "sitting.link_renewed": "renewed the link to work samples",
    "sitting.mailed": "mailed the link to work samples",
    "sitting.wish_answered": "answered a wish about work samples",
    "sitting.wish_made": "asked for something in work samples",
    "task.proved_again": "proved a task again",
    "text.rating_withdrawn": "withdrew a rating of a text",
    "trail.exported": "exported the audit trail",
    "trail.verified": "verified the audit trail",
}
"""What reads better than the words of the kind itself would."""

TO_SOMEBODY = {"application.task_added"}
"""Kinds whose ``to`` is the reference of a colleague, which says nothing to a reader."""

WORD = re.compile(r"[a-z][a-z0-9_]{0,39}")
"""A state, a kind, a field: a word of ours. A person's name is never one, so nothing else is shown of the facts."""


class Line(NamedTuple):
    """An event as the trail shows it."""

    event: Event
    sentence: str
    about: str
    """What it was about, as "application k3f9m…"."""


def line_of(event: Event) -> Line:
    """Yield the event as a line of the trail."""
    return Line(event, sentence_of(event), f"{_spaced(event.subject_type)} {event.subject_ref}")


def sentence_of(event: Event) -> str:
    """Yield "Rana Haddad moved an application from New to Screening"."""
    return f"{_actor_of(event)} {phrase_of(event.kind)}{_change_of(event)}"


def phrase_of(kind: str) -> str:
    """Yield what happened in words; of a kind that has no phrase, from its own words.

    ``role.created`` reads "created a role", ``offer.letter_sent`` "sent a letter (offer)".
    """
    if kind in PHRASES:
        return PHRASES[kind]
    subject, _, what = kind.rpartition(".")
    words = what.split("_")
    if len(words) == 1:
        return f"{words[0]} {_article(subject)} {_spaced(subject)}"
    thing = " ".join(words[:-1])
    return f"{words[-1]} {_article(thing)} {thing} ({_spaced(subject)})"


def label_of(kind: str) -> str:
    """Yield the kind as an entry of a list of choices: "moved an application"."""
    return phrase_of(kind)


def _actor_of(event: Event) -> str:
    return {"system": "Assay", "candidate": "A candidate"}.get(event.actor, event.actor)


def _change_of(event: Event) -> str:
    """Yield " from New to Screening", " of name and term", or nothing."""
    before, after = event.facts.get("from"), event.facts.get("to")
    if event.kind in TO_SOMEBODY:
        return ""
    if isinstance(after, dict):
        fields = [_spaced(field) for field in after if WORD.fullmatch(field)]
        return f" ({', '.join(sorted(fields))})" if fields else ""
    old, new = _words_of(before), _words_of(after)
    member = f": {event.facts['name']}" if _names_a_member(event) else ""
    if old and new:
        return f"{member}, from {old} to {new}" if member else f" from {old} to {new}"
    return f"{member} to {new}" if new else member


def _names_a_member(event: Event) -> bool:
    """Tell whether the facts name a colleague other than the one who acted; colleagues' names are no secret here."""
    is_about_members = event.subject_type == "member" and not event.kind.startswith("account.")
    return is_about_members and event.facts.get("name") not in {None, event.actor}


def _words_of(value: object) -> str:
    values = value if isinstance(value, list) else [value]
    words = [part for part in values if isinstance(part, str) and WORD.fullmatch(part)]
    return ", ".join(_spaced(word).capitalize() for word in words) if len(words) == len(values) else ""


def _spaced(word: str) -> str:
    return word.replace("_", " ")


def _article(word: str) -> str:
    return "an" if word[:1] in set("aeiou") else "a"
