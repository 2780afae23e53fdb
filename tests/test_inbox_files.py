"""Many files of an inbox looked at together."""

from pipeline.inbox.files import stamps_of


def test_many_files_are_looked_at_folder_by_folder_and_through_no_link(tmp_path):
    inbox = tmp_path / "inbox"
    (inbox / "a" / "b").mkdir(parents=True)
    for name in ("top.txt", "a/one.txt", "a/b/two.txt"):
        (inbox / name).write_text(name)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "three.txt").write_text("not ours")
    (inbox / "linked").symlink_to(tmp_path / "elsewhere")
    wanted = ["top.txt", "a/one.txt", "a/b/two.txt", "a/gone.txt", "gone/four.txt", "linked/three.txt"]
    found = {file.path: file.size for file in stamps_of(inbox, wanted)}
    assert found == {"top.txt": 7, "a/one.txt": 9, "a/b/two.txt": 11}
