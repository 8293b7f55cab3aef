"""Fetches OpenSearch and its k-NN plugin from Maven Central, and compiles the test node."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

HERE = Path(__file__).parent / "node"
TOOLS = Path(__file__).parents[2] / ".tools" / "opensearch"
_VERSION = re.search(r"<opensearch>(.*?)</opensearch>", (HERE / "pom.xml").read_text())
VERSION = _VERSION[1] if _VERSION else ""
JAVA_AT_LEAST = 17


def lacking() -> str:
    """What must be installed first, in words; empty where nothing is lacking."""
    missing = [one for one in ("java", "javac", "mvn") if shutil.which(one) is None]
    return f"a test cluster needs {', '.join(missing)}" if missing else ""


def classpath() -> str:
    """Where the node and all that it is made of are. Fetches them where they are not there yet."""
    home = TOOLS / VERSION
    if not (home / "ready").is_file():
        shutil.rmtree(home, ignore_errors=True)
        _fetch(home)
        (home / "ready").touch()
    built = home / "classes" / "ClusterNode.class"
    source = HERE / "ClusterNode.java"
    if not built.is_file() or built.stat().st_mtime < source.stat().st_mtime:
        jars = f"{home}/lib/*:{home}/knn/*"
        _run("javac", "-cp", jars, "-d", str(home / "classes"), str(source))
    return f"{home}/classes:{home}/lib/*:{home}/knn/*"


def _fetch(home: Path) -> None:
    maven = ("mvn", "-q", "-B", "-f", str(HERE / "pom.xml"))
    _run(*maven, "dependency:copy-dependencies", f"-DoutputDirectory={home / 'lib'}")
    artifact = f"org.opensearch.plugin:opensearch-knn:{VERSION}:zip"
    _run(*maven, "dependency:copy", f"-Dartifact={artifact}", f"-DoutputDirectory={home}")
    with zipfile.ZipFile(home / f"opensearch-knn-{VERSION}.zip") as plugin:
        plugin.extractall(home / "knn")
    # The libraries bring some that the server has too, in another version.
    for name in ("jna", "guava"):
        if list((home / "lib").glob(f"{name}-[0-9]*.jar")):
            for double in (home / "knn").glob(f"{name}-[0-9]*.jar"):
                double.unlink()


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")


if __name__ == "__main__":
    if missing := lacking():
        sys.exit(missing)
    classpath()
