"""Which draft a form is saved into, and what its officer had before them."""

from dataclasses import dataclass, replace

from legation.acts.drafting import act_version, with_files
from legation.acts.files import FileRef
from legation.officers.wording import DraftedAct


@dataclass(frozen=True, slots=True, kw_only=True)
class Into:
    """An open draft. began: hash of the version that the officer began from.

    on: what its act is about. uncleared: it was not cleared then. files: what its act carries
    beside persons' data, and carries on. translated: languages put in order again.
    """

    draft: str
    began: str
    on: str
    uncleared: bool = True
    files: tuple[FileRef, ...] = ()
    translated: tuple[str, ...] = ()

    def with_files(self, act: DraftedAct) -> DraftedAct:
        """Return an act that carries the draft's files too."""
        if not self.files:
            return act
        body = with_files(act.body, self.files)
        return replace(act, body=body, version=act_version(body))
