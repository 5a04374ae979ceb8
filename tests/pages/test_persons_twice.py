"""No row of an import is lost in another that fits the same person."""

from typing import Any

from legation.errors import Refusal
from legation.missions.persons import services
from legation.missions.persons.models import Import, Person
from legation.officers.sheets.writing import to_csv
from pages.conftest import Scene

HEADER = ["Name as in passport", "Date of birth", "Passport number", "Post", "Category"]
ELIF = ["OYA Elif", "1990-04-23", "U124", "XA-MIS", "service"]


def imports(scene: Scene, *rows: list[str], **how: Any) -> str:
    """Import a list whole; return "" or why it is not taken."""
    at = scene.node.clock()
    data = to_csv(HEADER, rows)
    number = services.begin_import(scene.node, data=data, name="x", by="Ada", at=at, **how)
    assert services.check_piece(scene.node, number=number, by="Ada")
    faults = Import.objects.get(pk=number).state["faults"]
    try:
        services.take(scene.node, number=number, by="Ada", at=at)
    except Refusal as refusal:
        assert bool(faults) == (refusal.code == "faults")
        return ", ".join(each["code"] for each in faults) or refusal.code
    return ""


def test_two_rows_that_fit_one_person_are_told_and_neither_is_lost(scene: Scene) -> None:
    assert imports(scene, ELIF) == ""
    married = ["KAYA Elif", *ELIF[1:]]
    other = [*ELIF[:2], "U999", *ELIF[3:]]
    assert imports(scene, married, other, update=True) == "twice"
    assert Person.objects.values_list("name").get() == ("OYA Elif",)
    assert imports(scene, married, update=True) == ""
    assert Person.objects.values_list("name").get() == ("KAYA Elif",)
