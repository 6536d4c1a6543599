"""The list of what lies in site/runtime: each file's length and sha256, and the recipe's own."""

import hashlib
import json
from pathlib import Path

from export.cache import sha256_of

NAME = "manifest.json"


def manifest_of(folder: Path, recipe: str) -> str:
    """The manifest of a folder as JSON, sorted, the same for the same files."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    files = {
        path.relative_to(folder).as_posix(): {
            "bytes": path.stat().st_size,
            "sha256": sha256_of(path),
        }
        for path in paths
    }
    return json.dumps({"files": files, "recipe": recipe}, indent=1, sort_keys=True) + "\n"


def is_whole(folder: Path, recipe: str) -> bool:
    """Whether the folder holds exactly what its manifest lists, made by this recipe."""
    manifest = folder / NAME
    return manifest.is_file() and manifest.read_text() == manifest_of(folder, recipe)


def recipe_of(sources: list[Path]) -> str:
    """One sha256 over the files that decide what the folder holds."""
    lines = [f"{path.name} {sha256_of(path)}" for path in sorted(sources)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
