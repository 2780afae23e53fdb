"""Writes a small Outlook message file (MS-CFB with the streams of MS-OXMSG), for tests of what reads them."""

import struct

_SECTOR, _MINI = 512, 64
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_CUTOFF = 4096

Tree = dict[str, "bytes | Tree"]


def message(*, subject: str, body: str, files: dict[str, bytes]) -> bytes:
    """An item with a subject, a plain body and attachments by value."""
    root: Tree = {
        "__nameid_version1.0": {"__substg1.0_00020102": b"", "__substg1.0_00030102": b"", "__substg1.0_00040102": b""},
        "__properties_version1.0": bytes(32) + _property(0x0037, 0x001F) + _property(0x1000, 0x001F),
        "__substg1.0_001A001F": "IPM.Note".encode("utf-16-le"),
        "__substg1.0_0037001F": subject.encode("utf-16-le"),
        "__substg1.0_1000001F": body.encode("utf-16-le"),
    }
    for number, (name, content) in enumerate(files.items()):
        root[f"__attach_version1.0_#{number:08X}"] = {
            "__properties_version1.0": bytes(8)
            + _property(0x3705, 0x0003, value=1)
            + _property(0x3707, 0x001F)
            + _property(0x3701, 0x0102),
            "__substg1.0_3707001F": name.encode("utf-16-le"),
            "__substg1.0_37010102": content,
        }
    return compound(root)


def _property(tag: int, kind: int, *, value: int = 0) -> bytes:
    return struct.pack("<HHIQ", kind, tag, 6, value)


class _Entry:
    def __init__(self, name: str, kind: int, content: bytes = b"") -> None:
        self.name, self.kind, self.content = name, kind, content
        self.child = self.right = _FREE
        self.start, self.size = _END, len(content)


def compound(root: Tree) -> bytes:
    """A compound file of these storages and streams."""
    entries = [_Entry("Root Entry", 5)]
    _added(entries, 0, root)
    mini = b""
    mini_fat: list[int] = []
    sectors: list[bytes] = []
    fat: list[int] = []
    for entry in entries[1:]:
        if entry.kind == 2 and 0 < entry.size < _CUTOFF:
            entry.start = len(mini_fat)
            count = -(-entry.size // _MINI)
            mini_fat += [*range(len(mini_fat) + 1, len(mini_fat) + count), _END]
            mini += entry.content.ljust(count * _MINI, b"\0")
        elif entry.kind == 2 and entry.size:
            entry.start = _chained(entry.content, sectors, fat)
    entries[0].start, entries[0].size = (_chained(mini, sectors, fat) if mini else _END), len(mini)
    directory = b"".join(_directory_entry(e) for e in entries)
    directory_at = _chained(directory.ljust(-(-len(directory) // _SECTOR) * _SECTOR, b"\0"), sectors, fat)
    mini_fat_at = _chained(struct.pack(f"<{len(mini_fat)}I", *mini_fat), sectors, fat, fill=b"\xff")
    fat_sectors = 1
    while (len(fat) + fat_sectors) > fat_sectors * 128:
        fat_sectors += 1
    places = list(range(len(fat), len(fat) + fat_sectors))
    table = [*fat, *[_FAT] * fat_sectors]
    table += [_FREE] * (fat_sectors * 128 - len(table))
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", bytes(16), 0x3E, 3, 0xFFFE, 9, 6, 0,
        fat_sectors, directory_at, 0, _CUTOFF, mini_fat_at, -(-len(mini_fat) // 128), _END, 0,
    )  # fmt: skip
    header += struct.pack("<109I", *places, *[_FREE] * (109 - len(places)))
    return header + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


def _added(entries: list[_Entry], parent: int, tree: Tree) -> None:
    """The children of a storage: a tree that leans to the right, in the order that the format asks for."""
    last = None
    for name in sorted(tree, key=lambda n: (len(n), n.upper())):
        content = tree[name]
        entry = _Entry(name, 2, content) if isinstance(content, bytes) else _Entry(name, 1)
        entries.append(entry)
        place = len(entries) - 1
        if last is None:
            entries[parent].child = place
        else:
            entries[last].right = place
        last = place
        if not isinstance(content, bytes):
            _added(entries, place, content)


def _chained(content: bytes, sectors: list[bytes], fat: list[int], *, fill: bytes = b"\0") -> int:
    start = len(sectors)
    count = max(1, -(-len(content) // _SECTOR))
    padded = content.ljust(count * _SECTOR, fill)
    sectors += [padded[i * _SECTOR : (i + 1) * _SECTOR] for i in range(count)]
    fat += [*range(start + 1, start + count), _END]
    return start


def _directory_entry(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sI8s8sIQ", name, len(name) + 2, entry.kind, 1, _FREE, entry.right, entry.child, bytes(16), 0,
        bytes(8), bytes(8), entry.start, entry.size,
    )  # fmt: skip
