"""What an officer can do about a notice from its page: answer, withdraw, close. Each drafts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from legation.errors import N_, Refusal
from legation.line.node import Node
from legation.notices import answering, forms, services
from legation.notices.answering import AnswerForm
from legation.notices.forms import ActForm
from legation.notices.queries import NoticePage
from legation.officers.permissions import DRAFT

if TYPE_CHECKING:
    from legation.officers.models import Draft, Officer

ANSWER: Final = "answer"
WITHDRAW: Final = "withdraw"
CLOSE: Final = "close"
TITLES: Final = {
    ANSWER: (_("Answer"), _("Choose one; an interim answer may be followed by others")),
    "change": (_("Change the answer"), _("A change of mind; the first answer stays in the record")),
    WITHDRAW: (_("Withdraw"), _("It stays in sight, marked withdrawn")),
    CLOSE: (_("Close"), _("Nothing more is expected of the other side")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One thing to do. choices: one form for each allowed answer; form: the only form.

    sheet: the page that asks for an answer a line, for a notice of several.
    """

    name: str
    title: str | Promise
    said: str | Promise
    action: str
    form: ActForm | None = None
    choices: tuple[AnswerForm, ...] = ()
    sheet: str = ""


class Deeds:
    """The forms of one notice's page for one officer."""

    def __init__(self, node: Node, page: NoticePage, officer: "Officer") -> None:
        self._node = node
        self._page = page
        self._officer = officer
        self._posted: tuple[str, Mapping[str, Any]] | None = None
        self._forms: dict[str, ActForm] = {}
        self._choices: tuple[AnswerForm, ...] | None = None

    def all(self) -> list[Deed]:
        """Return what this officer may draft now; a form that was posted keeps what was typed."""
        if not self._officer.has_perm(DRAFT):
            return []
        may = self._page.may
        found = []
        if may & {ANSWER, "change"}:
            title = ANSWER if ANSWER in may else "change"
            found.append(self._answering(TITLES[title]))
        ends = (name for name in (WITHDRAW, CLOSE) if name in may)
        found += [self._deed(name, TITLES[name], form=self._form(name)) for name in ends]
        return found

    def draft(self, name: str, posted: Mapping[str, Any]) -> "Draft | None":
        """Make a draft of what was posted; None when a form has something against it.

        Raises Refusal for what no field of a form is to blame for.
        """
        if name not in self._page.may and not (name == ANSWER and "change" in self._page.may):
            raise _not_now(self._page, name)
        node, notice, by = self._node, self._page.line.id, self._officer
        at = node.clock()
        if name == ANSWER:
            self._choices = answering.answer_forms(node, notice, data=posted)
            chosen = answering.answer_form(node, notice, data=posted)
            self._choices = tuple(
                chosen if each.code == chosen.code else each for each in self._choices
            )
            first = ANSWER in self._page.may
            make = services.draft_answer if first else services.draft_changed_answer
            return chosen.form.drafts(
                lambda data: make(node, notice=notice, data=data, by=by, at=at)
            )
        form = self._forms[name] = _empty(name, posted)
        ends = {WITHDRAW: services.draft_withdraw, CLOSE: services.draft_close}
        return form.drafts(lambda data: ends[name](node, notice=notice, data=data, by=by, at=at))

    def _answering(self, words: tuple[Promise, Promise]) -> Deed:
        if len(self._page.lines) < 2:
            return self._deed(ANSWER, words, choices=self._answers())
        sheet = reverse("notices:sheet", args=[self._page.line.key])
        return replace(self._deed(ANSWER, words), sheet=sheet)

    def _answers(self) -> tuple[AnswerForm, ...]:
        found = self._choices
        if found is None:
            found = answering.answer_forms(self._node, self._page.line.id)
        for each in found:
            # Several forms on one page: each id is used once.
            each.form.auto_id = f"{each.code}-%s"
        return found

    def _form(self, name: str) -> ActForm:
        form = self._forms.get(name) or _empty(name, None)
        form.auto_id = f"{name}-%s"
        return form

    def _deed(
        self,
        name: str,
        words: tuple[Promise, Promise],
        *,
        form: ActForm | None = None,
        choices: tuple[AnswerForm, ...] = (),
    ) -> Deed:
        return Deed(
            name=name,
            title=words[0],
            said=words[1],
            action=reverse(f"notices:{name}", args=[self._page.line.key]),
            form=form,
            choices=choices,
        )


def deeds_of(node: Node, page: NoticePage, officer: "Officer") -> list[Deed]:
    """Return what an officer may draft about a notice, with empty forms."""
    return Deeds(node, page, officer).all()


def _empty(name: str, posted: Mapping[str, Any] | None) -> ActForm:
    if name == WITHDRAW:
        return forms.withdraw_form(data=posted)
    return forms.close_form(data=posted)


def _not_now(page: NoticePage, name: str) -> Refusal:
    return Refusal(
        "not-now",
        thing=N_("Notice {number}"),
        rule=N_("as it stands, our side cannot {deed} it."),
        remedy=N_("Read the chain on its page: it was ended, answered, or is not ours to end."),
        number=page.line.number,
        deed=name,
    )
