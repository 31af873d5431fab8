"""How text files fall into records, lazily and in memory."""

import pytest

from provenance.errors import InventoryError
from provenance.inventory import textfile
from provenance.inventory.reader import read_inventory
from provenance.inventory.textfile import find_delimiter, read_text


def _write(tmp_path, content: bytes, name: str = "a.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def _rows(path):
    sheet = read_text(path, path.name).sheets[0]
    return sheet.rows(1).collect().rows()


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_a_table(delimiter):
    rows = [["Model", "Serial", "Price"], ["S21, new", "A1", "1;5"], ["S19", "A2", "7"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)

    assert delimiter == find_delimiter(text)


def test_decimal_commas_do_not_beat_semicolons():
    assert find_delimiter("Model;Preis\nS21;25,5\nS19;13,75\n") == ";"


def test_a_line_that_names_the_separator_is_obeyed_and_no_row(tmp_path):
    path = _write(tmp_path, b"sep=|\nModel|Serial, new\nS21|A1\n")

    assert _rows(path) == [(1, 2, "Model", "Serial, new"), (2, 3, "S21", "A1")]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfsep=|\nModel|Serial\n",
        b'"sep=|"\r\nModel|Serial\r\n',
        b"SEP=||\rModel|Serial\r",
        "\ufeffsep=|\nModel|Serial\n".encode("utf-16-le"),
    ],
)
def test_a_line_that_names_the_separator_may_stand_behind_a_mark_or_in_quotes(tmp_path, monkeypatch, content):
    monkeypatch.setattr(textfile, "FAST_FROM", 1)

    assert _rows(_write(tmp_path, content)) == [(1, 2, "Model", "Serial")]


def test_line_ends_of_old_macs_end_lines(tmp_path):
    assert _rows(_write(tmp_path, b"a,b\r1,2\r")) == [(1, 1, "a", "b"), (2, 2, "1", "2")]


def test_row_and_line_part_ways_after_a_line_break_inside_a_cell(tmp_path):
    path = _write(tmp_path, b'a,b\n"x\ny",1\nz,2\n')

    assert _rows(path) == [(1, 1, "a", "b"), (2, 2, "x\ny", "1"), (3, 4, "z", "2")]


def test_blank_lines_count_as_rows(tmp_path):
    assert [row[0] for row in _rows(_write(tmp_path, b"a,b\n\n1,2\n"))] == [1, 2, 3]


def test_nul_characters_are_left_out_and_told(tmp_path):
    grid = read_text(_write(tmp_path, b"a,b\n1\x00,2\n"), "a.csv")

    assert [(None, None), ("1", "2")][1] == grid.sheets[0].rows(2).select("c0", "c1").collect().row(0)
    assert grid.oddities == ("1 NUL characters, left out",)


def test_short_and_long_records_are_kept_whole_and_told(tmp_path):
    grid = read_text(_write(tmp_path, b"a,b,c\n1\n1,2,3\n1,2,3,4\n"), "a.csv")

    assert grid.sheets[0].rows(1).select("c0", "c1", "c2", "c3").collect().rows() == [
        ("a", "b", "c", None),
        ("1", None, None, None),
        ("1", "2", "3", None),
        ("1", "2", "3", "4"),
    ]
    assert grid.oddities == ("1 records have more than the usual 3 cells",)


def test_a_quote_that_is_never_closed_swallows_no_rows(tmp_path):
    body = b'Model,Serial\n"S21,A1\n' + b"S19,A2\n" * 500
    grid = read_text(_write(tmp_path, body), "a.csv")

    assert grid.sheets[0].rows(1).collect().height == 502
    assert any("never closed" in oddity for oddity in grid.oddities)


@pytest.mark.parametrize("content", [b"", b"\n", b" \r\n ", b"\xef\xbb\xbf"])
def test_an_empty_file_is_an_error(tmp_path, content):
    with pytest.raises(InventoryError, match=r"a\.csv: is empty"):
        read_text(_write(tmp_path, content), "a.csv")


def _lines(count: int) -> bytes:
    return b"".join(b"Antminer S21,SN%06d,%d\n" % (row, row % 7 + 1) for row in range(count))


@pytest.fixture
def lazily(monkeypatch):
    """Let the lazy path take small files too, and fail when the path in memory is taken."""
    monkeypatch.setattr(textfile, "FAST_FROM", 1)

    def refuse(*_):
        raise AssertionError("read in memory")

    return lambda: monkeypatch.setattr(textfile, "_read_records", refuse)


