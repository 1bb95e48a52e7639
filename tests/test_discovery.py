import os
from pathlib import Path

import pytest

from docextract.batch import discover
from docextract.errors import ExitCode, UsageError


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """`tree("a/b.pdf")`: such files, below the folder in which the test now runs."""
    monkeypatch.chdir(tmp_path)

    def make(*paths):
        for path in paths:
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(path)
        return tmp_path

    return make


def names(inputs, **options):
    return [source.name for source in discover([Path(path) for path in inputs], **options)]


def test_a_folder_is_walked_to_its_depths_in_the_order_of_names(tree):
    tree("in/b.pdf", "in/a/z.txt", "in/a/deep/er/x.png", "in/a.pdf")
    assert names(["in"]) == ["a.pdf", "a/deep/er/x.png", "a/z.txt", "b.pdf"]


def test_hidden_files_and_folders_are_passed_over(tree):
    tree("in/.hidden.pdf", "in/.git/config", "in/a.pdf")
    assert names(["in"]) == ["a.pdf"]


def test_what_a_run_has_written_is_passed_over(tree):
    tree("in/a.pdf", "in/out/ledger.sqlite", "in/out/records.csv", "in/out/documents/a.json")
    assert names(["in"]) == ["a.pdf"]


def test_a_single_file_keeps_its_name(tree):
    tree("in/deep/a.pdf")
    assert names(["in/deep/a.pdf"]) == ["a.pdf"]


def test_files_of_several_inputs_never_collide(tree):
    tree("x/in/a.pdf", "y/in/a.pdf", "a.pdf")
    assert names(["x/in", "y/in", "a.pdf"]) == ["a.pdf", "x/in/a.pdf", "y/in/a.pdf"]


def test_a_folder_among_several_keeps_its_own_name(tree):
    tree("in/a.pdf", "more/a.pdf")
    assert names(["in", "more"]) == ["in/a.pdf", "more/a.pdf"]


def test_a_file_given_twice_is_found_once(tree):
    tree("in/a.pdf")
    assert names(["in", "in/a.pdf", "in"]) == ["in/a.pdf"]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("in/*.pdf", ["B.pdf", "a.pdf"]),
        ("in/**/*.pdf", ["B.pdf", "a.pdf", "deep/c.pdf"]),
        ("in/d*", ["deep/c.pdf", "deep/d.txt"]),
    ],
)
def test_globs_are_expanded_and_names_start_where_the_wild_card_does(tree, pattern, found):
    tree("in/a.pdf", "in/B.pdf", "in/deep/c.pdf", "in/deep/d.txt")
    assert names([pattern]) == found


def test_a_file_whose_name_looks_like_a_glob_is_a_file(tree):
    tree("in/scan [1].pdf")
    assert names(["in/scan [1].pdf"]) == ["scan [1].pdf"]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"patterns": ["*.pdf"]}, ["2023/a.pdf", "2024/A.PDF", "b.pdf"]),
        ({"patterns": ["2024/*"]}, ["2024/A.PDF", "2024/c.txt"]),
        ({"exclude": ["2023"]}, ["2024/A.PDF", "2024/c.txt", "b.pdf"]),
        ({"patterns": ["*.pdf"], "exclude": ["A.*"]}, ["b.pdf"]),
    ],
)
def test_patterns_choose_and_exclude(tree, options, found):
    tree("in/2023/a.pdf", "in/2024/A.PDF", "in/2024/c.txt", "in/b.pdf")
    assert names(["in"], **options) == found


def test_a_loop_of_links_ends(tree):
    root = tree("in/deep/a.pdf")
    (root / "in/deep/up").symlink_to(root / "in")
    assert names(["in"]) == ["deep/a.pdf"]


def test_links_are_followed(tree):
    root = tree("elsewhere/b.pdf", "in/a.pdf")
    (root / "in/link").symlink_to(root / "elsewhere")
    assert names(["in"]) == ["a.pdf", "link/b.pdf"]


def test_what_is_neither_file_nor_folder_is_passed_over(tree):
    root = tree("in/a.pdf")
    os.mkfifo(root / "in/pipe")
    (root / "in/nowhere").symlink_to(root / "gone")
    (root / "in/circle").symlink_to("circle")
    (root / "in/endless").symlink_to("/dev/zero")
    assert names(["in"]) == ["a.pdf"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may look everywhere")
def test_a_folder_that_may_not_be_looked_into_is_passed_over(tree, caplog):
    root = tree("in/a.pdf", "in/secret/b.pdf")
    (root / "in/secret").chmod(0)
    assert names(["in"]) == ["a.pdf"]
    assert "secret: Permission denied" in caplog.text
    with pytest.raises(UsageError, match="no permission"):
        names(["in/secret/b.pdf"])
    (root / "in/secret").chmod(0o700)


def test_folders_may_be_nested_as_deep_as_the_system_lets_them(tree, monkeypatch):
    root = tree("in/a.pdf")
    monkeypatch.chdir(root / "in")
    deep = 1200  # deeper than functions may be nested
    for _ in range(deep):
        os.mkdir("f")  # noqa: PTH102
        os.chdir("f")
    assert names([root / "in"]) == ["a.pdf"]
    for _ in range(deep):  # what clears temporary folders away nests functions
        os.chdir("..")
        os.rmdir("f")  # noqa: PTH106


def test_a_name_that_is_no_unicode_is_kept(tree):
    root = tree("in/é.pdf")
    (root / os.fsdecode(b"in/caf\xe9.pdf")).write_text("latin-1")
    assert names(["in"]) == ["caf\udce9.pdf", "é.pdf"]


@pytest.mark.parametrize("path", ["gone.pdf", "gone/*.pdf", "in/*.png"])
def test_an_input_that_is_not_there_is_a_mistake_in_usage(tree, path):
    tree("in/a.pdf")
    with pytest.raises(UsageError, match="there is no") as raised:
        names([path])
    assert raised.value.exit_code == ExitCode.USAGE


def test_a_pipe_as_an_input_is_a_mistake_in_usage(tree):
    os.mkfifo(tree("in/a.pdf") / "pipe")
    with pytest.raises(UsageError, match="neither a file nor a folder"):
        names(["pipe"])
