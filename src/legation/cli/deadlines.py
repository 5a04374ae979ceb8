"""Until when an answer is asked for, in the words of a notice's page."""

from datetime import datetime

from django.template import Context
from django.utils.translation import gettext, ngettext, override

from legation.cli.output import when
from legation.cli.words import language
from legation.notices.queries import NoticePage
from legation.ui.templatetags.parts import clock_words, distance, partial_day


def until_when(page: NoticePage, now: datetime) -> list[str]:
    """Return what the page says of the deadline, a sentence a line; none where none is asked."""
    if page.clock.clock is None and not page.clock.named:
        return []
    with override(language()):
        return [_day(page, now), _whose(page), *_accepted(page), *_skipped(page), *_unknown(page)]


def _day(page: NoticePage, now: datetime) -> str:
    line = page.line
    if line.due_at is None or line.due_day is None:
        return gettext("The clock starts when their node receives it.")
    day = when(line.due_at) if line.due_by_hour else partial_day(line.due_day.isoformat())
    said = f"{gettext('Until when')}: {day}, {distance(Context({'now': now}), line.due_at)}"
    return f"{said}; {gettext('Overdue')}" if line.overdue else said


def _whose(page: NoticePage) -> str:
    clock = page.clock
    if clock.named:
        return gettext("The day that its sender named: asked for, and binding nobody.")
    said = {"said": clock_words(clock.clock)}
    if clock.binds:
        return (
            gettext(
                "%(said)s from the receipt: both sides had accepted this clock when the notice"
                " was released."
            )
            % said
        )
    return (
        gettext(
            "%(said)s from the receipt, as this kind asks for. No clock that both accepted runs,"
            " so it waits and is never overdue."
        )
        % said
    )


def _accepted(page: NoticePage) -> list[str]:
    sides = {gettext("We accept"): page.clock.ours, gettext("They accept"): page.clock.theirs}
    return [
        f"{who}: {clock_words(word) if word else gettext('no clock')}"
        for who, word in sides.items()
        if page.clock.ours or page.clock.theirs
    ]


def _skipped(page: NoticePage) -> list[str]:
    if page.clock.due is None or not page.clock.told:
        return []
    count = len(page.clock.due.skipped)
    head = ngettext("%(n)s day was not counted", "%(n)s days were not counted", count)
    return [
        head % {"n": count} + ":",
        *(
            f"  {each.day.isoformat()}  "
            + ", ".join(f"{shut.party} {shut.name or gettext('weekend')}" for shut in each.closed)
            for each in page.clock.told
        ),
        f"  {gettext('Weekends that both sides rest are left out of this list.')}",
    ]


def _unknown(page: NoticePage) -> list[str]:
    said = gettext("has not declared its calendar of %(year)s: the day may still move.")
    return [f"{party} {said % {'year': year}}" for party, year in page.clock.unknown]
