"""Find the officer who acts, by name or as the row itself."""

from legation.line.node import Node
from legation.officers.models import Officer
from legation.officers.permissions import suspended
from legation.officers.queries import unknown_officer


def find_officer(node: Node, by: Officer | str) -> Officer:
    """Return the officer of that name, in any mix of capitals, suspended or not.

    Raises Refusal "unknown-officer".
    """
    if node.read is not None and isinstance(by, Officer):
        return by  # who asks for a page was read for that page
    name = str(by)
    officer = Officer.objects.using(node.alias).filter(folded_name=name.casefold()).first()
    if officer is None:
        raise unknown_officer(name)
    return officer


def find_active(node: Node, by: Officer | str) -> Officer:
    """Return the officer, who is not suspended. Raises "unknown-officer" or "suspended"."""
    officer = find_officer(node, by)
    if not officer.is_active:
        raise suspended(officer)
    return officer
