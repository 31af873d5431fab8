from provenance.countries import ALL
from provenance.evidence import Facet, Grade, Piece
from provenance.inventory.table import Rejection
from provenance.policy.explain import FLAG_SENTENCES, origin_words
from provenance.policy.rule import Effect, TestDate
from provenance.policy.verdict import Reason, Verdict
from provenance.report import words


def test_every_verdict_reason_and_rejection_has_words():
    assert set(words.VERDICT_WORDS) == set(Verdict)
    assert set(words.VERDICT_MEANINGS) == set(Verdict)
    assert set(words.REASON_WORDS) == set(Reason)
    assert set(words.REJECTION_WORDS) == set(Rejection)
    assert set(words.TEST_DATE_WORDS) == set(TestDate)
    assert set(words.EFFECT_WORDS) == set(Effect)


def test_the_words_never_accuse():
    told = " ".join(
        (
            *words.VERDICT_MEANINGS.values(),
            *words.REASON_WORDS.values(),
            *FLAG_SENTENCES.values(),
            words.DISCLAIMER,
            words.UNDER_READING,
        )
    ).lower()
    assert [word for word in ("forged", "false", "fraud", "fake") if word in told] == []


def test_a_cell_cannot_steer_a_terminal_or_turn_the_line_around():
    assert words.one_line("a\x1b[31mb\u202ec\nd\te\x00") == "a\ufffd[31mb\ufffdc d e\ufffd"


def test_a_cell_in_another_script_stays_as_it_is():
    assert words.one_line("比特大陆  蚂蚁") == "比特大陆 蚂蚁"


def test_nothing_known_reads_as_not_known():
    assert origin_words(ALL) == "not known"
    assert origin_words(frozenset({"CN"})) == "China"


def test_a_piece_on_another_question_than_manufacture_names_the_question():
    boards = Piece(Facet.BOARDS, Grade.CERTIFICATE, frozenset({"MY"}))
    assert (
        words.piece_words(boards)
        == "certificate of origin: Malaysia [the country where the boards were made]"
    )


def test_an_unknown_flag_reads_as_its_own_words():
    assert words.flag_words("serial-in-two-files") == "serial in two files"


def test_lists_and_counts_read_as_prose():
    assert words.joined(["a", "b", "c"]) == "a, b and c"
    assert words.joined([]) == ""
    assert [words.counted(1, "unit"), words.counted(12480, "unit")] == ["1 unit", "12,480 units"]
