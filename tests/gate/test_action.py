"""The gate in CI: the composite action's own steps, run as the shell scripts they are."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
LIST = (ROOT / "fixtures" / "procurement.csv").read_text("utf-8")
OPEN = "\n".join([*LIST.splitlines()[:2], *(line for line in LIST.splitlines() if "Malaysia" in line)]) + "\n"


class Runner:
    """Runs the steps of the action as GitHub's runner does: expressions filled in, one bash per step."""

    def __init__(self, folder, **inputs):
        self.folder = folder
        defaults = {name: one.get("default", "") for name, one in ACTION["inputs"].items()}
        self.inputs = {**defaults, **{name.replace("_", "-"): value for name, value in inputs.items()}}
        self.outputs = {}
        (folder / "bin").mkdir()
        log = folder / "pip.txt"
        stub = folder / "bin" / "python"
        stub.write_text(f'#!/bin/bash\nprintf "%s\\n" "$*" >> "{log}"\n', "utf-8")
        stub.chmod(0o755)
        self.pip = log

    def run(self, name):
        step = STEPS[name]
        output, summary = self.folder / "output", self.folder / "summary.md"
        own = {key: self._filled(value) for key, value in step.get("env", {}).items()}
        path = f"{self.folder / 'bin'}:{Path(sys.executable).parent}:{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.folder,
            env={
                **os.environ, **own, "PATH": path, "GITHUB_ACTION_PATH": str(ROOT), "GITHUB_OUTPUT": str(output),
                "GITHUB_STEP_SUMMARY": str(summary), "RUNNER_TEMP": str(self.folder), "CI": "true",
            },
            capture_output=True,
            encoding="utf-8",
            check=False,
        )  # fmt: skip
        if output.exists():
            self.outputs = dict(line.split("=", 1) for line in output.read_text("utf-8").splitlines())
        return done

    def _filled(self, text):
        def value(match):
            return self.inputs.get(match[1]) if match[1] else self.outputs[match[2]]

        return re.sub(r"\$\{\{ (?:inputs\.([\w-]+)|steps\.audit\.outputs\.([\w-]+)) \}\}", value, text)


@pytest.fixture
def gate(tmp_path):
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "fleet to buy.csv").write_text(LIST, "utf-8")

    def make(**inputs):
        return Runner(tmp_path, **{"as_of": "2026-11-20", "files": "lists/fleet to buy.csv", **inputs})

    return make


def test_the_gate_annotates_summarises_reports_and_then_fails(gate):
    runner = gate()
    assert runner.run("Install").returncode == 0
    assert runner.pip.read_text("utf-8").strip().endswith(str(ROOT))
    audit = runner.run("Audit")
    assert audit.returncode == 0, audit.stderr
    errors = [line for line in audit.stdout.splitlines() if line.startswith("::error ")]
    assert errors[0].startswith("::error file=lists/fleet to buy.csv,line=6,col=11,endColumn=30,title=")
    assert (runner.folder / "summary.md").read_text("utf-8").startswith("### Provenance: ❌ non-conforming")
    run = json.loads((runner.folder / "provenance-reports" / "report.sarif").read_text("utf-8"))["runs"][0]
    location = run["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "lists/fleet%20to%20buy.csv"
    assert location["region"] == {"startLine": 6, "startColumn": 11, "endColumn": 31}
    assert runner.outputs == {"exit-code": "11", "reports": "provenance-reports"}
    assert runner.run("Verdict").returncode == 11


@pytest.mark.parametrize(("fail_on", "code"), [("", 10), ("non-conforming", 0)])
def test_the_fail_level_decides_what_an_undetermined_list_ends_with(gate, fail_on, code):
    runner = gate(fail_on=fail_on)
    (runner.folder / "lists" / "fleet to buy.csv").write_text(OPEN, "utf-8")
    runner.run("Audit")
    assert runner.run("Verdict").returncode == code


def test_files_and_policies_come_one_per_line_and_globs_are_filled_in(gate):
    runner = gate(files="lists/*.csv\n", policy="china-ofac\nus-taa\n", fail_on="never")
    audit = runner.run("Audit")
    assert "Judged under china-ofac" in audit.stderr
    assert "us-taa" in audit.stderr
    assert runner.run("Verdict").returncode == 0


def test_a_pattern_that_matches_nothing_is_wrong_usage_not_a_pass(gate):
    runner = gate(files="lists/*.xlsx")
    audit = runner.run("Audit")
    assert (audit.returncode, audit.stdout) == (2, "::error title=Provenance::no file matches lists/*.xlsx\n")


def test_an_input_is_never_a_command(gate):
    runner = gate(files="lists/fleet to buy.csv", policy='x"; touch pwned; "$(touch pwned)')
    runner.run("Audit")
    assert not (runner.folder / "pwned").exists()
    assert not [step for step in STEPS.values() if "${{" in step.get("run", "")]


def test_the_hook_takes_tables_and_runs_a_command_that_exists():
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook["entry"] == "provenance audit"
    pattern = re.compile(hook["files"])
    assert [bool(pattern.search(name)) for name in ("a/list.csv", "fleet.xlsx", "main.py")] == [
        True,
        True,
        False,
    ]
