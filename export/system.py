"""What the set-up does to the machine itself: runs its commands, asks its package manager.

This module and those that use it (machine, browser) run on whatever Python the machine has.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys


class SetupError(Exception):
    """The machine lacks something that we may not or cannot install: the fact and the remedy."""


def answers(command: list[str]) -> str | None:
    """What a command prints if it runs and succeeds within half a minute, else None."""
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return run.stdout.strip() if run.returncode == 0 else None


def run(command: list[str], failure: str, quiet: bool = False) -> None:
    """Run a command; raises SetupError if it fails. `quiet` keeps what it says for that case."""
    ended = subprocess.run(command, capture_output=quiet, text=True)
    if ended.returncode:
        said = "\n".join((ended.stderr or "").strip().splitlines()[:3])
        ending = f"`{' '.join(command)}` ended with {ended.returncode}"
        raise SetupError(f"{failure}\n({ending}{': ' + said if said else ''})")


def say(sentence: str) -> None:
    """Tell what is being done, at once, even where output goes into a file."""
    print(sentence, file=sys.stderr, flush=True)


def apt_prefix() -> list[str] | None:
    """How to run apt-get here: as root, through sudo without a password, or not at all (None)."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and answers(["sudo", "-n", "true"]) is not None:
        return ["sudo", "-n"]
    return None


def apt_install(package: str, purpose: str) -> None:
    """Install a system package, saying so; raises SetupError with what a person can run."""
    prefix = apt_prefix()
    if prefix is None:
        raise SetupError(
            f"The system package {package} is missing, for {purpose}; only root may install it. "
            f"Run `sudo apt-get install {package}`, then the same command again."
        )
    say(f"Installing the system package {package} with apt-get, for {purpose} ...")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    # A fresh image has no package lists, an old one has stale ones.
    run([*apt, "update"], "apt-get could not fetch its package lists; is there a connection?", True)
    failure = f"apt-get could not install {package}. Install it by hand, then run this again."
    run([*apt, "install", "-y", "--no-install-recommends", package], failure, quiet=True)
