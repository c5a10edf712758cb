#!/usr/bin/env python3
"""Everything a developer types: sets the environment up on a bare machine, then runs the demo, the tests, the checks.

Needs python3 (3.11 or later) with pip, and nothing else: no make, no git, no uv, no ensurepip.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements.lock"
BENCH_LOCK = ROOT / "bench" / "requirements.lock"
USAGE = """usage: python3 dev.py COMMAND [ARGUMENTS]

  demo           set up, then watch a shop's week go out to the local sandbox
  test [ARGS]    set up, then run the tests (arguments go to pytest)
  check          format, lint, types, floors, generated docs in step, tests (--no-tests leaves those out)
  bench [NAME]   run the benchmarks; prints one line a goal, exit 1 when one is missed
  soak [ARGS]    the long runs that the tests leave out
  lock           pin requirements.lock and bench/requirements.lock anew
  shell [CMD]    a shell (or one command) inside the environment
"""


def main(argv: list[str]) -> int:
    """Run one command and return its exit code."""
    if sys.version_info < (3, 11):
        sys.exit(f"calendarkit needs Python 3.11 or later; this is {sys.version.split()[0]}")
    commands = {"demo": demo, "test": test, "check": check, "bench": bench, "soak": soak, "lock": lock, "shell": shell}
    if not argv or argv[0] not in commands:
        print(USAGE, end="")
        return 0 if argv[:1] in ([], ["-h"], ["--help"]) else 2
    return commands[argv[0]](argv[1:])


def demo(args: list[str]) -> int:
    """Publish a shop's Wednesday to the sandbox, twice, and once with a kill in the middle."""
    set_up()
    return run(PYTHON, ROOT / "calendars" / "demo.py", *args)


def test(args: list[str]) -> int:
    """Run the tests, on every processor when nothing else is asked."""
    set_up()
    return run(PYTHON, "-m", "pytest", *(args or ["-q", "-n", "auto"]))


def check(args: list[str]) -> int:
    """Run everything that must be clean before a change may land; stops at nothing, so that all is seen at once."""
    set_up()
    sources = ["src", *(str(p) for p in sorted(ROOT.glob("plugins/*/src")))]
    steps: list[tuple[str, list[object]]] = [
        ("format", [PYTHON, "-m", "ruff", "format", "--check", "."]),
        ("lint", [PYTHON, "-m", "ruff", "check", "."]),
        *((f"types {each}", [PYTHON, "-m", "mypy", each]) for each in sources),
        ("floors", [VENV / PYTHON.parent.name / "lint-imports"]),
        ("generated docs", [PYTHON, ROOT / "docs" / "generate.py", "--check"]),
    ]
    if args != ["--no-tests"]:
        steps.append(("tests", [PYTHON, "-m", "pytest", *(args or ["-q", "-n", "auto"])]))
    failed = [name for name, command in steps if run(*command, title=name)]
    print("check:", f"failed: {', '.join(failed)}" if failed else "clean")
    return 1 if failed else 0


def bench(args: list[str]) -> int:
    """Run the benchmarks in an environment of their own, which also holds the peers."""
    set_up()
    set_up_bench()
    names = args[:1] or sorted(p.stem for p in (ROOT / "bench").glob("[a-z]*.py"))
    return max(
        [run(PYTHON, ROOT / "bench" / f"{name}.py", *args[1:], title=f"bench {name}") for name in names], default=0
    )


def soak(args: list[str]) -> int:
    """Run the long soaks."""
    set_up()
    return run(PYTHON, "-m", "pytest", "-q", "-m", "soak", "--soak", *args)


def lock(_: list[str]) -> int:
    """Resolve the newest versions and write them with hashes and without any URL."""
    set_up()
    tool = ROOT / ".cache" / "lock-env"
    make_venv(tool)
    tool_python = tool / PYTHON.relative_to(VENV)
    pip(tool_python, "install", "-qq", "uv")
    quiet = ["--no-annotate", "--no-emit-index-url", "--no-header", "--upgrade"]
    uv = [tool_python, "-m", "uv", "pip", "compile", "-q", "--universal", "--generate-hashes", *quiet]
    uv += ["--python-version", "3.11"]
    plugins = sorted(str(p) for p in ROOT.glob("plugins/*/pyproject.toml"))
    own = [arg for name in own_names() for arg in ("--no-emit-package", name)]
    code = run(*uv, "pyproject.toml", *plugins, "--group", "dev", *own, "-o", LOCK)
    code = code or run(*uv, "bench/requirements.in", "-o", BENCH_LOCK)
    for file in (LOCK, BENCH_LOCK):
        if "://" in file.read_text("utf-8"):
            sys.exit(f"{file.name} holds a URL: it must not")
    return code


def shell(args: list[str]) -> int:
    """Open a shell in which ``calendarkit`` is on the path, or run one command there."""
    set_up()
    os.environ["PATH"] = f"{PYTHON.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    return run(*(args or [os.environ.get("SHELL", "sh")]))


def set_up() -> None:
    """Make ``.venv`` what ``requirements.lock`` and the project files say, unless it is already."""
    files = [LOCK, ROOT / "pyproject.toml", *sorted(ROOT.glob("plugins/*/pyproject.toml"))]
    stamp, wanted = VENV / "calendarkit.stamp", fingerprint(files)
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print("setting up .venv …", file=sys.stderr, flush=True)
    make_venv(VENV)
    pip(PYTHON, "install", "-qq", "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK))
    own = [arg for file in files[1:] for arg in ("-e", str(file.parent))]
    pip(PYTHON, "install", "-qq", "--no-deps", "--no-build-isolation", "--no-index", *own)
    stamp.write_text(wanted)


def set_up_bench() -> None:
    """Make ``.cache/bench-env`` hold the peers that benchmarks compare with."""
    env = ROOT / ".cache" / "bench-env"
    stamp, wanted = env / "calendarkit.stamp", fingerprint([BENCH_LOCK])
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    print("setting up .cache/bench-env …", file=sys.stderr, flush=True)
    make_venv(env)
    pip(env / PYTHON.relative_to(VENV), "install", "-qq", "--require-hashes", "-r", str(BENCH_LOCK))
    stamp.write_text(wanted)


def fingerprint(files: list[Path]) -> str:
    """Return a digest of this interpreter and the bytes of ``files``."""
    digest = hashlib.sha256(sys.version.encode())
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def own_names() -> list[str]:
    """Return the names of the distributions that live in this repository."""
    return ["calendarkit", *(p.name for p in sorted(ROOT.glob("plugins/calendarkit-*")))]


def make_venv(folder: Path) -> None:
    """Make an environment without pip inside, unless this Python made it already; pip comes from outside."""
    made = folder / "pyvenv.cfg"
    version = f"version = {'.'.join(map(str, sys.version_info[:3]))}"
    if made.is_file() and version in made.read_text("utf-8"):
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    if subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", folder], check=False).returncode:
        sys.exit(f"{sys.executable} cannot make a virtual environment in {folder}: is the venv module there?")


def pip(python: Path, *args: str) -> None:
    """Run the pip of the calling interpreter on another environment."""
    quiet = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    command = [sys.executable, "-m", "pip", "--python", str(python), *args]
    if subprocess.run(command, check=False, cwd=ROOT, env=quiet).returncode:
        sys.exit("pip failed (see above); pip 22.3 or later is needed: python3 -m pip --version")


def run(*command: object, title: str = "") -> int:
    """Run a command in the project's root and return its exit code."""
    if title:
        print(f"── {title}", flush=True)
    return subprocess.run([str(part) for part in command], check=False, cwd=ROOT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
