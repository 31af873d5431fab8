from dataclasses import replace

from provenance.policy.verdict import Reason
from provenance.report.asks import find_asks, open_needs


def asks_of(audit):
    return find_asks(audit, open_needs(audit))


def test_the_request_that_settles_most_units_comes_first(audit):
    first = asks_of(audit)[0]
    assert (first.by, first.value, first.units, first.goods) == (
        "batch",
        "B1",
        47,
        "batch B1: Bitmain Antminer S21 at North Range",
    )


def test_a_request_joins_the_cases_that_one_document_would_settle(audit):
    reasons = {audit.case(case).reason for case in asks_of(audit)[0].cases}
    assert reasons == {Reason.OPEN, Reason.PRESUMED}


def test_the_requests_together_settle_every_undetermined_unit_once(audit):
    asks = asks_of(audit)
    assert sum(ask.units for ask in asks) == 61
    assert sum(ask.lines for ask in asks) == 21
    assert asks[-1].settled_units == 61


def test_goods_without_order_and_batch_are_asked_for_by_model_and_site(audit):
    ask = next(ask for ask in asks_of(audit) if "Campstool" in ask.sites)
    assert (ask.by, ask.value, ask.goods) == ("model", "", "Bitmain Antminer S21 at Campstool")


def test_goods_in_an_order_and_a_batch_are_asked_for_once_and_by_the_larger(audit_of, made_cases):
    opened = next(made for made in made_cases if made.reason is Reason.OPEN)
    audit = audit_of([replace(opened, units=opened.units[:10])])
    import polars as pl

    scan = audit.scan_machines
    ordered = replace(audit, scan_machines=lambda: scan().with_columns(pl.lit("PO-7").alias("order")))
    asks = asks_of(ordered)
    assert [(ask.by, ask.value, ask.units) for ask in asks] == [("order", "PO-7", 10)]


def test_a_case_with_two_open_rules_asks_for_both_documents(audit_of, made_cases):
    opened = next(made for made in made_cases if made.reason is Reason.OPEN)
    audit = audit_of([opened])
    case = audit.cases[0]
    second = replace(case.findings[0], would_clear="a board record")
    both = replace(audit, cases=(replace(case, findings=(*case.findings, second)),))
    assert asks_of(both)[0].needs == (
        "a certificate of origin or stronger, naming the serial numbers",
        "a board record",
    )


def test_nothing_open_asks_for_nothing(audit_of, made_cases):
    assert asks_of(audit_of([made for made in made_cases if made.reason is Reason.CLEARED])) == ()
