"""A catalogue of the user's own over the embedded one: what it may do, what is refused, how it is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from provenance.catalog.check import check_folders
from provenance.catalog.compile import compile_catalogue
from provenance.catalog.database import Catalogue, open_catalogue
from provenance.catalog.records import Action, Change
from provenance.catalog.storage import overlaid_database
from provenance.errors import CatalogError

NEW = """\
schema: provenance-maker/1
id: delta
name: Delta Rigs
categories: [asic-miner]
aliases: [Delta]
confidence: medium
sources: ["document: supplier file 12"]
models:
  - {id: delta-d1, name: Delta D1, confidence: medium, sources: ["document: supplier file 12"]}
"""
CHANGE = """\
schema: provenance-maker-change/1
id: alpha
aliases: [Alpha KZ]
note: Own research.
withdraw:
  reason: Our counsel does not rely on it.
  plants: [alpha-my-assembly]
plants:
  - id: alpha-kz-assembly
    country: KZ
    activity: assembly
    complete: false
    confidence: medium
    sources:
      - {source: "document: letter of 3 March 2025", says: Assembles in Astana.}
relations:
  - {kind: affiliate, other: delta, confidence: low, sources: [https://example.org/tie]}
serial_schemes:
  - {id: alpha-serial, title: Corrected, part: machine, pattern: "^ALP[0-9]{6}$", confidence: low, sources: [https://e.org]}
"""

WriteOwn = Callable[..., Path]


@pytest.fixture
def base(tiny: Path, tmp_path: Path) -> Path:
    compile_catalogue(tiny, tmp_path / "base.sqlite")
    return tmp_path / "base.sqlite"


@pytest.fixture
def write_own(tmp_path: Path) -> WriteOwn:
    """Return a function that writes a catalogue of the user's own and returns its folder."""

    def write(name: str = "own", **texts: str) -> Path:
        folder = tmp_path / name
        for key, text in texts.items():
            path = folder / ("registry" if key in {"collisions", "firmware"} else "makers") / f"{key}.yaml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    return write


@pytest.fixture(autouse=True)
def _cache_in_the_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("provenance.catalog.storage._cache_folder", lambda: tmp_path / "cache")


def faults(base: Path, *folders: Path) -> list[str]:
    with pytest.raises(CatalogError) as caught:
        open_catalogue(base, folders)
    return [str(fault).replace(f"{base.parent.as_posix()}/", "") for fault in caught.value.faults]


def test_it_adds_makers_and_adds_replaces_and_withdraws_entries(base: Path, write_own: WriteOwn) -> None:
    catalogue = open_catalogue(base, [write_own(delta=NEW, alpha=CHANGE)])
    alpha = catalogue.maker("alpha")
    assert catalogue.model("delta-d1").maker == "delta"
    assert (alpha.aliases, alpha.note) == (("Alpha", "Alpha KZ"), "Own research.")
    assert [plant.id for plant in catalogue.plants("alpha")] == ["alpha-kz-assembly"]
    assert [tie.other for tie in catalogue.ties("delta")] == ["alpha"]
    (scheme,) = catalogue.serial_schemes()
    assert (scheme.title, scheme.date_rule) == ("Corrected", None)


def test_what_it_did_is_known_with_its_digest(base: Path, write_own: WriteOwn) -> None:
    (info,) = open_catalogue(base, [write_own(delta=NEW, alpha=CHANGE)]).overlays
    assert (info.name, len(info.sha256)) == ("own", 64)
    assert Change("alpha", "plants", "alpha-my-assembly", Action.WITHDRAWN) in info.changes
    assert Change("alpha", "serial_schemes", "alpha-serial", Action.REPLACED) in info.changes
    assert Change("delta", "maker", "delta", Action.ADDED) in info.changes
    assert [info.count(action) for action in Action] == [4, 2, 1]


def test_the_embedded_catalogue_keeps_its_digest_and_knows_of_none(base: Path, write_own: WriteOwn) -> None:
    plain, laid = open_catalogue(base), open_catalogue(base, [write_own(delta=NEW)])
    assert (plain.sha256, plain.overlays) == (laid.sha256, ())


def test_a_later_one_lies_over_an_earlier_one(base: Path, write_own: WriteOwn) -> None:
    first = write_own("first", delta=NEW)
    second = write_own("second", delta="schema: provenance-maker-change/1\nid: delta\naliases: [Deltoid]\n")
    catalogue = open_catalogue(base, [first, second])
    assert catalogue.maker("delta").aliases == ("Delta", "Deltoid")
    assert [info.name for info in catalogue.overlays] == ["first", "second"]
    assert faults(base, second) == [
        "second/makers/delta.yaml:2: there is no maker 'delta' to change; write a whole maker, provenance-maker/1"
    ]


def test_two_folders_of_one_name_are_told_apart(base: Path, write_own: WriteOwn) -> None:
    other = NEW.replace("delta", "omega").replace("Delta", "Omega")
    catalogue = open_catalogue(base, [write_own("a/own", delta=NEW), write_own("b/own", omega=other)])
    assert [info.name for info in catalogue.overlays] == ["a/own", "b/own"]


def test_a_whole_maker_takes_the_place_of_an_embedded_one_only_where_it_says_so(
    base: Path, write_own: WriteOwn
) -> None:
    whole = NEW.replace("id: delta\n", "id: gamma\n").replace("delta-d1", "gamma-d1")
    assert faults(base, write_own(gamma=whole)) == [
        (
            "own/makers/gamma.yaml:2: the catalogue has a maker 'gamma'; write `replaces: true`, or change it with schema"
            " provenance-maker-change/1"
        )
    ]
    saying = whole.replace("id: gamma\n", "id: gamma\nreplaces: true\n")
    assert open_catalogue(base, [write_own(gamma=saying)]).maker("gamma").name == "Delta Rigs"


def test_a_withdrawn_model_leaves_plants_and_shared_codes(base: Path, write_own: WriteOwn) -> None:
    gone = (
        "schema: provenance-maker-change/1\nid: alpha\nwithdraw: {reason: Never sold., models: [alpha-a1]}\n"
    )
    catalogue = open_catalogue(base, [write_own(alpha=gone)])
    assert catalogue.models("alpha") == ()
    assert catalogue.plants("alpha")[0].models == ()
    assert catalogue.collisions() == {}


@pytest.mark.parametrize(
    ("file", "text", "line", "words"),
    [
        ("alpha", "schema: provenance-maker-change/1\nid: alpha\n", 1, "changes nothing"),
        (
            "alpha",
            "schema: provenance-maker-change/1\nid: alpha\ncolour: red\n",
            3,
            "'colour' is not known here",
        ),
        ("alpha", "schema: something/1\nid: alpha\n", 1, "its schema is 'something/1', expected"),
        (
            "alpha",
            "schema: provenance-maker-change/1\nid: alpha\nwithdraw: {reason: X., models: [alpha-z]}\n",
            3,
            "there is no 'alpha-z' among the models to withdraw",
        ),
        (
            "alpha",
            "schema: provenance-maker-change/1\nid: alpha\nwithdraw: {models: [alpha-a1]}\n",
            3,
            "the key 'reason' is missing",
        ),
        ("delta", NEW.replace("aliases: [Delta]", "aliases: [Alpha]"), 5, "'Alpha' names alpha too"),
        ("delta", NEW.replace("Delta D1", "Alpha A1"), 9, "'Alpha A1' names a model of alpha too"),
        ("delta", NEW.replace("medium", "certain"), 6, "confidence"),
        ("delta", NEW + "replaces: true\n", 10, "there is no maker 'delta' to replace"),
        (
            "collisions",
            "schema: provenance-collisions/1\ncollisions:\n  - {code: X, models: [nope]}\n",
            3,
            "no model",
        ),
        (
            "firmware",
            (
                "schema: provenance-firmware/1\nfirmwares:\n"
                "  - {name: OS, runs_on: [nobody], confidence: low, sources: [https://e.org]}\n"
            ),
            3,
            "'nobody' is no maker",
        ),
    ],
)
def test_a_fault_of_the_users_file_is_reported_with_its_line(
    base: Path, write_own: WriteOwn, file: str, text: str, line: int, words: str
) -> None:
    found = faults(base, write_own(**{file: text}))
    folder = "registry" if file in {"collisions", "firmware"} else "makers"
    assert any(
        fault.startswith(f"own/{folder}/{file}.yaml:{line}: ") and words in fault for fault in found
    ), found


def test_all_faults_of_all_files_are_reported_at_once(base: Path, write_own: WriteOwn) -> None:
    own = write_own(alpha=CHANGE.replace("KZ\n", "KAZ\n"), delta=NEW.replace("medium", "certain"))
    assert [fault.split(":")[0] for fault in faults(base, own)] == [
        "own/makers/alpha.yaml",
        "own/makers/delta.yaml",
        "own/makers/delta.yaml",
    ]


def test_shared_names_may_be_listed(base: Path, write_own: WriteOwn) -> None:
    listed = "schema: provenance-collisions/1\ncollisions:\n  - {code: A1, models: [alpha-a1, beta-a1, delta-d1]}\n"
    own = write_own(delta=NEW.replace("name: Delta D1", "name: Delta D1, aliases: [A1]"), collisions=listed)
    assert ("delta", "delta-d1") in open_catalogue(base, [own]).collisions()["A1"]


def test_a_folder_without_a_catalogue_is_refused(base: Path, tmp_path: Path, write_own: WriteOwn) -> None:
    (tmp_path / "empty").mkdir()
    assert "holds no file of a catalogue" in faults(base, tmp_path / "empty")[0]
    assert "is no folder" in faults(base, tmp_path / "nowhere")[0]
    stray = write_own("stray", delta=NEW)
    (stray / "notes.yaml").write_text("x: 1\n")
    assert faults(base, stray) == [
        (
            "stray/notes.yaml: stands where no file is read; keep makers in makers/<id>.yaml, the rest in"
            " registry/collisions.yaml or registry/firmware.yaml"
        )
    ]


def test_it_is_compiled_once_and_again_after_a_change(
    base: Path, tmp_path: Path, write_own: WriteOwn
) -> None:
    own = write_own(delta=NEW)
    first = overlaid_database(base, [own], tmp_path / "kept")
    inode = first.stat().st_ino  # A file that is written again is another.
    again = overlaid_database(base, [own], tmp_path / "kept")
    assert (again, again.stat().st_ino) == (first, inode)
    write_own(delta=NEW.replace("Delta Rigs", "Delta Rigs Inc"))
    assert overlaid_database(base, [own], tmp_path / "kept") != first


def test_faulty_files_leave_nothing_in_the_cache(base: Path, tmp_path: Path, write_own: WriteOwn) -> None:
    faults(base, write_own(delta=NEW.replace("medium", "certain")))
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_home_that_cannot_be_written_is_no_obstacle(
    base: Path, tmp_path: Path, write_own: WriteOwn, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setattr("provenance.catalog.storage._cache_folder", lambda: tmp_path / "file" / "cache")
    monkeypatch.setattr("provenance.catalog.storage._fallback_folder", lambda: tmp_path / "fallback")
    assert open_catalogue(base, [write_own(delta=NEW)]).maker("delta").name == "Delta Rigs"


def test_the_same_files_give_the_same_catalogue_wherever_they_stand(
    base: Path, tmp_path: Path, write_own: WriteOwn
) -> None:
    here = overlaid_database(base, [write_own("here/own", delta=NEW)], tmp_path / "one")
    there = overlaid_database(base, [write_own("there/own", delta=NEW)], tmp_path / "two")
    assert (here.name, here.read_bytes()) == (there.name, there.read_bytes())


def test_the_check_lays_the_users_folder_over_the_real_catalogue(write_own: WriteOwn) -> None:
    change = CHANGE.replace("id: alpha\n", "id: bitmain\n").replace("alpha-", "bitmain-")
    assert check_folders([write_own(bitmain=change.replace("other: delta", "other: Delta"))]) == []
    mine = (
        NEW.replace("delta", "mine").replace("Delta", "Mine").replace("aliases: [Mine]", "aliases: [Bitmain]")
    )
    clash = write_own("clash", mine=mine)
    (fault,) = check_folders([clash])
    assert (fault.where, fault.what) == (
        f"{clash.as_posix()}/makers/mine.yaml:5",
        "'Bitmain' names bitmain too",
    )


def test_a_document_is_a_source_of_a_users_own_catalogue_only(
    write_sources: Callable[..., Path], write_own: WriteOwn, base: Path
) -> None:
    gamma = NEW.replace("id: delta", "id: gamma").replace("delta-d1", "gamma-d1")
    found = [str(fault) for fault in check_folders([write_sources(gamma=gamma)])]
    assert any("rests on a document that no reader has" in fault for fault in found)
    assert open_catalogue(base, [write_own(delta=NEW)]).maker("delta").sources == (
        "document: supplier file 12",
    )


def test_a_catalogue_without_one_is_the_catalogue_itself(base: Path) -> None:
    assert isinstance(open_catalogue(base, ()), Catalogue)
