from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.countries import ALL, UA_ATOMS, CountryStatus, atoms_of, country_of, resolve_country

HERE = Path(__file__).parent
ALIASES = HERE.parents[1] / "tools" / "country_aliases.txt"
NAMING = (CountryStatus.COUNTRY, CountryStatus.SEVERAL)


def labelled() -> list[tuple[str, str]]:
    rows = []
    for line in (HERE / "labelled.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            text, answer = line.split("\t")
            rows.append((json.loads('"' + text.replace('"', '\\"') + '"'), answer))
    return rows


def aliases() -> list[tuple[str, str, str]]:
    rows, section = [], ""
    for line in ALIASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            target, names = line.split(": ", 1)
            rows += [(section, target, name.strip()) for name in names.split(" | ")]
    return rows


@pytest.mark.parametrize(("text", "answer"), labelled())
def test_labelled_texts_get_the_right_answer(text, answer):
    found = resolve_country(text)
    shown = " ".join(found.countries) if found.status in NAMING else found.status.value
    assert shown == answer


def test_every_alias_reads_as_its_countries_or_as_nothing():
    wrong = []
    for section, target, name in aliases():
        found = resolve_country(name)
        if section in {"label", "nothing"}:
            ok = section == "label" or found.status is CountryStatus.UNKNOWN
        else:
            ok = set(found.countries) == {country_of(t) for t in target.split()}
        if not ok:
            wrong.append((section, target, name, found.countries))
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "atoms"),
    [
        ("China", {"CN"}),
        ("Ukraine", UA_ATOMS),
        ("UA", UA_ATOMS),
        ("Crimea", {"UA-CRIMEA"}),
        ("Crimea, Ukraine", {"UA-CRIMEA"}),
        ("Simferopol, Ukraine", {"UA-CRIMEA"}),
        ("UA-40", {"UA-SEVASTOPOL"}),
        ("ДНР", {"UA-DNR"}),
        ("LNR", {"UA-LNR"}),
        ("Donetsk oblast", {"UA-DNR", "UA-REST"}),
        ("Luhansk", {"UA-LNR", "UA-REST"}),
        ("Kherson", {"UA-REST"}),
        ("Kyiv, Ukraine", {"UA-REST"}),
        ("CN/VN", {"CN", "VN"}),
        ("Korea", {"KP", "KR"}),
        ("EU", atoms_of("EU")),
        ("Made in the European Union", atoms_of("EU")),
        ("unknown", ALL),
        ("probably China", ALL),
        ("China and others", ALL),
        ("China?", ALL),
        ("Assembled in Mexico of Chinese components", {"CN", "MX"}),
        ("Assembled in Mexico of foreign components", ALL),
    ],
)
def test_atoms_are_what_the_text_leaves_open(text, atoms):
    assert resolve_country(text).atoms == atoms


@pytest.mark.parametrize("text", ["Taiwan, Province of China", "China (Taiwan)", "中国台湾", "CN-TW", "ROC", "Hong Kong, China",
                                  "China, Hong Kong SAR", "中国香港", "CN-91", "Macau, PRC", "中国澳门"])  # fmt: skip
def test_hong_kong_macao_and_taiwan_are_never_china(text):
    assert "CN" not in resolve_country(text).countries


def test_the_answer_carries_the_text_as_asked_and_a_sentence():
    found = resolve_country("  Malaysia ")
    assert found.text == "  Malaysia "
    assert found.reason == "name of Malaysia"


def test_the_names_load_at_first_use_and_not_at_import():
    code = "import sys, provenance.countries as c; from provenance.countries import table; print(table._data.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


@given(st.text(max_size=60))
@settings(max_examples=300)
def test_no_text_raises_and_every_answer_is_sound(text):
    found = resolve_country(text)
    assert found.atoms <= ALL
    assert found.atoms
    assert list(found.countries) == sorted(set(found.countries))
    match found.status:
        case CountryStatus.UNKNOWN:
            assert found.countries == ()
        case CountryStatus.COUNTRY:
            assert len(found.countries) == 1
        case CountryStatus.SEVERAL:
            assert len(found.countries) > 1
        case CountryStatus.AMBIGUOUS:
            assert found.countries != ()
    if found.status in NAMING:
        assert {country_of(atom) for atom in found.atoms} == set(found.countries)


WORDS = ["China", "CN", "Made in", "not", "probably", "/", ",", "(", ")", "?", "and", "of", "Taiwan", "components", "-", "Korea",
         "designed in", "EU", "unknown", "Shenzhen", "中国", "制造", "Crimea", "Ukraine", "60%", "2021", ";", "\n"]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=8))
@settings(max_examples=400)
def test_words_of_origin_in_any_order_never_raise_nor_name_what_is_not_there(words):
    text = " ".join(words)
    named = set(resolve_country(text).countries)
    there = {code for word in words for code in resolve_country(word).countries}
    assert named <= there


@given(
    st.from_regex(r"[A-Z]{1,3}[0-9]{1,4}[a-zA-Z]{0,3}", fullmatch=True),
    st.sampled_from(["{} {}", "{}, {}", "{1} {0}", "{1} ({0})", "{}/{}", "{} made in {}", "{}"]),
    st.sampled_from(["China", "CN", "Malaysia", "Hong Kong", "中国"]),
)
def test_a_text_with_a_model_code_never_names_a_country(code, shape, country):
    assert resolve_country(shape.format(code, country)).status not in NAMING


NAMES = [
    text
    for text, answer in labelled()
    if len(answer) == 2 and text.isascii() and len(text) > 3 and "Paris" not in text
]


@given(st.sampled_from(NAMES), st.sampled_from([" {}", "{} ", "\t{}\n", "\u00a0{}", "{}."]))
def test_blanks_and_a_full_stop_around_a_text_change_nothing(text, shape):
    assert resolve_country(shape.format(text)).countries == resolve_country(text).countries


@pytest.mark.parametrize(
    "text", ["China", "South Korea", "Viet Nam", "Made in Thailand", "Hong Kong, China", "usa", "Türkiye"]
)
def test_the_case_of_a_name_changes_nothing(text):
    expected = resolve_country(text).countries
    assert [expected] * 3 == [
        resolve_country(t).countries for t in (text.upper(), text.lower(), text.title())
    ]


def test_a_small_word_is_a_code_in_capitals_only():
    statuses = [resolve_country(text).status for text in ("NO", "No", "no", "IN", "in", "us")]
    country, unknown = CountryStatus.COUNTRY, CountryStatus.UNKNOWN
    assert [country, unknown, unknown, country, CountryStatus.AMBIGUOUS, country] == statuses
