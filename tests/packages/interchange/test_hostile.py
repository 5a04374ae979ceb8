"""Strangers' files: each fault is a sentence with its line or name, and none takes long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.errors import Refusal
from legation.packages.interchange import File, read
from legation.packages.interchange.xml import MAX_XML
from legation.packages.interchange.yaml import MAX_YAML
from packages.interchange import samples

LAUGHS = b"""<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<negotiation_template><issue name="&b;"/></negotiation_template>"""
OUTSIDE = b"""<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><t>&a;</t>"""
DEEP = b"<a>" * 100_000 + b"</a>" * 100_000
XML = {
    "entities": (LAUGHS, "document type"),
    "a file from outside": (OUTSIDE, "document type"),
    "a document type alone": (b"<!DOCTYPE x><t/>", "document type"),
    "too large": (b" " * (MAX_XML + 1), "at most"),
    "too deep": (DEEP, "deep"),
    "cut off": (samples.GENIUS_DOMAIN[:200], "line 3"),
    "empty": (b"", "line 1"),
    "no bytes of text": (b"\xff\xfe\x00", "XML"),
    "an encoding nobody knows": (b'<?xml version="1.0" encoding="x-no"?><t/>', "XML"),
    "no issue": (b"<t/>", "no matter"),
    "two of one name": (samples.GENIUS_DOMAIN.replace(b'"posts"', b'"visas"'), "visas"),
    "an option twice": (samples.GENIUS_DOMAIN.replace(b'"some"', b'"none"'), "none"),
    "no option": (b'<t><issue name="visas" type="discrete"/></t>', "visas"),
    "continuous": (samples.GENIUS_DOMAIN.replace(b'"integer"', b'"real"'), "real"),
    "bounds without end": (samples.GENIUS_DOMAIN.replace(b'"5"', b'"5e300"'), "posts"),
    "bounds turned": (samples.GENIUS_DOMAIN.replace(b'"5"', b'"1"'), "posts"),
}
PROFILES = {
    "not finite": (samples.GENIUS_A.replace(b'"0.7"', b'"NaN"'), "NaN"),
    "infinite": (samples.GENIUS_A.replace(b'"2"/>', b'"Infinity"/>'), "Infinity"),
    "an exponent without end": (samples.GENIUS_A.replace(b'"0.25"', b'"1e9999"'), "reservation"),
    "divided by zero": (samples.GENIUS_A.replace(b'"0.25"', b'"1/0"'), "1/0"),
    "an option not evaluated": (samples.GENIUS_A.replace(b'value="some"', b'value="?"'), "some"),
    "another issue": (samples.GENIUS_A.replace(b'"posts"', b'"cars"'), "cars"),
}
YAML = {
    "a tag": (b"!!python/object/apply:os.system ['true']", "line 1"),
    "a tag within": (b"issues:\n- name: !!binary aGk=\n", "line 2"),
    "too large": (b"#" * (MAX_YAML + 1), "at most"),
    "laughs": (b"a: &a [x]\n" + b"b: [" + b"*a," * 2000 + b"]", "alias"),
    "an alias of itself": (b"&a [*a]", "alias"),
    "a key twice": (b"issues: []\nissues: []\n", "line 2"),
    "too deep": (b"[" * 1000, "deep"),
    "cut off": (b"issues: [", "line 2"),
    "two documents": (b"a: b\n---\na: b\n", "one document"),
    "empty": (b"", "empty"),
    "no mapping": (b"- 1", "mapping"),
    "no issues": (b"issues: []", "no matter"),
    "a control character": (b"a: \x07", "YAML"),
    "continuous": (b"issues: [{name: p, type: ContinuousIssue, values: [0, 1]}]", "continuous"),
    "values without end": (b"issues: [{name: p, values: 99999999999}]", "p"),
}


@pytest.mark.parametrize("fault", XML)
def test_a_bad_domain_is_refused(fault: str) -> None:
    data, told = XML[fault]
    with pytest.raises(Refusal, match=told):
        read(File("d.xml", data), File("a.xml", samples.GENIUS_A), File("b.xml", samples.GENIUS_B))


@pytest.mark.parametrize("fault", PROFILES)
def test_a_bad_profile_is_refused(fault: str) -> None:
    data, told = PROFILES[fault]
    with pytest.raises(Refusal, match=told):
        read(
            File("d.xml", samples.GENIUS_DOMAIN),
            File("a.xml", data),
            File("b.xml", samples.GENIUS_B),
        )


@pytest.mark.parametrize("fault", YAML)
def test_bad_yaml_is_refused(fault: str) -> None:
    data, told = YAML[fault]
    with pytest.raises(Refusal, match=told):
        read(File("d.yml", data), File("a.yml", samples.NEGMAS_A), File("b.yml", samples.NEGMAS_B))


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"1e999999", b'"0.3"', b"true", b"null"])
def test_a_weight_that_is_no_number_is_refused(number: bytes) -> None:
    data = samples.NEGOLOG_A.replace(b"0.3", number)
    with pytest.raises(Refusal, match=r"issueWeights\.p"):
        read(File("a.json", data), File("b.json", samples.NEGOLOG_B))


@pytest.mark.parametrize("names", [("a.xml",), ("a.json", "b.xml"), ("a.json",) * 4])
def test_files_of_no_format_are_refused(names: tuple[str, ...]) -> None:
    with pytest.raises(Refusal, match="a.json" if len(names) > 1 else "a.xml"):
        read(*(File(name, b"{}") for name in names))


SAMPLES = [
    (".xml", (samples.GENIUS_DOMAIN, samples.GENIUS_A, samples.GENIUS_B)),
    (".xml", (samples.BOX_DOMAIN, samples.BOXES, samples.BOXES)),
    (".yml", (samples.NEGMAS_DOMAIN, samples.NEGMAS_A, samples.NEGMAS_B)),
    (".json", (samples.NEGOLOG_A, samples.NEGOLOG_B)),
]


@given(st.data())
def test_changed_bytes_are_read_or_refused(data: st.DataObject) -> None:
    ending, whole = data.draw(st.sampled_from(SAMPLES))
    files = list(whole)
    which = data.draw(st.integers(0, len(files) - 1))
    at = data.draw(st.integers(0, len(files[which])))
    cut = data.draw(st.integers(0, 12))
    put = data.draw(st.binary(max_size=4))
    files[which] = files[which][:at] + put + files[which][at + cut :]
    try:
        read(*(File(f"{n}{ending}", each) for n, each in enumerate(files)))
    except Refusal as refusal:
        assert str(refusal)
