"""The catalogue as the rooms read it, on a tiny one and on the project's own."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from provenance.catalog.compile import compile_catalogue
from provenance.catalog.database import Catalogue, open_catalogue
from provenance.catalog.records import (
    Confidence,
    Maker,
    Model,
    PartKind,
    Plant,
    ProductLine,
    Registration,
    Relation,
    Seat,
    SerialScheme,
)
from provenance.catalog.sources import digest_sources
from provenance.catalog.terms import Category, RelationKind, SourceKind, source_kind
from provenance.dates import Span
from provenance.errors import CatalogError
from provenance.evidence import Facet, Grade

SOURCES = Path(__file__).parents[2] / "provenance" / "catalog"
"""The sources stand in the checkout; the package under test may be an installed one without them."""


@pytest.fixture
def small(tiny: Path, tmp_path: Path) -> Catalogue:
    compile_catalogue(tiny, tmp_path / "c.sqlite")
    return open_catalogue(tmp_path / "c.sqlite")


@pytest.fixture(scope="module")
def real() -> Catalogue:
    return open_catalogue()


def test_a_maker_comes_with_its_seats_and_relations(small: Catalogue) -> None:
    own = Seat(Facet.MAKER, "SG", Grade.PUBLISHED, date(2022, 3, 1), None, "https://example.org/alpha")
    owner = Seat(
        Facet.OWNER,
        "CN",
        Grade.REGISTRY_ADDRESS,
        date(2020, 1, 1),
        date(2022, 12, 31),
        "https://example.org/deal; ieee:AABBCC",
    )
    assert small.maker("alpha") == Maker(
        id="alpha",
        name="Alpha Miners Ltd",
        category="asic-miner",
        categories=("asic-miner",),
        aliases=("Alpha",),
        ambiguous_aliases=("Rig",),
        seats=(own, owner),
        relations=(
            Relation(
                kind=RelationKind.PARENT,
                other="beta",
                first=date(2020, 1, 1),
                last=date(2023, 6, 30),
                certain=Span(date(2020, 12, 31), date(2023, 6, 1)),
                some_goods=False,
                confidence=Confidence.MEDIUM,
                source="https://example.org/deal",
                note="",
                began="2020",
                ended="2023-06",
            ),
        ),
        confidence=Confidence.MEDIUM,
        sources=("https://example.org/alpha",),
        note="",
    )
    assert small.seats("alpha") == (own, owner)
    assert (small.seats("gamma"), small.plants("gamma")) == ((), ())


def test_a_plant_says_what_its_sources_say(small: Catalogue) -> None:
    assert small.plants("alpha") == (
        Plant(
            id="alpha-my-assembly",
            country="MY",
            activity="assembly",
            first=date(2021, 1, 1),
            last=None,
            models=("alpha-a1",),
            confidence=Confidence.LOW,
            complete=False,
            source="https://example.org/plant",
            note="A plant in Malaysia.",
            began="2021",
        ),
    )


def test_models_lines_schemes_and_collisions_come_out(small: Catalogue) -> None:
    assert small.model("alpha-a1") == Model(
        id="alpha-a1",
        maker="alpha",
        name="Alpha A1",
        aliases=(),
        firmware_names=("A1",),
        hashrates=("100T",),
        algorithm="SHA-256",
        confidence=Confidence.UNVERIFIED,
        sources=("unverified: not named",),
    )
    assert [model.id for model in small.models("beta")] == ["beta-a1"]
    assert small.product_lines() == (
        ProductLine(
            "beta", "B switches", "^B-[0-9]{3}", "network", (), False, ("b-100",), "https://example.org/beta"
        ),
    )
    assert small.serial_schemes() == (
        SerialScheme(
            id="alpha-serial",
            maker="alpha",
            part=PartKind.MACHINE,
            title="Alpha serial",
            pattern="^ALP(?P<yymmdd>[0-9]{6})$",
            date_rule="yymmdd",
            country_rule=None,
            codes=(),
            placeholder=False,
            decides_maker=True,
            confidence=Confidence.LOW,
            sources=("https://example.org/serial",),
        ),
    )
    assert dict(small.collisions()) == {"A1": (("alpha", "alpha-a1"), ("beta", "beta-a1"))}
    assert small.details("alpha-a1")["hashrates"] == [["100T", 100.0, "TH/s", 3000.0]]
    assert (small.founded_country("beta"), small.founded_country("alpha")) == ("CN", None)


@pytest.mark.parametrize(
    ("mac", "prefix", "maker"),
    [
        ("B4A2EB3F1000", "B4A2EB3F1", None),
        ("B4A2EB3F2000", "B4A2EB3", "alpha"),
        ("B4A2EB412345", "B4A2EB", None),
        ("AABBCC000000", "AABBCC", None),
    ],
)
def test_the_longest_block_of_the_registry_answers(
    small: Catalogue, mac: str, prefix: str, maker: str | None
) -> None:
    found = small.registration(mac)
    assert found is not None
    assert (found.prefix, found.bits, found.maker) == (prefix, 4 * len(prefix), maker)


def test_an_unregistered_address_has_no_registration(small: Catalogue) -> None:
    assert small.registration("020000000000") is None


def test_registrations_come_in_order_of_their_prefix(small: Catalogue) -> None:
    assert list(small.registrations()) == [
        ("AABBCC", 24, "Beta Networks", None),
        ("B4A2EB", 24, "IEEE Registration Authority", None),
        ("B4A2EB3", 28, "Alpha Miners Ltd.", "alpha"),
        ("B4A2EB3F1", 36, "Private", None),
    ]


@pytest.mark.parametrize("ask", [Catalogue.maker, Catalogue.model, Catalogue.details])
def test_an_unknown_id_is_a_key_error(small: Catalogue, ask: object) -> None:
    with pytest.raises(KeyError, match="nobody"):
        ask(small, "nobody")  # type: ignore[operator]


def test_damage_inside_the_database_is_an_error_that_says_what_to_do(tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "c.sqlite"
    compile_catalogue(tiny, path)
    content = bytearray(path.read_bytes())
    content[4096:] = bytes(len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(CatalogError, match="delete the file, or install the package again"):
        open_catalogue(path).makers()


def test_the_digest_is_that_of_the_sources(real: Catalogue) -> None:
    assert (real.sha256, real.as_of) == (digest_sources(SOURCES), date(2026, 11, 20))


@pytest.mark.parametrize(
    ("part", "least"),
    [
        ("makers", 220),
        ("models", 548),
        ("product_lines", 133),
        ("relations", 73),
        ("plants", 25),
        ("serial_schemes", 20),
        ("blocks", 57_717),
    ],
)
def test_the_catalogue_holds_what_was_researched(real: Catalogue, part: str, least: int) -> None:
    assert real.stats()[part] >= least


def test_every_fact_has_a_source_or_is_unverified(real: Catalogue) -> None:
    facts: list[tuple[str, Confidence, tuple[str, ...]]] = []
    for maker in real.makers():
        facts.append((maker.id, maker.confidence, maker.sources))
        facts += [(f"{maker.id} {tie.other}", tie.confidence, _parts(tie.source)) for tie in maker.relations]
        facts += [(each.id, each.confidence, _parts(each.source)) for each in real.plants(maker.id)]
        for seat in maker.seats:
            backed = Confidence.UNVERIFIED if seat.grade is Grade.UNSOURCED else Confidence.MEDIUM
            facts.append((f"{maker.id} {seat.country}", backed, _parts(seat.source)))
    facts += [(each.id, each.confidence, each.sources) for each in real.models()]
    facts += [(each.id, each.confidence, each.sources) for each in real.serial_schemes()]
    facts += [(each.id, each.confidence, each.sources) for each in real.part_codes()]
    facts += [(each.name, each.confidence, _parts(each.source)) for each in real.families()]
    facts += [(each.name, each.confidence, _parts(each.source)) for each in real.firmwares()]
    facts += [(each.name, Confidence.UNVERIFIED, _parts(each.source)) for each in real.product_lines()]
    assert [name for name, _, sources in facts if not sources] == []
    promised = [(name, sources) for name, backed, sources in facts if backed is not Confidence.UNVERIFIED]
    assert [name for name, sources in promised if not any(map(_openable, sources))] == []


def _parts(source: str) -> tuple[str, ...]:
    return tuple(part for part in source.split("; ") if part)


def _openable(source: str) -> bool:
    return source_kind(source) is not SourceKind.UNVERIFIED


def test_a_family_says_whose_label_a_machine_bears(real: Catalogue) -> None:
    families = {family.name: (family.maker, family.category) for family in real.families()}
    assert (families["Latitude"], families["ThinkPad"]) == (("dell", "pc"), ("lenovo", "pc"))


def test_a_part_code_names_models_of_the_catalogue_and_never_all(real: Catalogue) -> None:
    (boards,) = [code for code in real.part_codes() if code.id == "bitmain-hashboard-bhb42"]
    assert (boards.part, boards.maker) == (PartKind.HASHBOARD, "bitmain")
    assert {"antminer-s19j-pro", "antminer-s19"} <= set(boards.models)
    ids = {model.id for model in real.models()}
    assert [code.id for code in real.part_codes() if not set(code.models) <= ids] == []


def test_firmware_is_told_apart_from_the_makers_of_machines(real: Catalogue) -> None:
    by_name = {firmware.name: firmware for firmware in real.firmwares()}
    assert (by_name["VNish"].maker, by_name["VNish"].runs_on) == (None, ("bitmain",))
    assert by_name["Braiins OS"].maker == "braiins"


def test_a_line_is_sorted_as_narrowly_as_its_source_allows(real: Catalogue) -> None:
    lines = {(line.maker, line.name): line for line in real.product_lines()}
    archer = lines["tplink-us", "Archer routers"]
    assert (archer.category, archer.group) == ("consumer-router", "network")
    assert lines["dji", "Mavic, Matrice, Phantom, Inspire"].category == "drone"


def test_a_maker_has_all_words_of_its_business(real: Catalogue) -> None:
    assert real.maker("sungrow").categories == ("inverter", "bess")
    assert {word for maker in real.makers() for word in maker.categories} <= set(Category)


def test_records_come_sorted(real: Catalogue) -> None:
    for records in (real.makers(), real.models(), real.serial_schemes()):
        ids = [record.id for record in records]
        assert ids == sorted(ids)
    lines = [(line.maker, line.name) for line in real.product_lines()]
    assert lines == sorted(lines)


def test_no_scheme_of_a_miner_names_a_country(real: Catalogue) -> None:
    miners = {maker.id for maker in real.makers() if maker.category == "asic-miner"}
    assert [s.id for s in real.serial_schemes() if s.maker in miners and s.country_rule is not None] == []


def test_only_schemes_that_their_maker_documents_are_high(real: Catalogue) -> None:
    high = [scheme.id for scheme in real.serial_schemes() if scheme.confidence is Confidence.HIGH]
    assert high == ["dell-ppid", "hp-10", "huawei-21"]


def test_the_two_sourced_location_codes_of_cisco_are_there(real: Catalogue) -> None:
    (cisco,) = [scheme for scheme in real.serial_schemes() if scheme.id == "cisco-11"]
    assert cisco.codes == (("FAA", "US"), ("FOC", "CN"))


def test_the_countries_of_bitmain_are_those_researched(real: Catalogue) -> None:
    plants = real.plants("bitmain")
    assert {plant.country for plant in plants if plant.activity == "assembly"} == {
        "CN",
        "ID",
        "MY",
        "TH",
        "US",
    }
    assert {plant.activity for plant in plants if plant.activity != "assembly"} == {
        "assembly-announced",
        "chip-fab",
        "contested-origin",
    }


def test_no_list_of_plants_is_called_complete(real: Catalogue) -> None:
    assert [plant.id for maker in real.makers() for plant in real.plants(maker.id) if plant.complete] == []


def test_a_seat_without_an_open_source_is_graded_so(real: Catalogue) -> None:
    def openable(seat: Seat) -> bool:
        return re.search(r"https?://|ieee:", seat.source) is not None

    seats = [seat for maker in real.makers() for seat in maker.seats if seat.grade is not Grade.UNSOURCED]
    assert [seat for seat in seats if not openable(seat)] == []
    assert real.seats("goldshell")[0].grade is Grade.UNSOURCED


def test_both_seats_of_canaan_stand_with_their_dates(real: Catalogue) -> None:
    seats = [(s.country, s.first, s.last) for s in real.seats("canaan") if s.facet is Facet.MAKER]
    assert seats == [("CN", None, date(2025, 6, 30)), ("SG", date(2020, 1, 1), None)]


def test_canaans_blocks_of_28_bits_are_found_below_the_registrys_own(real: Catalogue) -> None:
    assert real.registration("B4A2EB300001") == Registration(
        "B4A2EB3", 28, "Canaan Creative Co.,Ltd.", "CN", "canaan"
    )


def test_a_catalogue_answers_from_any_thread(small: Catalogue) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: small.registration("B4A2EB300001"), range(50)))
    assert {registration.prefix for registration in found if registration} == {"B4A2EB3"}