@pytest.mark.parametrize(
    "content",
    [
        b"Model,Serial,Units\n" + _lines(50),
        b"\xef\xbb\xbfModel,Serial,Units\r\n" + _lines(5).replace(b"\n", b"\r\n"),
        b"Fleet of 2024\n\nModel,Serial,Units\n" + _lines(20),
        b'"Model","Serial","Units"\n"a ""b"" c","x, y",""\nS21,,3',
        b"Model,Serial,Units\n" + _lines(3) + b"\n,,\n" + _lines(3) + b"\n\n",
        "Модель,Serial,Units\nВатсмайнер,Ä1,2\n".encode(),
        b"Model;Serial;Units\nS21;A,1;2\n",
    ],
)
def test_clean_files_are_scanned_lazily_with_the_same_records(tmp_path, lazily, monkeypatch, content):
    path = _write(tmp_path, content)
    monkeypatch.setattr(textfile, "FAST_FROM", 1 << 30)
    slow = read_text(path, "a.csv")
    monkeypatch.setattr(textfile, "FAST_FROM", 1)
    lazily()
    fast = read_text(path, "a.csv")

    assert slow.sheets[0].rows(1).collect().rows() == [
        tuple(cell or None for cell in row) for row in fast.sheets[0].rows(1).collect().rows()
    ]
    for first in range(1, len(fast.sheets[0].head) + 1):
        assert (
            slow.sheets[0].rows(first).collect()["row"].to_list()
            == fast.sheets[0].rows(first).collect()["row"].to_list()
        )
    assert (slow.format, slow.oddities, slow.encoding, slow.delimiter) == (
        fast.format,
        fast.oddities,
        fast.encoding,
        fast.delimiter,
    )
    assert slow.sheets[0].head == fast.sheets[0].head


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1,2\n1,2,3\n" + _lines(3),
        b'a,b\n"x\ny",2\n',
        b'a,b\n5" disk "new,2\n',
        b"a,b\n1,\xff\n",
        b"a,b\r1,2\r",
        b"a,b\n1\x00,2\n",
        b"sep=;\na;b\n1;2\n",
        b'a,b\n1, "x,y"\n',
        b"a;b\n" + b"1;x\n" * 300 + b'1;"x",y\n',
        b'a,b,c\n1,""x",","y"\n',
        b"a,b\n" + b"1,x\n" * 300 + b'1,"x" ',
    ],
)
def test_irregular_files_are_never_scanned_lazily(tmp_path, monkeypatch, content):
    path = _write(tmp_path, content)
    expected = read_text(path, "a.csv")
    monkeypatch.setattr(textfile, "FAST_FROM", 1)

    grid = read_text(path, "a.csv")

    assert expected.sheets[0].rows(1).collect().rows() == grid.sheets[0].rows(1).collect().rows()
    assert expected.oddities == grid.oddities


def test_a_long_file_reads_alike_across_the_chunks_of_its_check(tmp_path, monkeypatch):
    path = _write(tmp_path, b"Model,Serial,Units\r\n" + _lines(300).replace(b"\n", b"\r\n"))
    monkeypatch.setattr(textfile, "_CHUNK", 61)
    facts = textfile._pass(path, ",")

    assert (facts.lines, facts.ascii, facts.clean) == (301, True, True)


@pytest.mark.parametrize(
    ("content", "unquoted"),
    [
        (b"Model,Serial,Units\n" + _lines(5), True),
        (b"Model,Serial,Units\r\n" + _lines(5).replace(b"\n", b"\r\n"), True),
        (b'Model,Serial,Units\n"S21",A,1\n' + _lines(5), False),
        (b"Model;Serial;Units\nS21;A,1;2\n", False),
    ],
)
def test_only_a_file_of_commas_without_quotes_needs_no_quotes_when_it_is_written(
    tmp_path, lazily, content, unquoted
):
    lazily()
    assert read_text(_write(tmp_path, content), "a.csv").sheets[0].unquoted is unquoted


@pytest.mark.parametrize("start", ["", " ", "\t", "=", "+", "-", "@"])
def test_a_column_with_a_cell_that_a_spreadsheet_might_run_is_not_plain(tmp_path, lazily, start):
    lazily()
    content = b"Model,Serial,Units\n" + _lines(5) + f'A1,"{start}x",1\n'.encode()
    if not start:
        content = content.replace(b'"x"', b'""')
    assert read_text(_write(tmp_path, content), "a.csv").sheets[0].plain == frozenset({0, 2})


def test_a_blank_before_a_quote_late_in_a_long_file_splits_no_cell(tmp_path, monkeypatch):
    monkeypatch.setattr(textfile, "_CHUNK", 61)
    monkeypatch.setattr(textfile, "FAST_FROM", 1)
    path = _write(tmp_path, b"Model,Serial,Units\n" + _lines(300) + b'S19, "AB, CD",3\n')

    sheet = read_text(path, "a.csv").sheets[0]

    assert sheet.rows(302).collect().select("c0", "c1", "c2").rows() == [("S19", "AB, CD", "3")]


@pytest.mark.parametrize("columns", [20_000, 400_000])
def test_a_file_wider_than_a_spreadsheet_is_refused_by_name(tmp_path, columns):
    path = _write(
        tmp_path, (",".join(["Model"] * columns) + "\n" + ",".join(["S21"] * columns) + "\n").encode()
    )
    with pytest.raises(InventoryError, match=r"columns, and a spreadsheet holds 16,384"):
        read_inventory(path)
