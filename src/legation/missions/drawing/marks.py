"""How a post stands, as a form: told apart without colour, on a map and in a strip. Pure."""

from typing import Final

COLOURS: Final = {
    "operates": "#1a7350",
    "strained": "#8c5a00",
    "cannot": "#ad2f25",
    "unknown": "#5d6974",
    "planned": "#175a7d",
    "suspended": "#5d6974",
    "closed": "#5d6974",
}
"""Plain colours for a drawing that stands alone; a page's style sheet goes before them."""


def colour(standing: str) -> str:
    """Return the plain colour of a standing; that of what is unknown for any other."""
    return COLOURS.get(standing, COLOURS["unknown"])


def mark(standing: str, x: int, y: int, r: int) -> str:
    """Return a mark of radius `r` around a point.

    Full: operates. Half full: under strain. Barred: cannot. Dashed ring: unknown, planned.
    Ring: suspended. Ring with a line across: closed.
    """
    tone = colour(standing)
    ring = (
        f'<circle class="ring" cx="{x}" cy="{y}" r="{r}" fill="#fff" stroke="{tone}"'
        ' stroke-width="4"'
    )
    if standing == "operates":
        return f'<circle class="full" cx="{x}" cy="{y}" r="{r}" fill="{tone}"/>'
    if standing == "strained":
        half = f"M{x} {y - r}A{r} {r} 0 0 1 {x} {y + r}Z"
        return f'{ring}/><path class="full" fill="{tone}" d="{half}"/>'
    if standing == "cannot":
        d = round(r * 0.7)
        return (
            f'{ring}/><path class="bar" stroke="{tone}" stroke-width="4"'
            f' d="M{x - d} {y - d}L{x + d} {y + d}M{x - d} {y + d}L{x + d} {y - d}"/>'
        )
    if standing == "closed":
        d = round(r * 0.7)
        return (
            f'{ring}/><path class="bar" stroke="{tone}" stroke-width="4"'
            f' d="M{x - d} {y + d}L{x + d} {y - d}"/>'
        )
    if standing == "suspended":
        return f"{ring}/>"
    return f'{ring} stroke-dasharray="5 4"/>'
