"""Read an XML file within bounds: no DTD, no entities, nothing fetched, size before content."""

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from legation.errors import N_
from legation.packages.interchange.exactly import refused

MAX_XML: Final = 16 << 20
MAX_DEPTH: Final = 50
_LATE_DECLARATION: Final = re.compile(rb"\s*(?:<!--(?:[^-]|-(?!-)){0,2000}-->\s*)+(?=<\?xml)")


def parsed(data: bytes, where: str) -> Element:
    """Return the root of a file. Raises Refusal "size" or "xml", with the line."""
    if len(data) > MAX_XML:
        refused(where, N_("an XML file has at most {most} bytes."), code="size", most=MAX_XML)
    # Some public files have a comment before their declaration, which no parser allows.
    late = _LATE_DECLARATION.match(data[:10_000])
    try:
        root: Element = fromstring(data[late.end() :] if late else data, forbid_dtd=True)
    except DefusedXmlException:
        refused(where, N_("it declares a document type or entities."), code="xml")
    except ParseError as fault:
        line = fault.position[0] + (data[: late.end()].count(b"\n") if late else 0)
        refused(f"{where}, line {line}", N_("it is XML ({why})."), code="xml", why=str(fault)[:80])
    except (ValueError, LookupError) as fault:
        refused(where, N_("it is XML ({why})."), code="xml", why=str(fault)[:80])
    if _is_deep(root):
        refused(where, N_("its elements lie at most {most} deep."), code="xml", most=MAX_DEPTH)
    return root


def _is_deep(root: Element) -> bool:
    level = [root]
    for _depth in range(MAX_DEPTH):
        level = [child for each in level for child in each]
    return bool(level)


def all_of(element: Element, name: str) -> Iterator[Element]:
    """Yield the elements of a name at any depth, in order, whatever the case of its letters."""
    yield from (each for each in element.iter() if each.tag.lower() == name)


def children(element: Element, name: str) -> list[Element]:
    """Return the children of a name, whatever the case of its letters."""
    return [each for each in element if each.tag.lower() == name]
