"""What the desk is served with."""

from pipeline.web.options import secret_key


def test_the_key_is_made_once_private_and_never_left_empty(tmp_path):
    file = tmp_path / "review.key"
    made = secret_key(file)
    assert len(made) >= 50
    assert secret_key(file) == made
    assert file.stat().st_mode & 0o077 == 0
    file.write_text("")  # as a kill or a full disk between making and writing left it
    assert len(secret_key(file)) >= 50
    assert [path.name for path in tmp_path.iterdir()] == ["review.key"]
