import json
from datetime import date

import pytest

from provenance.errors import PolicyError
from provenance.policy.entity import Reach
from provenance.policy.entity_lists import load_entity_list
from provenance.policy.imported_lists import import_list
from provenance.policy.list_files import imported_ids, known_ids, list_ids
from provenance.policy.load import load_policy
from provenance.policy.sanctions_files import read_ofac, read_screening_list
from provenance.policy.where import rules_root

DATED = date(2026, 11, 18)
# The shape of OFAC's files, with made-up entries: no header, `-0- ` for null, a stray byte at the end.
PRIMARY = (
    '7001,"EXAMPLE MINING MACHINES CO., LTD.",-0- ,"NPWMD] [IFSR",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    "\"Tax ID 1; a.k.a. 'EMMC'; f.k.a. 'OLD EXAMPLE'.\"\r\n"
    '7002,"DOE, John","individual","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    '7003,"EXAMPLE STAR","vessel","IRAN",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n'
    '7004,"SECOND EXAMPLE",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a'
)
ALIASES = '7001,1,"aka","EXAMPLE MINERS",-0- \r\n7002,2,"aka","JD",-0- \r\n'
ADDRESSES = (
    '7001,1,"1 Road","Pyongyang","Korea, North",-0- \r\n7001,2,-0- ,-0- ,"Korea, North",-0- \r\n'
    '7004,3,-0- ,"Havana","Cuba",-0- \r\n7004,4,-0- ,-0- ,"Panama",-0- \r\n'
)
SCREENING = (
    "source,entity_number,type,programs,name,addresses,federal_register_notice,start_date,end_date,alt_names\n"
    '"Entity List (EL) - Bureau of Industry and Security",,,,"Example Chips  Co.","1 Road, Shenzhen, CN; 2 Road, CN",'
    "90 FR 1,2025-01-16,,Example Semi; EC\n"
    '"Specially Designated Nationals (SDN) - Treasury Department",9,Vessel,IRAN,"Example Star",,,,,\n'
    '"Specially Designated Nationals (SDN) - Treasury Department",8,Entity,IRAN,"Example Bank","A, IR",,,,\n'
)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PROVENANCE_LISTS", str(tmp_path / "lists"))
    return tmp_path


def _file(folder, name, text):
    path = folder / name
    path.write_bytes(text.encode("utf-8"))
    return path


def _sdn(folder, primary=PRIMARY):
    texts = {"sdn.csv": primary, "alt.csv": ALIASES, "add.csv": ADDRESSES}
    return [_file(folder, name, text) for name, text in texts.items()]


def _nobody(name):
    del name


def _import(folder, primary=PRIMARY, *, shrunk=False, makers=_nobody):
    return import_list("ofac-sdn", _sdn(folder, primary), DATED, makers, shrunk=shrunk)


def test_companies_are_kept_and_persons_vessels_and_the_stray_byte_are_not(folder):
    first, second = read_ofac(_sdn(folder))
    assert (first.name, first.aliases) == (
        "EXAMPLE MINING MACHINES CO., LTD.",
        ("EMMC", "OLD EXAMPLE", "EXAMPLE MINERS"),
    )
    assert first.citation == "OFAC entry 7001, programme NPWMD, IFSR"
    assert (first.country, second.country) == ("KP", None)


def test_an_imported_list_is_a_list_like_any_other(folder):
    (made,) = _import(folder, makers={"SECOND EXAMPLE": "bitmain"}.get)
    assert (made.list_id, made.names) == ("ofac-sdn", 2)
    listed = load_entity_list("ofac-sdn")
    assert (listed.info.as_of, listed.info.blocking, listed.info.partial) == (DATED, True, False)
    assert [(member.name, member.makers, member.reach) for member in listed.members] == [
        ("EXAMPLE MINING MACHINES CO., LTD.", (), Reach.OWNED),
        ("SECOND EXAMPLE", ("bitmain",), Reach.OWNED),
    ]


def test_imported_lists_stand_beside_those_of_the_program(folder):
    assert imported_ids() == ()
    _import(folder)
    assert imported_ids() == ("ofac-sdn",)
    assert known_ids() == (*list_ids(), "ofac-sdn")
    assert known_ids(folder) == ()


def test_a_rule_of_ones_own_may_name_an_imported_list(folder):
    _import(folder)
    text = (rules_root() / "packs" / "us-1260h.yaml").read_text("utf-8")
    path = _file(folder, "own.yaml", text.replace("{list: us-1260h,", "{list: ofac-sdn,"))
    assert [info.id for info in load_policy(str(path)).lists] == ["ofac-sdn"]


def test_a_list_that_lost_many_names_is_refused_and_the_last_good_one_stays(folder):
    _import(folder)
    short = PRIMARY.splitlines(keepends=True)[0]
    with pytest.raises(PolicyError, match="ofac-sdn: has 1 names and had 2 at the last import"):
        _import(folder, short)
    assert len(load_entity_list("ofac-sdn").members) == 2
    (made,) = _import(folder, short, shrunk=True)
    assert made.names == 1


def test_the_screening_list_gives_one_list_per_office(folder):
    found = read_screening_list(_file(folder, "consolidated.csv", SCREENING))
    assert list(found) == ["el", "sdn"]
    name, (entry,) = found["el"]
    assert name == "Entity List"
    assert (entry.name, entry.aliases, entry.country, entry.first) == (
        "Example Chips Co.",
        ("Example Semi", "EC"),
        "CN",
        date(2025, 1, 16),
    )
    made = import_list("csl", [folder / "consolidated.csv"], DATED, _nobody, shrunk=False)
    assert [one.list_id for one in made] == ["csl-el", "csl-sdn"]
    blocking = {one: load_entity_list(one).info.blocking for one in imported_ids()}
    assert blocking == {"csl-el": False, "csl-sdn": True}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("cut.csv", PRIMARY[:200], r"cut\.csv"),
        ("short.csv", "a,b\r\n", "has 2 columns in its first row"),
        ("empty.csv", "\x1a", r"empty\.csv: is empty"),
        ("alt.csv", ALIASES, "none of the files holds the entries"),
    ],
)
def test_a_file_that_is_none_of_ofacs_is_refused(folder, name, text, said):
    with pytest.raises(PolicyError, match=said):
        read_ofac([_file(folder, name, text)])


def test_a_screening_list_without_a_needed_column_is_refused(folder):
    path = _file(folder, "consolidated.csv", "source,name\nx,y\n")
    with pytest.raises(PolicyError, match="has no column alt_names, programs, start_date, type"):
        read_screening_list(path)


def test_signs_of_windows_in_a_file_break_no_list(folder):
    odd = SCREENING.replace("Example Chips  Co.", "Example\u0092s Chips\u0007 Co.")
    import_list("csl", [_file(folder, "consolidated.csv", odd)], DATED, _nobody, shrunk=False)
    assert [member.name for member in load_entity_list("csl-el").members] == ["Example\u2019s Chips Co."]


def test_an_imported_file_that_was_damaged_says_which_it_is(folder):
    _import(folder)
    path = folder / "lists" / "ofac-sdn.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "as_of": "soon"}), encoding="utf-8")
    with pytest.raises(PolicyError, match=r"ofac-sdn\.json:1: as_of: 'soon' is no day"):
        load_entity_list("ofac-sdn")
