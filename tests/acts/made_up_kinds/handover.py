"""A building changes its post: the notice states a field in a register, and so does its answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from legation.acts.notices import Answer, NoticeKind, SentBy, Setting, Stands
from legation.acts.values import Line200, PostId, PremisesId, Words
from legation.errors import N_
from legation.record.canon import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed(Answer):
    """The receiving state agrees; custody says who keeps the keys until then."""

    code: ClassVar[str] = "agreed"
    title: ClassVar[str] = N_("Agreed")
    grants: ClassVar[bool] = True

    custody: Line200 | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declined(Answer):
    """The receiving state does not agree."""

    code: ClassVar[str] = "declined"
    title: ClassVar[str] = N_("Declined")

    reason: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed(Answer):
    """Not decided yet."""

    code: ClassVar[str] = "weighed"
    title: ClassVar[str] = N_("Being weighed")
    final: ClassVar[bool] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover(NoticeKind):
    """A state gives a building to a post of its own. premises: which. owner: the post."""

    code: ClassVar[str] = "handover"
    version: ClassVar[int] = 1
    title: ClassVar[str] = N_("Handover of premises")
    articles: ClassVar[tuple[str, ...]] = ("VCDR 21",)
    stands: ClassVar[Stands] = "both"
    sent_by: ClassVar[SentBy] = "sending"
    silence: ClassVar[str] = N_("The building stays where it is.")
    answers: ClassVar[tuple[type[Answer], ...]] = (Agreed, Declined, Weighed)
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to announce the handover of {premises} to {owner}.",
        "ru": "имеет честь объявить о передаче {premises} в ведение {owner}.",
        "tr": "{premises} binasının {owner} temsilciliğine devrini bildirmekten onur duyar.",
    }
    essential: ClassVar[str] = "premises"

    premises: PremisesId
    owner: PostId
    remark: Line200 | None = None

    def states(self, day: str) -> tuple[Setting, ...]:
        """Return the new owner, and that the post has a remark."""
        out = [Setting(self.premises, "post", {"value": self.owner.text, "from": day})]
        if self.remark is not None:
            out.append(Setting(self.premises, "condition", {"value": self.remark}))
        return tuple(out)

    def answer_states(
        self, line: int, answer: str, fields: Mapping[str, Json], day: str
    ) -> tuple[Setting, ...]:
        """Return the consent, and who keeps the keys."""
        del line
        consent = "given" if answer == "agreed" else "refused"
        out = [Setting(self.owner, "consent", {"value": consent, "from": day})]
        if "custody" in fields:
            out.append(Setting(self.premises, "custody", {"value": fields["custody"]}))
        return tuple(out)
