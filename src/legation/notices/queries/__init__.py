"""Every read of notices, as frozen dataclasses."""

from legation.notices.queries.facets import Choice, Facets, Filters
from legation.notices.queries.lists import (
    NoticeLine,
    NoticeList,
    Waits,
    about,
    by_ids,
    counts,
    counts_of,
    find_id,
    ids_in_sight,
    notices,
    waits,
)
from legation.notices.queries.page import page
from legation.notices.queries.pairs import pairs_for
from legation.notices.queries.printing import print_view
from legation.notices.queries.recent import Arrival, arrived
from legation.notices.queries.views import (
    AnswerView,
    ChainStep,
    FieldValue,
    KindView,
    LineView,
    NoticePage,
    OursOnly,
    PrintView,
    TextView,
    Void,
    WaitingDraft,
)

__all__ = [
    "AnswerView",
    "Arrival",
    "ChainStep",
    "Choice",
    "Facets",
    "FieldValue",
    "Filters",
    "KindView",
    "LineView",
    "NoticeLine",
    "NoticeList",
    "NoticePage",
    "OursOnly",
    "PrintView",
    "TextView",
    "Void",
    "WaitingDraft",
    "Waits",
    "about",
    "arrived",
    "by_ids",
    "counts",
    "counts_of",
    "find_id",
    "ids_in_sight",
    "notices",
    "page",
    "pairs_for",
    "print_view",
    "waits",
]
