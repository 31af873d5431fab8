"""The interpretation matrix: lines, units, hashrate and sites under each reading, and what changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from provenance.pipeline import audit
from provenance.policy.audit import Audit, ReadingOutcome
from provenance.policy.hashrates import Hashrate
from provenance.policy.matrix import uncleared_elsewhere
from provenance.policy.verdict import Verdict

TERA = 10**12
ROWS = """Maker,Model,Serial,Made in,Site,Hashrate (TH/s),Delivery date
Bitmain,Antminer S21 200T,SN000001,Hong Kong,North Range,199.5,2024-06-01
Bitmain,Antminer S21 200T,SN000002,Hong Kong,Campstool,,2024-06-01
Bitmain,Antminer S21 200T,SN000003,Malaysia,Campstool,201,2024-06-01
"""


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    path: Path = tmp_path_factory.mktemp("fleet") / "fleet.csv"
    path.write_text(ROWS, encoding="utf-8")
    register = path.with_name("register.csv")
    lines = [
        f"COO-{number},certificate,Chamber,chamber,2024-05-01,Malaysia,SN00000{number}" for number in (3,)
    ]
    head = "document,kind,issuer,issuer_role,date,country,serials"
    register.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return audit([path], policies=["cleanspark-mineone"], evidence=[register])


def reading(done: Audit, name: str) -> ReadingOutcome:
    return next(one for one in done.readings if one.reading == name)


def test_the_declared_reading_comes_first_and_changes_nothing(done):
    declared = done.readings[0]
    assert (declared.reading, declared.declared, declared.changes) == ("declared", True, ())
    assert done.verdict is Verdict.UNDETERMINED


def test_a_reading_names_the_cases_that_it_judges_otherwise(done):
    changed = reading(done, "hk-mo-in")
    assert changed.by_verdict[Verdict.NON_CONFORMING].units == 2
    assert sum(change.units for change in changed.changes) == changed.changed_units == 2
    assert {(change.declared, change.verdict) for change in changed.changes} == {
        (Verdict.UNDETERMINED, Verdict.NON_CONFORMING)
    }


def test_a_clearance_counts_what_another_reading_would_not_clear(done):
    assert done.summary.by_verdict[Verdict.CONFORMING].units == 1
    assert reading(done, "boards").uncleared_units == 1
    assert reading(done, "hk-mo-in").uncleared_units == 0
    assert uncleared_elsewhere(done.readings) == {"cleanspark-mineone": 1}


def test_hashrates_follow_the_verdicts_and_mark_what_is_a_rating(done):
    rates = done.readings[0].hashrates
    assert rates[Verdict.CONFORMING] == (Hashrate("SHA-256", "h", 201 * TERA, 1, 0, 0),)
    assert rates[Verdict.UNDETERMINED] == (Hashrate("SHA-256", "h", 1995 * TERA // 10, 1, 200 * TERA, 1),)


def test_sites_stand_apart(done):
    sites = reading(done, "hk-mo-in").sites
    assert {site: counts[Verdict.NON_CONFORMING].units for site, counts in sites.items()} == {
        "Campstool": 1,
        "North Range": 1,
    }
    assert all(sum(counts[verdict].lines for counts in sites.values()) == count.lines
               for verdict, count in reading(done, "hk-mo-in").by_verdict.items())  # fmt: skip
