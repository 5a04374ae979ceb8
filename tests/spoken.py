"""What programs of earlier releases read, for vectors that were made with them."""

FIRST_RELEASE = (
    "calendar.declared/1",
    "key.rotated/1",
    "key.suspended/1",
    "log.resumed/1",
    "note/1",
    "notice.answer_changed/1",
    "notice.answered/1",
    "notice.closed/1",
    "notice.released/1",
    "notice.withdrawn/1",
    "post.stated/1",
    "premises.access/1",
    "premises.stated/1",
    "record.seen/1",
    "record.speaks/1",
    "regime.declared/1",
    "statement.contested/1",
)
"""What the first release reads: vectors of that time are made with it, and never change."""
