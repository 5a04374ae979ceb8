"""Letters that look like others: shown to whoever reads a name, refused to nobody."""

import pytest

from legation.acts.text import find_strangers


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("Ivanov", [], id="one script"),
        pytest.param("Иванов", [], id="one script that is not Latin"),
        pytest.param("улица Main, дом 5", [], id="two scripts in two words"),
        pytest.param("Çağla Öztürk-Łódź", [], id="Latin with marks"),
        pytest.param("Ivаnov", [(3, "U+0430", "Cyrillic", "Latin")], id="a Cyrillic letter"),
        pytest.param("Ивaнов", [(3, "U+0061", "Latin", "Cyrillic")], id="a Latin letter"),
        pytest.param("Mr Αda", [(4, "U+0391", "Greek", "Latin")], id="a Greek letter"),
        pytest.param(
            "aа", [(2, "U+0430", "Cyrillic", "Latin")], id="even: the first is the word's"
        ),
        pytest.param("Аda Ada", [(1, "U+0410", "Cyrillic", "Latin")], id="the first letter"),
        pytest.param("Ada3а", [], id="digits part words"),
        pytest.param("日本a", [], id="scripts that nobody takes for another"),
    ],
)
def test_letters_of_another_script_in_a_word(
    text: str, told: list[tuple[int, str, str, str]]
) -> None:
    found = find_strangers(text)
    assert [(each.place, each.code, each.script, each.word_script) for each in found] == told
    assert all(text[each.place - 1] == each.character for each in found)
