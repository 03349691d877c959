"""A bundle on disk: all its files, or none of them."""

import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import mkdtemp


class CannotWrite(Exception):
    """The directory cannot be written; the message says why and what to do."""


def write_whole(files: Mapping[str, bytes], to: Path, check: Callable[[Path], None]) -> None:
    """Write the files beside their place, check them there, and put them in place at once.

    ``check`` is given the directory while nobody knows of it, and raises what is to keep it from being seen. Raises
    CannotWrite when there is something in the way.
    """
    refuse_taken(to)
    target = to.absolute()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = Path(mkdtemp(prefix=f".{target.name[:100]}.", suffix=".partial", dir=target.parent))
    except OSError as fault:
        raise CannotWrite(f"{to} cannot be written: {fault.strerror}. Choose another directory.") from fault
    try:
        for path, content in files.items():
            (partial / path).parent.mkdir(parents=True, exist_ok=True)
            (partial / path).write_bytes(content)
        check(partial)
        partial.chmod(0o755)  # made for its owner alone
        partial.rename(target)
        _settle(target.parent)
    except OSError as fault:
        raise CannotWrite(f"{to} cannot be written: {fault.strerror}. Nothing was left there.") from fault
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def refuse_taken(to: Path) -> None:
    """Raise CannotWrite when something is there already: a bundle is never mixed with another one's files."""
    try:
        if to.is_dir() and any(to.iterdir()):
            raise CannotWrite(f"{to} is not empty. Name a directory that does not exist, or an empty one.")
        if to.exists() and not to.is_dir():
            raise CannotWrite(f"{to} is a file. Name a directory that does not exist, or an empty one.")
    except (OSError, ValueError) as fault:
        raise CannotWrite(f"{to} cannot be written. Choose another directory.") from fault


def _settle(directory: Path) -> None:
    """Have the new name of the bundle reach the disk."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
