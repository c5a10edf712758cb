"""The media store: equal bytes once, never half a file, whoever writes at the same time."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from calendarkit.edges.media import MediaStore

PICTURE = b"\xff\xd8" + b"poster" * 5000


@pytest.fixture
def store(tmp_path):
    """Return a store whose folder does not exist yet."""
    return MediaStore(tmp_path / "state" / "media")


def files(store: MediaStore) -> list[Path]:
    """Return every file of the store, unfinished ones too."""
    return sorted(each for each in store.folder.rglob("*") if each.is_file())


def test_keeps_bytes_under_their_digest(store):
    """What comes back says everything a message needs to know."""
    media = store.put(PICTURE, "image/jpeg", width=1080, height=1920, name="周三秒杀.jpg")
    digest = hashlib.sha256(PICTURE).hexdigest()
    assert (media.sha256, media.size, media.width, media.height) == (digest, len(PICTURE), 1080, 1920)
    assert media.path == str(store.folder / digest[:2] / f"{digest}.jpg")
    assert (media.name, store.get(media)) == ("周三秒杀.jpg", PICTURE)


@pytest.mark.parametrize(("mime", "ending"), [("image/png", ".png"), ("audio/amr", ".bin")])
def test_names_files_by_kind(store, mime, ending):
    """An unknown kind is kept too."""
    media = store.put(PICTURE, mime)
    assert media.path.endswith(ending)
    assert media.name == Path(media.path).name


def test_writes_equal_bytes_once(store):
    """Five thousand stores may share one poster."""
    first = store.put(PICTURE, "image/jpeg")
    inode = Path(first.path).stat().st_ino
    assert store.put(PICTURE, "image/jpeg") == first
    assert [each.stat().st_ino for each in files(store)] == [inode]


def test_is_for_its_owner_only(store):
    """Posters may show customers' prices before their time."""
    path = Path(store.put(PICTURE, "image/jpeg").path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == stat.S_IMODE(store.folder.stat().st_mode) == 0o700


def test_tells_a_file_that_is_gone_or_changed(store):
    """Neither is handed out."""
    media = store.put(PICTURE, "image/jpeg")
    Path(media.path).write_bytes(PICTURE[::-1])
    assert store.get(media) is None
    Path(media.path).unlink()
    assert store.get(media) is None


def test_writes_a_file_that_was_cut_short_again(store):
    """A disk that lost half of it is mended by the next rendering."""
    media = store.put(PICTURE, "image/jpeg")
    os.truncate(media.path, 100)
    assert store.get(store.put(PICTURE, "image/jpeg")) == PICTURE


def test_leaves_nothing_behind_when_the_disk_is_full(store):
    """A write that fails half-way is taken back; ``RLIMIT_FSIZE`` makes one fail for real."""
    code = (
        "import resource, signal, sys; from pathlib import Path; from calendarkit.edges.media import MediaStore\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))\n"
        "try: MediaStore(Path(sys.argv[1])).put(b'x' * 30000, 'image/png')\n"
        "except OSError as error: sys.exit(error.errno)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, store.folder], check=False)
    assert (done.returncode, files(store)) == (errno.EFBIG, [])


def test_many_processes_may_put_the_same_bytes_at_once(store):
    """All succeed and one whole file is there."""
    code = (
        "import sys; from pathlib import Path; from calendarkit.edges.media import MediaStore\n"
        "store = MediaStore(Path(sys.argv[1]))\n"
        "for n in range(40): assert store.get(store.put(b'%d' % n * 9000, 'image/png')) is not None\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, store.folder]) for _ in range(3)]
    assert [each.wait() for each in running] == [0, 0, 0]
    assert [hashlib.sha256(each.read_bytes()).hexdigest() for each in files(store)] == [
        each.stem for each in files(store)
    ]
    assert len(files(store)) == 40


def test_prunes_what_was_unused_for_longest(store):
    """Down to its size, the oldest first, and never what a message that waits may need."""
    paths = [Path(store.put(PICTURE + bytes([n]), "image/jpeg").path) for n in range(4)]
    for age, path in enumerate(paths):
        os.utime(path, (age, age))
    each = paths[0].stat().st_size
    assert store.prune(each * 3, older_than=100) == 1
    assert [path.exists() for path in paths] == [False, True, True, True]
    assert store.prune(0, older_than=3) == 2
    assert [path.exists() for path in paths] == [False, False, False, True]


def test_using_a_poster_again_keeps_it(store):
    """What is put again counts as used now."""
    media = store.put(PICTURE, "image/jpeg")
    os.utime(media.path, (1, 1))
    store.put(PICTURE, "image/jpeg")
    assert store.prune(0, older_than=1_000) == 0


def test_a_wrong_digest_is_found_when_it_is_read(store):
    """A painter that lies about its bytes gets no poster out."""
    assert store.get(store.put(PICTURE, "image/jpeg", sha256="0" * 64)) is None
