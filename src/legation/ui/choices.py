"""What a form holds, in the reader's words: "In writing", not `in_writing`, 42.00 for 4200."""

from legation.acts.compiled import Record
from legation.acts.money import written_in
from legation.acts.shapes import Choice, Listing, Shape
from legation.record.canon import Json
from legation.ui.templatetags.parts import label


def in_readers_words(shape: Shape, value: Json) -> Json:
    """Return a value as JSON has it, each choice in it as the form that asks for it names it."""
    if isinstance(shape, Choice) and isinstance(value, str):
        return label(value)
    if isinstance(shape, Listing) and isinstance(value, list):
        return [in_readers_words(shape.item, each) for each in value]
    if isinstance(shape, Record) and isinstance(value, dict):
        known = shape.by_key
        # The record has keys by their letters; people read them in the order of the form.
        ordered = [
            *(key for key in known if key in value),
            *(key for key in value if key not in known),
        ]
        return {
            key: written_in(value, key)
            or (in_readers_words(known[key].shape, value[key]) if key in known else value[key])
            for key in ordered
        }
    return value
