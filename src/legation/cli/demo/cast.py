"""Who plays in a demonstration, and on which ports. All of them are invented.

Their passwords stand here for anybody to read: a demonstration holds nothing worth a secret,
and its desk listens on this machine only.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from legation.cli.output import table
from legation.cli.words import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """An officer of the demonstration."""

    name: str
    roles: tuple[str, ...]
    post: str
    task: str

    @property
    def password(self) -> str:
        """The password to sign in with."""
        return f"{self.name.lower()}-demo"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One node of the demonstration. drafts, clears: the officers of the usual pair.

    line_port: where the wire begins, which the other side calls.
    """

    party: str
    name: str
    folder: str
    desk_port: int
    line_port: int
    players: tuple[Player, ...]

    @property
    def drafts(self) -> str:
        """Who drafts."""
        return self.players[0].name

    @property
    def clears(self) -> str:
        """Who clears."""
        return self.players[1].name

    @property
    def answers(self) -> str:
        """Who drafts for the ministry: what arrives there is not in an embassy's sight."""
        return next(
            each.name
            for each in self.players
            if "officer" in each.roles and each.post.endswith("-MFA")
        )

    @property
    def host(self) -> str:
        """The name under which browsers reach its desk."""
        return f"{self.folder}.localhost"

    def home(self, folder: Path) -> Path:
        """Return the node's folder."""
        return folder / self.folder


US: Final = Side(
    party="US",
    name="United States of America",
    folder="us",
    desk_port=8001,
    line_port=9001,
    players=(
        Player(name="Ada", roles=("officer",), post="post/US-MOW", task="drafts and releases"),
        Player(
            name="Bela",
            roles=("clearing", "custodian"),
            post="post/US-MFA",
            task="clears what Ada drafts",
        ),
        Player(
            name="Edda",
            roles=("clearing", "custodian"),
            post="post/US-MFA",
            task="clears too; second custodian",
        ),
        Player(name="Kai", roles=("officer",), post="post/US-MFA", task="answers for the ministry"),
        Player(name="Finn", roles=("auditor",), post="", task="reads everything, writes nothing"),
        Player(name="Gil", roles=("administrator",), post="", task="runs the node, sees no note"),
    ),
)
RU: Final = Side(
    party="RU",
    name="Russian Federation",
    folder="ru",
    desk_port=8002,
    line_port=9002,
    players=(
        Player(name="Cem", roles=("officer",), post="post/RU-WAS", task="drafts and releases"),
        Player(
            name="Dana",
            roles=("clearing", "custodian"),
            post="post/RU-MFA",
            task="clears what Cem drafts",
        ),
        Player(
            name="Hana",
            roles=("clearing", "custodian"),
            post="post/RU-MFA",
            task="clears too; second custodian",
        ),
        Player(name="Lev", roles=("officer",), post="post/RU-MFA", task="answers for the ministry"),
        Player(name="Ilja", roles=("auditor",), post="", task="reads everything, writes nothing"),
        Player(name="Jan", roles=("administrator",), post="", task="runs the node, sees no note"),
    ),
)
SIDES: Final = (US, RU)


def programme(ports: dict[str, int]) -> str:
    """Return the table of who signs in where, for the screen. ports: of the desks, by party."""
    rows = [
        (
            f"http://{side.host}:{ports[side.party]}/",
            player.name,
            player.password,
            ", ".join(player.roles),
            _(player.task),
        )
        for side in SIDES
        if side.party in ports
        for player in side.players
    ]
    heads = (_("DESK"), _("SIGN IN AS"), _("PASSWORD"), _("ROLES"), _("WHO"))
    return table(heads, rows)
