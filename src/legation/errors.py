"""Refusals: what was wrong, which rule, what to do."""

from collections.abc import Callable
from typing import Final


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark, translate later"
    """Mark a literal for translation, return it unchanged: `gettext_noop` without Django."""
    return message


_RULES_OF_SENTENCE: Final = "{thing}: {rule} {remedy}"


class Refusal(Exception):  # noqa: N818 - the design's noun; a refusal is an answer, not a fault of ours
    """A request that is not carried out, with nothing changed.

    code: short kebab-case name, stable, for programs.
    thing, rule, remedy: what was refused, which rule it breaks, what to do. Templates
    with `{name}` places for `values`; templates are marked with `N_` and values are kept
    apart, so that an officer reads the sentence in their own language.
    others: further refusals found in the same input, where all are told at once.
    """

    def __init__(
        self,
        code: str,
        *,
        thing: str,
        rule: str,
        remedy: str,
        others: "tuple[Refusal, ...]" = (),
        **values: object,
    ) -> None:
        self.code = code
        self.thing = thing
        self.rule = rule
        self.remedy = remedy
        self.values = values
        self.others = others
        super().__init__(code)

    def _filled(self, template: str, translate: Callable[[str], str]) -> str:
        text = translate(template)
        return text.format_map(self.values) if self.values else text

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """Return "thing: rule remedy" in the language that `translate` speaks."""
        return _RULES_OF_SENTENCE.format(
            thing=self._filled(self.thing, translate),
            rule=self._filled(self.rule, translate),
            remedy=self._filled(self.remedy, translate),
        )

    def __str__(self) -> str:
        return self.sentence()

    def as_dict(self, translate: Callable[[str], str] = str) -> dict[str, str]:
        """Return code, thing, rule, remedy and sentence, for JSON."""
        return {
            "code": self.code,
            "thing": self._filled(self.thing, translate),
            "rule": self._filled(self.rule, translate),
            "remedy": self._filled(self.remedy, translate),
            "sentence": self.sentence(translate),
        }
