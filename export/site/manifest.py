"""List the files of site/runtime with length and sha256, and the sha256 of their recipe."""

import hashlib
import json
import os
from pathlib import Path

from pooch import file_hash

from export.setup.machine import ROOT

NAME = "manifest.json"


def write_whole(path: Path, content: bytes) -> None:
    """Write a file atomically: an interruption leaves the old one or the new one.

    Processes that write the same file at once do not disturb each other.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.{os.getpid()}.half")
    half.write_bytes(content)
    half.replace(path)


def manifest_of(folder: Path, recipe: str) -> str:
    """Return the manifest of a folder as JSON; the same for the same files."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    files = {
        path.relative_to(folder).as_posix(): {
            "bytes": path.stat().st_size,
            "sha256": file_hash(path),
        }
        for path in paths
    }
    return json.dumps({"files": files, "recipe": recipe}, indent=1, sort_keys=True) + "\n"


def is_whole(folder: Path, recipe: str) -> bool:
    """Return whether a folder holds exactly what its manifest lists, made by this recipe."""
    manifest = folder / NAME
    return manifest.is_file() and manifest.read_text() == manifest_of(folder, recipe)


def recipe_of(sources: list[Path], folder: Path = ROOT) -> str:
    """Return one sha256 over the files that decide the content of a build.

    A file counts by its path below `folder`, else below the repository, and by its content. So
    clones and copies in any place have the same recipe, and a file that has moved changes it.
    """
    lines = sorted(f"{_path_below(folder, path)} {file_hash(path)}" for path in sources)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _path_below(folder: Path, path: Path) -> str:
    path = path.resolve()
    root = folder.resolve() if path.is_relative_to(folder.resolve()) else ROOT
    return path.relative_to(root).as_posix()
