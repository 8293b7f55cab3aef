"""What is released is whole, agrees with itself and knows nothing of the machine it was made on."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import pincite

ROOT = Path(__file__).parents[1]
DATA = (".toml", ".tsv", ".sql", ".npz", ".typed", ".json", ".md")
# Where machines keep their users' and their builds' files. Written in pieces, so that this file
# does not hold what it looks for.
HOMES = re.compile(
    rb"(?<![\w.:/-])/(?:" + b"|".join((b"home", b"Users", b"root", b"work", b"mnt", b"tmp"))
    + rb")/[\w.-]|\b[A-Z]:\\\\?Users"
)  # fmt: skip
# An invented path that is the test's subject, or what an installer writes.
INVENTED = re.compile(rb"/(?:tmp|home)/(?:evil|nobody|x|me)\b")


def tracked() -> list[Path]:
    """The files that git knows, or skip where this is no checkout."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("this is no git checkout")
    listed = subprocess.run(
        [git, "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=True, timeout=60
    )
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def uv() -> str:
    """The uv of the checkout, or of the path; skip where there is none."""
    for folder in (ROOT / ".tools" / "bin", ROOT / ".tools" / "Scripts"):
        found = shutil.which("uv", path=str(folder))
        if found:
            return found
    found = shutil.which("uv")
    if found is None:
        pytest.skip("uv is not to be had")
    return found


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with no network; skip where its build backend is not to be had."""
    out = tmp_path_factory.mktemp("dist")
    done = subprocess.run(
        [uv(), "build", "--wheel", "--offline", "--out-dir", str(out), str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if done.returncode and re.search(r"offline|cache|network", done.stderr, re.IGNORECASE):
        pytest.skip("the build backend is not to be had without a network")
    assert done.returncode == 0, done.stderr
    return next(out.glob("*.whl"))


def test_the_wheel_holds_every_module_and_all_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        inside = set(file.namelist())
    expected = {
        str(path.relative_to(ROOT / "src").as_posix())
        for package in ("pincite", "pincite_evals")
        for path in (ROOT / "src" / package).rglob("*")
        if path.suffix in (*DATA, ".py") and "__pycache__" not in path.parts
    }
    assert expected - inside == set()
    for suffix in (".toml", ".tsv", ".sql", ".npz"):
        assert any(name.endswith(suffix) for name in inside), f"no {suffix} in the wheel"


def test_the_wheel_holds_nothing_but_the_packages_and_its_own_metadata(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        tops = {name.partition("/")[0] for name in file.namelist()}
        (info,) = tops - {"pincite", "pincite_evals"}
        metadata = file.read(f"{info}/METADATA").decode()
        entries = file.read(f"{info}/entry_points.txt").decode()
        licences = [name for name in file.namelist() if name.endswith("/LICENSE")]
    assert info == f"pincite-{pincite.__version__}.dist-info"
    assert "License-Expression: Apache-2.0" in metadata
    assert "pincite = pincite.cli.app:run" in entries.replace("  ", " ")
    assert licences


def test_the_wheel_alone_answers_a_question(wheel: Path, tmp_path: Path) -> None:
    """Unpacked somewhere else, with only its dependencies beside it."""
    with zipfile.ZipFile(wheel) as file:
        file.extractall(tmp_path / "site")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PINCITE_")}
    environment = kept | {"PYTHONPATH": str(tmp_path / "site")}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = run("-c", "import pincite; print(pincite.__file__)")
    assert Path(where.strip()).is_relative_to(tmp_path / "site")
    question = "How soon must a business give notice of a breach of security?"
    command = ("-m", "pincite", "--home", "home", "--offline", "ask", "--in", "FR", question)
    assert "Frank. Stat. §" in run(*command)


def test_the_wheel_names_no_path_of_a_machine(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        found = {
            name: HOMES.search(file.read(name))
            for name in file.namelist()
            if not name.endswith(".npz")
        }
    assert {name: hit[0] for name, hit in found.items() if hit} == {}


def test_no_tracked_file_names_a_path_of_a_machine() -> None:
    found: dict[str, bytes] = {}
    for path in tracked():
        if path.suffix in {".npz", ".parquet", ".lock"}:
            continue
        content = INVENTED.sub(b"", path.read_bytes())
        hit = HOMES.search(content)
        if hit:
            found[str(path.relative_to(ROOT))] = content[hit.start() : hit.end() + 30]
    assert found == {}


def test_no_tracked_file_is_a_pack_an_index_or_a_question_file() -> None:
    odd = [
        str(path.relative_to(ROOT))
        for path in tracked()
        if path.suffix in {".parquet", ".db", ".onnx"} or path.name.endswith("_dev.jsonl")
    ]
    assert odd == []


def test_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    (locked,) = [one for one in lock["package"] if one["name"] == "pincite"]
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest is not None
    assert {pincite.__version__} == {project["version"], locked["version"], newest[1]}


def test_the_command_tells_the_version() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pincite", "--version"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.split() == ["pincite", pincite.__version__]
