"""Every write about officers and drafts.

`Officer` and `Draft` are named here for whoever only passes them on: a view, a command.
"""

from legation.officers.models import Draft, Officer
from legation.officers.services.audit import note_down
from legation.officers.services.drafts import clear, discard, draft, edit, hash_of, release
from legation.officers.services.expulsion import Expelled, expel_officer
from legation.officers.services.looks import note_look, note_looks
from legation.officers.services.peers import confirm_peer
from legation.officers.services.people import (
    Added,
    add_officer,
    new_password,
    officer_by_token,
    reset_password,
    set_password,
    suspend_officer,
)
from legation.officers.services.recovery import (
    Approved,
    approve_recovery,
    change_password,
    give_up_recovery,
    recover,
)
from legation.officers.services.sessions import (
    begin_session,
    end_session,
    end_sessions,
    session_over,
    session_seen,
)
from legation.officers.services.terms import resume_log

__all__ = [
    "Added",
    "Approved",
    "Draft",
    "Expelled",
    "Officer",
    "add_officer",
    "approve_recovery",
    "begin_session",
    "change_password",
    "clear",
    "confirm_peer",
    "discard",
    "draft",
    "edit",
    "end_session",
    "end_sessions",
    "expel_officer",
    "give_up_recovery",
    "hash_of",
    "new_password",
    "note_down",
    "note_look",
    "note_looks",
    "officer_by_token",
    "recover",
    "release",
    "reset_password",
    "resume_log",
    "session_over",
    "session_seen",
    "set_password",
    "suspend_officer",
]
