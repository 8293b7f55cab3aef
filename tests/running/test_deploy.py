"""The container file and the systemd unit say what the program can do."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pincite.cli.app import app

DEPLOY = Path(__file__).parents[2] / "deploy"


def instructions() -> list[tuple[str, str]]:
    """The container file's instructions, continued lines joined."""
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    lines = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)).splitlines()
    return [tuple(line.strip().split(" ", 1)) for line in lines if line.strip()]  # type: ignore[misc]


def test_the_container_runs_as_a_user_without_rights() -> None:
    found = instructions()
    known = {"FROM", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL", "HEALTHCHECK",
             "ENTRYPOINT", "CMD"}  # fmt: skip
    assert {name for name, _ in found} <= known
    names = [name for name, _ in found]
    user = dict(found)["USER"]
    assert user.isdigit()
    assert int(user) > 0
    assert names.index("USER") > max(place for place, name in enumerate(names) if name == "RUN")
    assert f"--uid {user}" in dict(found)["RUN"]


def test_the_container_starts_a_command_that_there_is() -> None:
    values = dict(instructions())
    entry, command = json.loads(values["ENTRYPOINT"]), json.loads(values["CMD"])
    assert entry == ["pincite"]
    shown = CliRunner().invoke(app, [command[0], "--help"]).stdout
    assert all(one in shown for one in command if one.startswith("--"))
    assert "--auth" in command
    check = values["HEALTHCHECK"]
    assert "/health" in check
    program = json.loads(check.partition("CMD")[2])[2]
    compile(program, "healthcheck", "exec")


def test_the_home_is_below_what_is_mounted() -> None:
    """Restoring puts another directory in its place, which a mount point cannot have."""
    values = dict(instructions())
    home = re.search(r"PINCITE_HOME=(\S+)", values["ENV"])
    assert home is not None
    assert home[1].startswith(values["VOLUME"] + "/")


def test_the_unit_is_one_that_systemd_takes(tmp_path: Path) -> None:
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip("there is no systemd-analyze here")
    text = (DEPLOY / "pincite.service").read_text("utf-8")
    unit = tmp_path / "pincite.service"
    unit.write_text(text.replace("/opt/pincite/bin/pincite", sys.executable), encoding="utf-8")
    done = subprocess.run([tool, "verify", str(unit)], capture_output=True, text=True, check=False)
    told = [line for line in done.stderr.splitlines() if "pincite.service" in line]
    assert told == []
    assert done.returncode == 0 or "pincite" not in done.stderr


def test_the_unit_starts_a_command_that_there_is_and_is_closed() -> None:
    text = (DEPLOY / "pincite.service").read_text("utf-8")
    parts = [line.partition("=") for line in text.splitlines() if "=" in line]
    values = {name: value for name, _, value in parts}
    command = shlex.split(values["ExecStart"])
    shown = CliRunner().invoke(app, [command[1], "--help"]).stdout
    assert all(one in shown for one in command if one.startswith("--"))
    assert int(values["TimeoutStopSec"]) > 10
    for name in ("NoNewPrivileges", "DynamicUser", "ProtectHome", "PrivateTmp", "PrivateDevices",
                 "RestrictSUIDSGID", "LockPersonality"):  # fmt: skip
        assert values[name] == "yes"
    assert values["ProtectSystem"] == "strict"
    assert values["CapabilityBoundingSet"] == ""
