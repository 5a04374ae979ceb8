"""What a page may hold: words that can be translated, and nothing a strict policy would block."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from architecture.house import named, templates, text_of

# Names and signs that are the same in every language.
SAME_EVERYWHERE = {"Legation", "SHA-256", "Ed25519", "TLS", "UTC", "JSON", "verify.py", "C2SP"}
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "content", "placeholder", "title"}
MARK = "\N{OBJECT REPLACEMENT CHARACTER}"  # stands where a template tag stood

COMMENT = re.compile(r"\{#.*?#\}|\{% comment .*?%\}.*?\{% endcomment %\}", re.DOTALL)
TRANSLATED = re.compile(r"\{% blocktranslate\b.*?\{% endblocktranslate %\}", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


class Words(HTMLParser):
    """Collects what a person would read on a page that is not marked for translation."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.unread: list[str] = []  # <script>, <style>: not read by a person

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style"}:
            self.unread.append(tag)
        named_attrs = dict(attrs)
        for name in SPOKEN_ATTRIBUTES & named_attrs.keys():
            if name != "content" or named_attrs.get("name") == "description":
                self.add(named_attrs[name] or "")

    def handle_endtag(self, tag: str) -> None:
        if self.unread and self.unread[-1] == tag:
            self.unread.pop()

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.add(data)

    def add(self, text: str) -> None:
        for sign in SAME_EVERYWHERE:
            text = text.replace(sign, "")
        words = text.replace(MARK, " ").strip()
        if re.search(r"[^\W\d_]{2,}", words):
            self.found.append(" ".join(words.split()))


def untranslated(text: str) -> list[str]:
    words = Words()
    words.feed(TAG.sub(MARK, TRANSLATED.sub(MARK, COMMENT.sub("", text))))
    words.close()
    return words.found


def breaks(pattern: str) -> list[str]:
    """Return "file:line: what" wherever a template matches; comments of templates do not count."""
    return [
        f"{named(path)}:{number}: {line.strip()}"
        for path in templates()
        for number, line in enumerate(COMMENT.sub("", text_of(path)).splitlines(), start=1)
        if re.search(pattern, line, flags=re.IGNORECASE)
    ]


@pytest.mark.parametrize("path", templates(), ids=named)
def test_every_word_of_a_page_can_be_translated(path: Path) -> None:
    assert untranslated(text_of(path)) == []


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>{% translate 'Release' %}</p>", []),
        ("<p>Release</p>", ["Release"]),
        ("<a title='Release'>{{ n }}</a>", ["Release"]),
        ("<p>{% blocktranslate %}Note {{ n }}{% endblocktranslate %}, Legation</p>", []),
        ("<script src='x.js'></script><p>{# Release #}·</p>", []),
    ],
)
def test_a_word_left_untranslated_is_found(html: str, found: list[str]) -> None:
    assert untranslated(html) == found


# Each asks first whether a clock that both accepted has run out (`overdue`, `overdue_count`); the
# page of clocks says what the word means.
MAY_SAY_OVERDUE = {"today_due.html", "due_small.html", "part_clock.html", "clocks.html"}


def test_nothing_is_overdue_by_a_clock_that_both_have_not_accepted() -> None:
    said = {each.split(":")[0].rpartition("/")[2] for each in breaks(r"\boverdue")}
    assert said == MAY_SAY_OVERDUE
    for path in templates():
        if path.name in MAY_SAY_OVERDUE - {"clocks.html"}:
            assert re.search(r"\{% if [a-z.]*overdue(_count)? %\}", text_of(path)), path.name


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(r"\sstyle\s*=|<style\b", id="no style beside the style sheet"),
        pytest.param(r"\son[a-z]+\s*=|\shx-on\b|javascript:", id="no handler in the page"),
        pytest.param(r"<script(?![^>]*\bsrc=)", id="no script in the page"),
        pytest.param(r"\|\s*safe\b|\{%\s*autoescape off", id="nothing unescaped"),
        pytest.param(r"(src|href|action)\s*=\s*[\"']?(https?:)?//", id="nothing from elsewhere"),
        pytest.param(r"\{%\s*(trans|blocktrans)\s", id="one spelling: translate, blocktranslate"),
    ],
)
def test_a_template_keeps_out(pattern: str) -> None:
    assert breaks(pattern) == []


def test_a_template_fits_in_the_head() -> None:
    assert [named(path) for path in templates() if len(text_of(path).splitlines()) > 150] == []
