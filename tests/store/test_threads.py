"""Several writers at once, on SQLite and on PostgreSQL."""

import threading

from pipeline import store
from tests.store.test_store import document, office  # noqa: F401 - the fixture is found by its name


def test_eight_threads_write_and_none_is_turned_away(office):  # noqa: F811
    ids = [office.take(f"text {n}", path=f"{n}.pdf") for n in range(40)]
    errors: list[BaseException] = []
    todo = iter(ids)
    guard = threading.Lock()

    def work() -> None:
        try:
            while True:
                with guard:
                    document_id = next(todo, None)
                if document_id is None:
                    return
                office.save(document(document_id), office.claim(document_id))
        except BaseException as error:
            errors.append(error)
        finally:
            store.hang_up()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    (only,) = store.tasks()
    assert len(only.letter_ids) == 40  # all in one case: no save overwrote another
    counts = store.counts(office.blobs, in_inbox=0)
    assert (counts.done, counts.balanced) == (40, True)
