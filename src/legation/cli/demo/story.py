"""`legation demo --check`: the whole story, step by step, and one verdict."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from legation.cli.demo.running import running
from legation.cli.demo.setting import Stage, stage
from legation.cli.demo.steps import STEPS, Act, Story, Unlike
from legation.cli.faults import expected_faults, refusal_of
from legation.cli.output import Result, tell
from legation.cli.words import _

HEARTBEAT: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One step: whether it was as it should be, and what was seen."""

    step: str
    ok: bool
    detail: str
    seconds: float


def check(folder: Path) -> Result:
    """Play the story in `folder`; both nodes are stopped and stay there.

    Progress goes to standard error. Exit code 1 at the first step that is not as it should be.
    """
    told: list[Told] = []
    began = time.monotonic()
    try:
        made = stage(folder, step=lambda text: tell(f"· {text}"))
        _note(told, "made", f"both nodes in {folder}", began, ok=True)
        _play(made, told)
    except expected_faults() as fault:
        refusal = refusal_of(fault)
        if refusal is None:
            raise
        _note(told, "made" if not told else "stopped", refusal.sentence(_), began, ok=False)
    ok = all(each.ok for each in told)
    verdict = _("Everything is as it should be.") if ok else _("The story ends here.")
    return Result(text=verdict, data={"ok": ok, "dir": folder, "steps": told}, code=0 if ok else 1)


def _play(made: Stage, told: list[Told]) -> None:
    with running(made, heartbeat=HEARTBEAT) as live:
        story = Story(made, live)
        for name, act in STEPS:
            if not _step(story, name, act, told):
                return


def _step(story: Story, name: str, act: Act, told: list[Told]) -> bool:
    began = time.monotonic()
    try:
        detail, ok = act(story), True
    except Unlike as fault:
        detail, ok = str(fault), False
    except expected_faults() as fault:
        refusal = refusal_of(fault)
        if refusal is None:
            raise
        detail, ok = refusal.sentence(_), False
    _note(told, name, detail, began, ok=ok)
    return ok


def _note(told: list[Told], name: str, detail: str, began: float, *, ok: bool) -> None:
    seconds = round(time.monotonic() - began, 1)
    told.append(Told(step=name, ok=ok, detail=detail, seconds=seconds))
    tell(f"{'✓' if ok else '✗'} {name}: {detail}")
