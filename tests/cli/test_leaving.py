"""How the command ends: at once, and yet with everything written, cleaned up and told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_PROGRAM = ("-m", "provenance.cli.main")
_LEAVE = "import sys\nfrom provenance.cli.leaving import leave\n"


def python(*arguments: str, text: str | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        input=text,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **variables},
        check=False,
    )


def test_what_was_written_and_not_flushed_arrives_and_the_code_is_the_one_given():
    done = python("-c", f"{_LEAVE}sys.stdout.write('said')\nsys.stderr.write('told')\nleave(11)")
    assert (done.stdout, done.stderr, done.returncode) == ("said", "told", 11)


def test_what_was_registered_for_the_end_is_done():
    done = python("-c", f"{_LEAVE}import atexit\natexit.register(print, 'cleaned up')\nleave(0)")
    assert (done.stdout, done.returncode) == ("cleaned up\n", 0)


def test_a_thread_that_still_works_is_waited_for():
    work = (
        "import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.2), print('done'))).start()\n"
    )
    done = python("-c", f"{_LEAVE}{work}leave(3)")
    assert (done.stdout, done.returncode) == ("done\n", 3)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no device that is always full")
def test_a_stream_that_takes_no_more_makes_a_clear_run_fail():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", f"{_LEAVE}sys.stdout.write('said')\nleave(0)"], stdout=full, check=False
        )
    assert done.returncode == 1


def test_a_profiler_gets_what_it_measured(tmp_path):
    out = tmp_path / "profile"
    done = python("-m", "cProfile", "-o", out.as_posix(), *_PROGRAM, "--version")
    assert (done.returncode, out.exists()) == (0, True)


def test_nothing_of_standard_input_is_left_behind(tmp_path):
    rows = "Manufacturer,Model,Serial Number,Country of Origin\nBitmain,Antminer S21,ZZAAHTUBDJAAC0001,Malaysia\n"
    python(*_PROGRAM, "audit", "-", text=rows)  # compiles what is kept
    done = python(*_PROGRAM, "audit", "-", "-f", "csv", text=rows, TMPDIR=tmp_path.as_posix())
    assert (done.returncode, len(done.stdout.splitlines())) == (10, 2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a closed pipe is another error there")
def test_a_reader_that_has_seen_enough_gets_no_complaint():
    done = subprocess.Popen(
        [sys.executable, *_PROGRAM, "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert done.stdout is not None
    done.stdout.close()
    _, told = done.communicate()
    assert told == b""
