"""The commands as a user runs them: exit codes, what is on which stream, and what bad input gets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import jsonschema_rs
import pytest

from provenance.cli import main
from provenance.cli.audit import FORMATS
from provenance.cli.main import cli
from provenance.cli.settings import SETTINGS, settings_schema
from provenance.report.registry import FORMAT_IDS

ROOT = Path(__file__).parent.parent.parent
FIXTURES = ROOT / "fixtures"
ROOM = FIXTURES / "mineone"
COMMAND = Path(sys.executable).with_name("provenance")
DAY = ("--as-of", "2026-11-20")


def fleet(folder: Path, *origins: str, certificate: bool = False) -> list[str]:
    rows = [f"Bitmain,Antminer S21 200T,ZZAAHTUBDJAAC{n:04d},{origin}" for n, origin in enumerate(origins)]
    (folder / "fleet.csv").write_text(
        "Manufacturer,Model,Serial Number,Country of Origin\n" + "\n".join(rows) + "\n", "utf-8"
    )
    if not certificate:
        return ["fleet.csv"]
    (folder / "evidence.csv").write_text(
        "document,kind,issuer_role,country,serials\nC1,certificate,chamber,MY,"
        + ";".join(f"ZZAAHTUBDJAAC{n:04d}" for n in range(len(origins)))
        + "\n",
        "utf-8",
    )
    return ["fleet.csv", "--evidence", "evidence.csv"]


def within(monkeypatch, folder: Path, *arguments: object) -> int:
    """Run the command in this process, for there are many formats and a process takes its time; return its code."""
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "argv", ["provenance", *map(str, arguments)])
    return main.run()


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("origins", "certificate", "more", "code"),
    [
        (["Malaysia"], True, [], 0),
        (["Malaysia"], False, ["--fail-on", "non-conforming"], 0),
        (["Malaysia", "China"], False, ["--fail-on", "never"], 0),
        (["Malaysia"], False, ["--columns", "gone.yaml"], 2),
        ([], False, [], 3),
        (["Malaysia"], False, [], 10),
        (["Malaysia", "China"], False, [], 11),
        (["Malaysia", "China"], False, ["--fail-on", "non-conforming"], 11),
    ],
)
def test_the_exit_code_says_what_was_found_whatever_the_format(
    monkeypatch, tmp_path, form, origins, certificate, more, code
):
    arguments = fleet(tmp_path, *origins, certificate=certificate)
    ended = within(monkeypatch, tmp_path, "audit", *arguments, *DAY, *more, "-f", form, "-o", "report.out")
    assert (ended, (tmp_path / "report.out").exists()) == (code, code != 2)


@pytest.mark.parametrize("form", FORMATS)
def test_whatever_the_format_what_cannot_be_read_ends_with_1_and_writes_nothing(monkeypatch, tmp_path, form):
    (tmp_path / "fleet.xlsx").write_bytes(b"no workbook")
    assert within(monkeypatch, tmp_path, "audit", "fleet.xlsx", *DAY, "-f", form, "-o", "report.out") == 1
    assert not (tmp_path / "report.out").exists()


def test_the_formats_offered_are_those_of_the_report_room():
    assert FORMATS == FORMAT_IDS


def test_the_report_alone_stands_on_standard_output(run):
    done = run("audit", "procurement.csv", *DAY, "-f", "json")
    assert json.loads(done.stdout)["schema"] == "provenance-report/1"
    assert done.stderr == ""


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no pseudo-terminals")
@pytest.mark.parametrize("form", ["terminal", "csv"])
def test_a_redirected_report_is_whole_while_progress_is_told_on_a_terminal(run, form):
    import pty

    ours, theirs = pty.openpty()
    done = subprocess.run(
        [str(COMMAND), "audit", "procurement.csv", *DAY, "-f", form],
        cwd=FIXTURES,
        stdout=subprocess.PIPE,
        stderr=theirs,
        encoding="utf-8",
        env={name: value for name, value in os.environ.items() if name != "CI"} | {"TERM": "xterm"},
        check=False,
    )
    os.close(theirs)
    os.close(ours)
    assert done.stdout == run("audit", "procurement.csv", *DAY, "-f", form).stdout


def test_without_a_policy_the_first_line_says_which_pack_judges(run):
    done = run("audit", "procurement.csv", *DAY)
    assert "china-ofac" in done.stdout.splitlines()[0]


def test_a_directory_takes_every_format_and_two_runs_give_the_same_bytes(run, tmp_path):
    written = []
    for name in ("first", "second"):
        done = run("audit", "procurement.csv", *DAY, "-o", f"{tmp_path}/{name}/")
        assert done.returncode == 11, done.stderr
        written.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert set(written[0]) == {
        "report.txt", "report.json", "machines.csv", "annotated.xlsx", "machines.parquet", "notice.md",
        "report.sarif", "junit.xml", "annotations.txt", "gl-code-quality-report.json", "bom.cdx.json", "summary.md",
        "notice.docx", "notice.pdf", "memorandum.md", "memorandum.docx", "memorandum.pdf",
    }  # fmt: skip
    assert [name for name in written[0] if written[0][name] != written[1][name]] == []


def test_two_audits_of_a_data_room_give_the_same_bytes(run, tmp_path):
    written = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        forms = [part for form in ("json", "csv", "xlsx", "notice-md", "memo-md") for part in ("-f", form)]
        done = run(
            "audit", ROOM / "inventory.xlsx", "--evidence", ROOM / "evidence.csv", "--policy", "cleanspark-mineone",
            *DAY, *forms, "-o", tmp_path / name,
        )  # fmt: skip
        assert done.returncode == 11, done.stderr
        written.append({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()})
    assert [name for name in written[0] if written[0][name] != written[1][name]] == []


def test_a_data_room_is_audited_without_its_papers_and_says_what_it_passed_over(run, tmp_path):
    room = tmp_path / "room"
    room.mkdir()
    for name in ("inventory.xlsx", "packing_list.xlsx"):
        (room / name).write_bytes((ROOM / name).read_bytes())
    (room / "register.csv").write_bytes((ROOM / "evidence.csv").read_bytes())
    (room / "certificate.pdf").write_bytes(b"%PDF-1.7")
    (room / "evidence of the seller.csv").write_text("document,kind,country\n", "utf-8")
    (room / "locked.xlsx").write_bytes(b"no workbook")

    told = []
    for _ in range(2):  # the second run finds the reports of the first
        done = run(
            "audit", "room", "--evidence", "room/register.csv", "--policy", "cleanspark-mineone", *DAY,
            "-f", "json", "-f", "csv", "-o", "room/report.json", "-o", "room/machines.csv", folder=tmp_path,
        )  # fmt: skip
        assert done.returncode == 11, done.stderr
        told.append((room / "report.json").read_bytes())
    report = json.loads(told[0])

    assert told[0] == told[1]
    assert [one["name"] for one in report["inputs"]] == ["inventory.xlsx", "locked.xlsx"]
    assert report["summary"]["by_verdict"]["conforming"]["units"] == 446
    assert report["summary"]["complete"] is False
    assert report["warnings"] == [
        (
            "locked.xlsx was not read: is no workbook: neither a zip nor an OLE file; open it in a spreadsheet and save "
            "as xlsx."
        ),
        "Not read, for they are in no format of inventories: certificate.pdf.",
        (
            "Passed over as no inventory because of the name: evidence of the seller.csv; name such a file as evidence, "
            "or as an inventory of its own, if it is to count."
        ),
    ]


def test_reports_of_an_earlier_run_in_a_folder_are_not_audited_again(run, tmp_path):
    fleet(tmp_path, "Malaysia", "China")
    assert run("audit", ".", *DAY, "-o", "first/", folder=tmp_path).returncode == 11
    done = run("audit", ".", *DAY, "-f", "json", folder=tmp_path)
    report = json.loads(done.stdout)
    assert report["summary"]["units"] == 2
    told = [warning for warning in report["warnings"] if "is a report of this program" in warning]
    assert [warning.split()[0] for warning in told] == [
        "first/annotated.xlsx", "first/annotations.txt", "first/bom.cdx.json", "first/gl-code-quality-report.json",
        "first/machines.csv", "first/machines.parquet", "first/report.json",
    ]  # fmt: skip
    named = run("audit", "first/machines.csv", *DAY, "-f", "json", folder=tmp_path)
    assert json.loads(named.stdout)["summary"]["units"] == 2


def test_the_faults_of_all_files_are_told_when_none_can_be_read(run, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    (tmp_path / "b.csv").write_bytes(b"")
    done = run("audit", tmp_path)
    assert (done.returncode, [line.split(": ")[1] for line in done.stderr.splitlines()]) == (
        1,
        ["a.xlsx", "b.csv"],
    )


def test_a_copy_of_an_inventory_an_empty_register_and_tables_that_name_no_machine_are_told(run, tmp_path):
    arguments = fleet(tmp_path, "Malaysia")
    (tmp_path / "again.csv").write_bytes((tmp_path / "fleet.csv").read_bytes())
    (tmp_path / "notes.csv").write_text("Remark\nnothing here\n", "utf-8")
    (tmp_path / "papers.csv").write_text("document,kind,country,serials\n", "utf-8")
    done = run(
        "audit",
        *arguments,
        "again.csv",
        "notes.csv",
        "--evidence",
        "papers.csv",
        *DAY,
        "-f",
        "json",
        folder=tmp_path,
    )
    assert json.loads(done.stdout)["warnings"] == [
        "notes.csv: 2 rows were not audited: nothing in it names machines.",
        "again.csv is a copy of fleet.csv, byte for byte: what has no serial number is counted in both.",
        "The register papers.csv records no document.",
    ]


def test_an_output_that_is_an_inventory_is_refused(run, tmp_path):
    arguments = fleet(tmp_path, "Malaysia")
    before = (tmp_path / "fleet.csv").read_bytes()
    done = run("audit", *arguments, *DAY, "-o", "fleet.csv", folder=tmp_path)
    assert (done.returncode, (tmp_path / "fleet.csv").read_bytes()) == (2, before)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["audit"], "Missing argument"),
        (["audit", "procurement.csv", "-f", "word"], "'word' is not one of"),
        (["audit", "procurement.csv", "-f", "json", "-f", "csv"], "give each a file with -o"),
        (["audit", "procurement.csv", "--as-of", "tomorrow"], "is no date; write YYYY-MM-DD"),
        (["audit", "procurement.csv", "-o", "report.odt"], "its ending says no format"),
        (["explain", "procurement.csv", "NOSUCHSERIAL"], "is no serial number and no cell of a machine"),
        (["lookup", "colour", "red"], "is not one of"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(run, arguments, message):
    done = run(*arguments)
    assert (done.returncode, message in done.stderr) == (2, True), done.stderr


def test_a_misspelt_policy_suggests_the_near_one(run):
    done = run("audit", "procurement.csv", "--policy", "china-ofca")
    assert done.returncode == 1
    assert "china-ofac" in done.stderr


def test_a_faulty_register_lists_every_fault_with_its_cell(run, tmp_path):
    arguments = fleet(tmp_path, "Malaysia")
    (tmp_path / "evidence.csv").write_text(
        "document,kind,country,serials,status\nC1,certficate,MY,A1,\nC2,finding,Atlantis,A1,\n,invoice,MY,,\n",
        "utf-8",
    )
    done = run("audit", *arguments, "--evidence", "evidence.csv", folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "error: evidence.csv:B2: kind: 'certficate' is not known; did you mean 'certificate'?",
        "error: evidence.csv:C3: country: 'Atlantis': names no country that is known; write its name or ISO code",
        "error: evidence.csv:E3: status: a finding needs a status; write alleged, contested or final",
        "error: evidence.csv:A4: document: the document has no id; give it the name under which it is filed",
        (
            "error: evidence.csv:D4: serials: the line names no goods; "
            "fill one of: serials, serial_from, serial_to, batch, order, model, covers_file, entry_number, importer"
        ),
    ]


def test_settings_are_found_upwards_and_options_override_them(run, tmp_path):
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    (tmp_path / "provenance.toml").write_text(
        'policy = ["cleanspark-mineone"]\nfail_on = "non-conforming"\n', "utf-8"
    )
    arguments = fleet(below, "Malaysia")
    done = run("audit", *arguments, *DAY, "-f", "json", folder=below)
    assert [policy["id"] for policy in json.loads(done.stdout)["policies"]] == ["cleanspark-mineone"]
    assert done.returncode == 0
    stricter = run("audit", *arguments, *DAY, folder=below, PROVENANCE_FAIL_ON="undetermined")
    assert stricter.returncode == 10


def test_a_settings_key_that_means_nothing_is_refused(run, tmp_path):
    (tmp_path / "provenance.toml").write_text('polcy = ["china-ofac"]\n', "utf-8")
    done = run("audit", *fleet(tmp_path, "Malaysia"), folder=tmp_path)
    assert (done.returncode, "did you mean 'policy'?" in done.stderr) == (1, True)


def test_a_level_in_the_settings_that_means_nothing_is_refused_before_anything_is_judged(run, tmp_path):
    (tmp_path / "provenance.toml").write_text('fail_on = "nevr"\n', "utf-8")
    done = run("audit", FIXTURES / "procurement.csv", folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "error: provenance.toml: fail_on is 'nevr'; write one of non-conforming, undetermined, never\n"
    )


def test_inspect_reads_with_the_columns_file_of_the_settings(run, tmp_path):
    arguments = fleet(tmp_path, "Malaysia")
    (tmp_path / "columns.yaml").write_text(
        "schema: provenance-columns/1\ntables:\n  - columns:\n"
        "      Country of Origin: {field: declared_origin, grade: customs-entry}\n",
        "utf-8",
    )
    (tmp_path / "provenance.toml").write_text('columns = "columns.yaml"\n', "utf-8")
    done = run("inspect", *arguments, folder=tmp_path)
    assert "declared_origin as customs-entry" in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_full_disk_behind_standard_output_is_a_message():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [str(COMMAND), "catalog", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, "error: No space left on device\n")


def test_init_writes_files_that_judge_as_they_stand(run, tmp_path):
    arguments = fleet(tmp_path, "China")
    assert run("init", "--policy", "cleanspark-mineone", folder=tmp_path).returncode == 0
    done = run("audit", *arguments, *DAY, folder=tmp_path)
    assert done.returncode == 11, done.stderr
    assert run("init", folder=tmp_path).returncode == 2


WAIVER = """schema: provenance-waivers/1
waivers:
  - id: made-up
    kind: risk-acceptance
    date: 2026-01-01
    rule: china-ofac/*
    scope: {maker: Bitmain}
    reason: exposure-accepted
    comment: made up
    owner: Made-up Owner
    approver: Made-up Approver
    expires: 2026-12-01
    evidence: [minutes]
"""


def test_waivers_come_from_options_variables_and_settings_and_an_auditor_leaves_them_out(run, tmp_path):
    arguments = fleet(tmp_path, "China")
    (tmp_path / "w.yaml").write_text(WAIVER, "utf-8")
    assert run("audit", *arguments, *DAY, folder=tmp_path).returncode == 11
    done = run("audit", *arguments, *DAY, "--waivers", "w.yaml", folder=tmp_path)
    assert (done.returncode, done.stdout.splitlines()[1]) == (0, "WAIVED")
    assert "- Waiver made-up (w.yaml:3): It expires on 2026-12-01, in 11 days." in done.stdout
    assert run("audit", *arguments, *DAY, folder=tmp_path, PROVENANCE_WAIVERS="w.yaml").returncode == 0
    (tmp_path / "provenance.toml").write_text('waivers = ["w.yaml"]\nexpiring_within = 5\n', "utf-8")
    quiet = run("audit", *arguments, *DAY, folder=tmp_path)
    assert (quiet.returncode, "It expires on" in quiet.stdout) == (0, False)
    auditor = run("audit", *arguments, *DAY, "--no-waivers", folder=tmp_path)
    assert auditor.returncode == 11
    assert "Waivers were given and, as asked, not applied" in auditor.stdout
    assert "Waived by internal acceptance" in run(
        "explain", "fleet.csv", "ZZAAHTUBDJAAC0000", *DAY, folder=tmp_path
    ).stdout  # fmt: skip


def test_a_number_of_days_in_the_settings_that_is_none_is_refused(run, tmp_path):
    (tmp_path / "provenance.toml").write_text('expiring_within = "soon"\n', "utf-8")
    done = run("audit", *fleet(tmp_path, "China"), folder=tmp_path)
    assert (
        done.stderr
        == "error: provenance.toml: expiring_within is no number of days; write expiring_within = 30\n"
    )


def test_a_baseline_and_a_table_of_replacements_change_what_is_told_and_not_the_exit_code(run, tmp_path):
    arguments = fleet(tmp_path, "Malaysia", "China")
    plain = run("audit", *arguments, *DAY, "-f", "json", "-o", "old.json", folder=tmp_path)
    fleet(tmp_path, "Malaysia")
    (tmp_path / "swaps.csv").write_text(
        "old_serial,new_serial,date\nZZAAHTUBDJAAC0001,ZZAAHTUBDJAAC0009,2026-01-01\n", "utf-8"
    )
    done = run(
        "audit", *arguments, *DAY, "--baseline", "old.json", "--replacements", "swaps.csv", folder=tmp_path
    )
    assert (plain.returncode, done.returncode) == (11, 10)
    assert "Changes since old.json (as of 2026-11-20, provenance" in done.stdout
    assert (
        "removed: ZZAAHTUBDJAAC0001 under china-ofac/made-in, non-conforming then, not there now:"
        in done.stdout
    )
    assert "Replacements, board swaps and returns" in done.stdout
    (tmp_path / "provenance.toml").write_text(
        'baseline = "old.json"\nreplacements = ["swaps.csv"]\n', "utf-8"
    )
    assert "Changes since old.json" in run("audit", *arguments, *DAY, folder=tmp_path).stdout
    faulty = run("audit", *arguments, *DAY, "--baseline", "swaps.csv", folder=tmp_path)
    assert (faulty.returncode, faulty.stderr.startswith("error: swaps.csv: the baseline is no JSON")) == (
        1,
        True,
    )
    shape = json.loads(run("schema", "replacements").stdout)
    assert "replacements" in shape["properties"]


def test_waiver_files_are_checked_and_their_schema_printed(run, tmp_path):
    (tmp_path / "w.yaml").write_text(WAIVER, "utf-8")
    done = run("waivers", "check", "w.yaml", *DAY, folder=tmp_path)
    assert (done.returncode, done.stdout) == (
        0,
        (
            "in force: internal acceptance of risk made-up, owner Made-up Owner, until 2026-12-01; china-ofac/*: maker "
            "Bitmain\n"
        ),
    )
    (tmp_path / "w.yaml").write_text(WAIVER.replace("reason: e", "raeson: e"), "utf-8")
    faulty = run("waivers", "check", "w.yaml", *DAY, folder=tmp_path)
    assert (faulty.returncode, faulty.stderr.splitlines()) == (
        1,
        [
            "error: w.yaml:3: the key 'reason' is missing; add it",
            "error: w.yaml:8: the key 'raeson' is not known here; did you mean 'reason'?",
        ],
    )
    assert json.loads(run("waivers", "schema").stdout)["title"] == "WaiverFile"


def test_inspect_shows_how_each_column_was_read(run):
    done = run("inspect", "procurement.csv")
    assert done.returncode == 0
    assert "declared_origin" in done.stdout
    tables = json.loads(run("inspect", "procurement.csv", "-f", "json").stdout)["files"][0]["tables"]
    assert {"sheet", "hidden", "role", "header_row", "first_row", "last_row", "rows", "columns"} <= set(
        tables[0]
    )


def test_explain_speaks_of_one_machine_by_serial_and_by_cell(run):
    common = ("--policy", "cleanspark-mineone", "--evidence", ROOM / "evidence.csv", *DAY)
    by_serial = run("explain", ROOM / "inventory.xlsx", "ZZACATUBDJBJE003K", *common)
    assert by_serial.returncode == 0
    assert "SYN-COO-MY-001" in by_serial.stdout
    by_cell = run("explain", ROOM / "inventory.xlsx", "North Range!B1183", *common)
    assert by_cell.stdout == by_serial.stdout


def test_lookups_answer_one_line_for_each_line_blank_ones_too(run):
    done = run("lookup", "country", "-", "-f", "jsonl", text="P.R.C.\n\nTaiwan, Province of China\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["countries"] for answer in answers] == [["CN"], [], ["TW"]]
    assert list(answers[0]) == ["text", "status", "countries", "reason"]
    model = json.loads(run("lookup", "model", "Antminer S21 Pro 234T", "-f", "jsonl").stdout)
    assert (model["maker"], model["model"]) == ("bitmain", "antminer-s21-pro")


def test_rules_and_catalogue_can_be_listed_shown_and_checked(run):
    assert "china-ofac" in run("rules", "list").stdout
    assert "Hong Kong" in run("rules", "show", "cleanspark-mineone", *DAY).stdout
    assert run("rules", "check", *DAY).returncode == 0
    assert "Iran" in run("rules", "at", "cleanspark-mineone", "2025-07-01").stdout
    assert '"provenance-policy/2"' in run("rules", "schema").stdout
    assert "Bitmain" in run("catalog", "show", "bitmain").stdout
    assert "makers" in run("catalog", "stats").stdout
    assert "bitmain" in run("catalog", "list").stdout


def _commands(command, path=()):
    yield path, command
    for name in getattr(command, "list_commands", lambda _: ())(None):
        yield from _commands(command.get_command(None, name), (*path, name))


COMMANDS = {" ".join(path): command for path, command in _commands(cli)}


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_explains_itself_with_an_example(path):
    context = click.Context(COMMANDS[path], info_name=f"provenance {path}".strip())
    text = COMMANDS[path].get_help(context)
    assert f"provenance {path}".strip() in text.split("Example")[1]


def test_help_is_printed_whatever_the_settings_say(run, tmp_path):
    (tmp_path / "provenance.toml").write_text("nonsense = 1\n", "utf-8")
    done = run("audit", "--help", folder=tmp_path)
    assert (done.returncode, done.stdout.startswith("Usage: provenance audit")) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "near"),
    [
        (["adit"], "'audit'"),
        (["audit", "procurement.csv", "-f", "sarrif"], "'sarif'"),
        (["audit", "procurement.csv", "--polcy", "x"], "'--policy'"),
        (["audit", "procurement.csv", "--policy", "chna-ofac"], "china-ofac?"),
        (["audit", "procurement.csv", "--fail-on", "nevr"], "'never'"),
        (["rules", "shw"], "'show'"),
        (["rules", "show", "us-taaa"], "us-taa?"),
        (["lists", "show", "chna"], "china?"),
        (["catalog", "show", "bitmian"], "bitmain"),
        (["lookup", "modell", "S21"], "'model'"),
        (["schema", "reprot"], "'report'"),
    ],
)
def test_whoever_misspells_a_word_is_shown_the_near_one(run, arguments, near):
    done = run(*arguments)
    assert done.returncode in {1, 2}
    assert f"id you mean {near}" in done.stderr, done.stderr


def test_every_schema_is_one_and_the_report_keeps_to_its_own(run):
    from provenance.cli.schema import SCHEMAS

    printed = {name: json.loads(run("schema", name).stdout) for name in SCHEMAS}
    assert [name for name, schema in printed.items() if not jsonschema_rs.meta.is_valid(schema)] == []
    report = json.loads(run("audit", "procurement.csv", *DAY, "-f", "json").stdout)
    jsonschema_rs.validate(printed["report"], report)


def test_a_lookup_for_a_reader_shows_each_possible_reading_on_a_line_of_its_own(run):
    done = run("lookup", "serial", "ZZAHZ3UBAAAAJ00IG")
    first, *readings = done.stdout.splitlines()
    assert first.startswith("ZZAHZ3UBAAAAJ00IG: kind: machine, ")
    assert [reading.split(",")[0] for reading in readings][:1] == ["    if maker: bitmain"]
    assert "{" not in done.stdout


def test_config_says_which_value_is_in_force_and_where_it_came_from(run, tmp_path):
    (tmp_path / "provenance.toml").write_text('evidence = ["papers.csv"]\nfail_on = "never"\n', "utf-8")
    below = tmp_path / "below"
    below.mkdir()
    done = run("config", folder=below, PROVENANCE_FAIL_ON="non-conforming", PROVENANCE_POLICY="us-taa")
    lines = dict(line.split(": ", 1) for line in done.stdout.splitlines())
    assert lines["settings file"] == "../provenance.toml"
    assert lines["--evidence"] == f"{tmp_path}/papers.csv (from ../provenance.toml)"
    assert lines["--fail-on"] == "non-conforming (from the variable PROVENANCE_FAIL_ON)"
    assert lines["--policy"] == "us-taa (from the variable PROVENANCE_POLICY)"
    assert lines["--columns"] == "not set"


@pytest.mark.parametrize(
    ("settings", "variables", "said"),
    [
        ('evidence = ["gone.csv"]\n', {}, "gone.csv' does not exist (from provenance.toml)."),
        ("", {"PROVENANCE_FAIL_ON": "false"}, "(from the variable PROVENANCE_FAIL_ON)."),
        ("", {"PROVENANCE_AS_OF": "yesterday"}, "'yesterday' is no date"),
    ],
)
def test_a_setting_that_makes_no_sense_is_wrong_usage_and_says_where_it_stands(
    run, tmp_path, settings, variables, said
):
    (tmp_path / "provenance.toml").write_text(settings, "utf-8")
    done = run("audit", FIXTURES / "procurement.csv", folder=tmp_path, **variables)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr


def _options():
    for path, command in COMMANDS.items():
        for param in command.params:
            if isinstance(param, click.Option) and param.name not in {"help", "version"}:
                yield path, param


def test_every_option_has_a_variable_and_one_name_means_one_thing():
    options = list(_options())
    assert [(path, one.name) for path, one in options if not one.envvar] == []
    by_variable = {}
    for _, one in options:
        by_variable.setdefault(one.envvar, set()).add((one.name, one.multiple, repr(one.type)))
    assert {name: kinds for name, kinds in by_variable.items() if len(kinds) > 1} == {}


def test_every_key_of_the_settings_is_an_option_of_an_audit():
    from provenance.cli.audit import command as audit

    assert {setting.key for setting in SETTINGS} <= {param.name for param in audit.params}


def test_the_schema_of_the_settings_takes_what_the_program_takes():
    schema = settings_schema()
    good = {"policy": ["a"], "evidence": ["e.csv"], "fail_on": "never"}
    assert jsonschema_rs.is_valid(schema, good)
    assert not jsonschema_rs.is_valid(schema, {"polcy": ["a"]})
    assert not jsonschema_rs.is_valid(schema, {"fail_on": "nevr"})


def test_inspect_writes_a_columns_file_that_an_audit_replays_to_the_same_bytes(run, tmp_path):
    fleet = tmp_path / "fleet.csv"
    fleet.write_text("Model,Serial No,COO,Pool 1 pass\nAntminer S21,AB10001,MY,hunter2\n", "utf-8")
    said = tmp_path / "columns.yaml"
    audit = ["audit", str(fleet), "--as-of", "2026-11-20", "-f", "json"]

    written = run("inspect", str(fleet), "--write-columns", str(said))
    first, again = run(*audit), run(*audit, "--columns", str(said))
    refused = run("inspect", str(fleet), "--write-columns", str(said))

    assert (written.returncode, refused.returncode) == (0, 2)
    assert "exists already" in refused.stderr
    assert first.stdout == again.stdout
    assert "hunter2" not in first.stdout
    columns = json.loads(first.stdout)["inputs"][0]["tables"][0]["columns"]
    assert [(one["header"], one["field"]) for one in columns] == [
        ("Model", "model"),
        ("Serial No", "serial"),
        ("COO", "declared_origin"),
    ]
