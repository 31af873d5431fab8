"""What the README shows is what the program takes: every snippet is read by the part that it is for."""

import re
import shlex
import tomllib
from datetime import date
from pathlib import Path

import click
import pytest
import yaml

import provenance
from provenance.cli.audit import FORMATS
from provenance.cli.main import cli
from provenance.cli.settings import load_settings
from provenance.inventory.columnsfile import load_columns_file
from provenance.inventory.limits import NAMES, Limits

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def block(kind, word):
    return next(text for language, text in BLOCKS if language == kind and word in text)


def command_of(line):
    """Return the command that a line calls and what it gives it."""
    command, words = cli, shlex.split(line, comments=True)[1:]
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), words[0])
        assert found is not None, line
        command, words = found, words[1:]
    return command, words


SHOWN = re.findall(
    r"^(?:    - )?(provenance [a-z].*)$",
    "\n".join(text for kind, text in BLOCKS if kind in {"sh", "yaml"}),
    re.MULTILINE,
)


@pytest.mark.parametrize("line", SHOWN)
def test_every_command_shown_is_one_with_options_that_it_has(line):
    command, words = command_of(line)
    known = {name for param in command.params for name in (*param.opts, *param.secondary_opts)}
    assert [word for word in words if word.startswith("-") and word != "-" and word not in known] == []


def test_the_settings_shown_are_taken(tmp_path):
    text = block("toml", "fail_on")
    (tmp_path / "provenance.toml").write_text(text, "utf-8")
    assert set(load_settings(tmp_path).values) == set(tomllib.loads(text))


def test_the_columns_file_shown_is_taken(tmp_path):
    (tmp_path / "columns.yaml").write_text(block("yaml", "provenance-columns"), "utf-8")
    load_columns_file(tmp_path / "columns.yaml")


def test_the_waiver_shown_waives_what_the_sample_holds(tmp_path):
    (tmp_path / "waivers.yaml").write_text(block("yaml", "provenance-waivers"), "utf-8")
    outcome = provenance.audit(
        [ROOT / "fixtures" / "procurement.csv"],
        waivers=[tmp_path / "waivers.yaml"],
        as_of=date(2026, 11, 20),
    )
    (use,) = outcome.waivers
    assert (use.status.value, use.waives.units) == ("applied", 2)


def test_the_action_shown_has_inputs_that_the_action_takes():
    (job,) = yaml.safe_load(block("yaml", "actions/checkout"))["jobs"].values()
    action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    assert set(job["steps"][-1]["with"]) <= set(action["inputs"])


def test_the_gitlab_job_shown_writes_the_reports_that_it_hands_over():
    (job,) = yaml.safe_load(block("yaml", "codequality")).values()
    script = shlex.split(job["script"][-1])
    assert set(job["artifacts"]["reports"].values()) <= set(script)
    assert {word for at, word in enumerate(script) if script[at - 1] == "-f"} <= set(FORMATS)


def test_every_format_is_told():
    assert [name for name in FORMATS if f"`{name}`" not in README] == []


def test_the_limits_shown_are_those_in_force():
    shown = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", README, re.MULTILINE))
    assert {name: int(number) for name, number in shown.items()} == {
        name: int(getattr(Limits(), name)) for name in NAMES
    }
