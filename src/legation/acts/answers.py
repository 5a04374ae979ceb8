"""Answers that several kinds of notices allow in the same words: each declared once.

A kind whose answer says more, or says it otherwise, declares its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from legation.acts.notices import Answer
from legation.acts.values import Words
from legation.errors import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Answer):
    """Under consideration; a final answer follows."""

    code: ClassVar[str] = "held"
    title: ClassVar[str] = N_("Held")
    final: ClassVar[bool] = False
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that the request is under consideration.",
        "ru": "имеет честь сообщить, что просьба находится на рассмотрении.",
        "tr": "talebin değerlendirilmekte olduğunu bildirmekten onur duyar.",
    }

    reason: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused(Answer):
    """What is asked for is refused; a reason may be given."""

    code: ClassVar[str] = "refused"
    title: ClassVar[str] = N_("Refused")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that it is not in a position to accede to the request.",
        "ru": "имеет честь сообщить, что удовлетворить просьбу не представляется возможным.",
        "tr": "talebin yerine getirilmesinin mümkün olmadığını bildirmekten onur duyar.",
    }

    reason: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Answer):
    """Taken note of, and nothing more: neither agreed to nor objected to."""

    code: ClassVar[str] = "noted"
    title: ClassVar[str] = N_("Noted")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that it has taken note of the notification.",
        "ru": "имеет честь сообщить, что уведомление принято к сведению.",
        "tr": "bildirimin not edildiğini bildirmekten onur duyar.",
    }

    remark: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedSoFar(Answer):
    """Taken note of; more may follow."""

    code: ClassVar[str] = "noted"
    title: ClassVar[str] = N_("Noted")
    final: ClassVar[bool] = False
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that it has taken note of its content.",
        "ru": "имеет честь сообщить, что содержание ноты принято к сведению.",
        "tr": "notanın içeriğini not ettiğini bildirmekten onur duyar.",
    }

    remark: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawn(Answer):
    """The request for this person is taken as withdrawn, as its sender let us know."""

    code: ClassVar[str] = "withdrawn"
    title: ClassVar[str] = N_("Taken as withdrawn")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that the request is regarded as withdrawn.",
        "ru": "имеет честь сообщить, что просьба считается отозванной.",
        "tr": "talebin geri çekilmiş sayıldığını bildirmekten onur duyar.",
    }

    remark: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Protested(Answer):
    """The measure is protested against; a protest of its own may follow and refer to it."""

    code: ClassVar[str] = "protested"
    title: ClassVar[str] = N_("Protested")
    formulae: ClassVar[Mapping[str, str]] = {
        "en": "has the honor to state that it protests against the measure and reserves its"
        " rights.",
        "ru": "имеет честь заявить протест в связи с указанной мерой и сообщить, что сохраняет за"
        " собой все права.",
        "tr": "anılan önlemi protesto ettiğini ve haklarını saklı tuttuğunu bildirmekten onur"
        " duyar.",
    }

    reason: Words | None = None
