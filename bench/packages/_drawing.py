"""Growth as an SVG: seconds over outcomes, both logarithmic; readable in black and white."""

from collections.abc import Mapping
from math import log10

WIDTH, HEIGHT, EDGE = 640, 420, 60
DASHES = ("", "6 4", "2 3")


def growth(lines: Mapping[str, Mapping[int, float]], title: str = "Seconds over outcomes") -> str:
    """Return the drawing. lines: name -> outcomes, or what else grows -> seconds."""
    drawn = {name: values for name, values in lines.items() if values}
    sizes = sorted({size for values in drawn.values() for size in values})
    low = min(log10(each) for values in drawn.values() for each in values.values()) // 1
    high = max(log10(each) for values in drawn.values() for each in values.values()) // 1 + 1

    def x(size: int) -> float:
        wide = log10(sizes[-1]) - log10(sizes[0]) or 1
        return EDGE + (log10(size) - log10(sizes[0])) / wide * (WIDTH - 3 * EDGE)

    def y(value: float) -> float:
        return HEIGHT - EDGE - (log10(value) - low) / (high - low) * (HEIGHT - 2 * EDGE)

    told = "; ".join(
        f"{name}: " + ", ".join(f"{size:,} in {value:.3g} s" for size, value in values.items())
        for name, values in drawn.items()
    )
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            'font-family="sans-serif" font-size="12">'
        ),
        f"<title>{title}</title><desc>{told}</desc>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    for power in range(int(low), int(high) + 1):
        at = y(10.0**power)
        parts.append(f'<path d="M{EDGE} {at:.1f}H{WIDTH - 2 * EDGE}" stroke="#ccc"/>')
        parts.append(f'<text x="8" y="{at + 4:.1f}">10^{power} s</text>')
    parts += [
        f'<text x="{x(size):.1f}" y="{HEIGHT - EDGE + 20}" text-anchor="middle">{size:,}</text>'
        for size in sizes
    ]
    for dash, (name, values) in zip(DASHES, drawn.items(), strict=False):
        path = " L".join(f"{x(size):.1f} {y(value):.1f}" for size, value in values.items())
        parts.append(f'<path d="M{path}" fill="none" stroke="black" stroke-dasharray="{dash}"/>')
        size, value = list(values.items())[-1]
        parts.append(f'<text x="{x(size) + 6:.1f}" y="{y(value) + 4:.1f}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])
