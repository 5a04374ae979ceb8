"""A thing as its page shows it: side by side, what is stated, what is not, what only we know."""

from dataclasses import dataclass

from legation.missions.queries import FieldView, RegisterView


@dataclass(frozen=True, slots=True, kw_only=True)
class SideView:
    """What one side may state: what it does, and what it does not. role: sending or receiving.

    A field that the other side contests, or of which we know something, counts as told: there is
    something to read.
    """

    code: str
    role: str
    stated: tuple[FieldView, ...]
    silent: tuple[FieldView, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Where what this side states can be read, each source once."""
        found = [
            source
            for field in self.stated
            for statement in (field.now, *field.earlier)
            if statement is not None
            for source in statement.sources
        ]
        return tuple(dict.fromkeys(found))


def sides_of(view: RegisterView) -> list[SideView]:
    """Return both sides, the sending one first."""
    return [
        SideView(
            code=code,
            role=role,
            stated=tuple(field for field in view.of(code) if is_told(field)),
            silent=tuple(field for field in view.of(code) if not is_told(field)),
        )
        for code, role in ((view.sending, "sending"), (view.receiving, "receiving"))
    ]


def is_told(field: FieldView) -> bool:
    """Tell whether anybody says anything of a field."""
    return bool(field.stated or field.contests or field.own or field.earlier)
