"""Where a cell stands in a physical line."""

import pytest

from provenance.inventory.positions import cell_positions


@pytest.fixture
def positions(tmp_path):
    def find(text, *cells, encoding="utf-8"):
        path = tmp_path / "list.csv"
        path.write_bytes(text.encode(encoding))
        return dict(cell_positions(path, cells))

    return find


def test_a_cell_stands_between_its_separators(positions):
    text = "maker,model,serial\nBitmain,S21,A1\n"
    assert positions(text, (2, 0), (2, 1), (2, 2)) == {(2, 0): (1, 8), (2, 1): (9, 12), (2, 2): (13, 15)}


def test_a_separator_in_quotes_parts_no_cells_and_the_quotes_belong_to_the_cell(positions):
    assert positions('maker;model\n"a;b""c";S21\n', (2, 0), (2, 1)) == {(2, 0): (1, 9), (2, 1): (10, 13)}


def test_columns_count_characters_not_bytes(positions):
    assert positions("厂商\t型号\n比特大陆\tS21\n", (2, 1), encoding="utf-16") == {(2, 1): (6, 9)}


def test_a_cell_that_a_line_break_moves_away_has_no_position(positions):
    assert positions('maker,model\n"a\nb",S21\n', (2, 0), (2, 1), (9, 0)) == {}


def test_a_file_that_is_gone_has_no_positions(tmp_path):
    assert cell_positions(tmp_path / "gone.csv", [(1, 0)]) == {}
