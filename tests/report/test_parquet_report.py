import polars as pl

from provenance.report.parquet_report import write_parquet


def test_the_machines_come_out_as_they_are(audit, tmp_path):
    path = tmp_path / "machines.parquet"
    write_parquet(audit, path)
    machines = audit.machines.collect()
    written = pl.read_parquet(path)
    assert written.columns == machines.columns
    assert written.rows() == machines.rows()
    assert written.schema["verdict"] == pl.String


def test_made_up_data_carry_the_stamp_on_every_row(audit_of, tmp_path):
    path = tmp_path / "machines.parquet"
    write_parquet(audit_of(synthetic=True), path)
    assert pl.read_parquet(path)["stamp"].unique().to_list() == ["SYNTHETIC"]
