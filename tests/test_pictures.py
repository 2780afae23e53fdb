"""Pictures of pages are found again by how the pages are turned."""

from pipeline.pictures import Pictures

DOCUMENT = "ab" * 32


class Drawer:
    """Writes how the last page is turned in place of its picture."""

    def draw(self, path, *, into, turns, words=False, password=None):
        (into / "1.png").write_text(str(turns[-1]))


def test_a_long_scan_whose_last_pages_are_turned_otherwise_is_drawn_anew(tmp_path):
    (tmp_path / "tmp").mkdir()
    pictures = Pictures(tmp_path, drawer=Drawer())
    before, after = (90,) * 200, (*((90,) * 199), 270)
    assert pictures.page(DOCUMENT, 1, turns=before).read_text() == "90"
    assert pictures.page(DOCUMENT, 1, turns=after).read_text() == "270"
    assert pictures.page(DOCUMENT, 1, turns=before).read_text() == "90"
    folders = [path.name for path in (tmp_path / "pages" / "ab").iterdir()]
    assert all(name.startswith(f"{DOCUMENT}-") and len(name) <= 255 for name in folders), "a purge finds them so"
