"""The two commands refuse in one sentence, before any slow work, and never with a traceback."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from config import Refusal, database_url

ROOT = Path(__file__).parents[2]
SCRIPTS = ["bin/run", "bin/test", "bin/bench", "bin/lock", "bin/lib/setup.sh", "bin/lib/postgresql.sh", ".ci/run"]
NEEDED_FROM_THE_SYSTEM = ["bash", "cat", "dirname", "env", "flock", "grep", "id", "mktemp", "rm", "sha256sum"]


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def run(command: str, at: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    own = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    return subprocess.run(
        ["/bin/bash", at / command],
        env=own | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=heed_interruptions,
    )


def heed_interruptions() -> None:
    """A shell that was started with Ctrl-C ignored can never trap it; in the background that is how one starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def assert_refused(result: subprocess.CompletedProcess[str], *words: str) -> None:
    assert result.returncode != 0
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1, result.stderr
    for word in words:
        assert word in result.stderr


@pytest.fixture
def bare_checkout(tmp_path: Path) -> Path:
    """The scripts and the lock alone, where nothing is installed yet."""
    shutil.copytree(ROOT / "bin", tmp_path / "checkout" / "bin")
    shutil.copy(ROOT / "requirements.txt", tmp_path / "checkout")
    return tmp_path / "checkout"


def make_path(folder: Path, python: str) -> str:
    """A PATH with little on it: the tools that the script needs, and a python3 of the given version and no use."""
    folder.mkdir()
    for name in NEEDED_FROM_THE_SYSTEM:
        (folder / name).symlink_to(shutil.which(name) or f"/usr/bin/{name}")
    stand_in = folder / "python3"
    stand_in.write_text(f'#!/bin/bash\ncase "$*" in *print*) echo {python} ;; *) exit 1 ;; esac\n')
    stand_in.chmod(0o755)
    return str(folder)


@pytest.mark.parametrize("script", SCRIPTS)
def test_each_script_is_sound_bash(script: str) -> None:
    subprocess.run(["/bin/bash", "-n", ROOT / script], check=True)


@pytest.mark.parametrize("script", [script for script in SCRIPTS if not script.endswith(".sh")])
def test_each_command_can_be_executed(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)


def test_a_taken_port_is_named_with_another_to_try(taken_port: int, bare_checkout: Path) -> None:
    result = run("bin/run", at=bare_checkout, PORT=str(taken_port))

    assert_refused(result, f"port {taken_port} is taken", f"PORT={taken_port % 65535 + 1} bin/run")
    assert not (bare_checkout / ".venv").exists()


@pytest.mark.parametrize("port", ["eighty", "0", "-1", "65536", "80 80", "1; ls"])
def test_a_port_that_is_no_port_is_refused(port: str, bare_checkout: Path) -> None:
    assert_refused(run("bin/run", at=bare_checkout, PORT=port), "PORT must be a number from 1 to 65535")


@pytest.mark.parametrize("url", ["", "   "])
def test_an_empty_database_url_is_refused(url: str, bare_checkout: Path) -> None:
    assert_refused(run("bin/run", at=bare_checkout, DATABASE_URL=url), "DATABASE_URL is set but empty")


def test_python_3_10_alone_is_refused(free_port: int, bare_checkout: Path, tmp_path: Path) -> None:
    path = make_path(tmp_path / "path", python="3.10.12")

    result = run("bin/run", at=bare_checkout, PORT=str(free_port), PATH=path)

    assert_refused(result, "needs Python 3.11 or newer", "found here: 3.10.12")
    assert not (bare_checkout / ".venv").exists()


@pytest.mark.parametrize("driver", ["postgresql", "postgresql+psycopg"])
def test_a_database_out_of_reach_is_refused(driver: str, free_port: int, tmp_path: Path) -> None:
    url = f"{driver}://qadam:hush-hush@127.0.0.1:{free_port}/qadam"

    result = run("bin/run", PORT=str(free_port), DATABASE_URL=url, QADAM_HOME=str(tmp_path))

    assert_refused(result)
    assert "hush-hush" not in result.stderr


@pytest.mark.parametrize("url", ["nonsense", "mysql://qadam:hush-hush@127.0.0.1/qadam", "postgresql:/one-slash"])
def test_an_address_of_no_database_that_we_know_is_refused(url: str, bare_checkout: Path) -> None:
    result = run("bin/run", at=bare_checkout, DATABASE_URL=url)

    assert_refused(result, "DATABASE_URL must begin with postgresql:// or sqlite://")
    assert "hush-hush" not in result.stderr


@pytest.mark.parametrize("url", ["nonsense", "mysql://q:hush-hush@h/q", "foo://h", "postgresql://q:hush-hush@h:port/q"])
def test_the_settings_know_which_databases_there_are(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", url)

    with pytest.raises(Refusal) as refused:
        database_url()

    assert "DATABASE_URL must begin with postgresql:// or sqlite:///" in str(refused.value)
    assert "hush-hush" not in str(refused.value)


def test_the_application_says_a_wrong_setting_in_one_sentence(tmp_path: Path) -> None:
    url = "postgresql://q:hush-hush@h:port/q"
    environment = os.environ | {"DATABASE_URL": url, "QADAM_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "flask", "prepare"]

    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert_refused(result, "DATABASE_URL must begin with postgresql:// or sqlite://")
    assert "hush-hush" not in result.stderr


@pytest.mark.parametrize("ending", ["false", "exit 7", "kill -TERM $$", "kill -INT $$"])
def test_the_throw_away_cluster_goes_however_the_script_ends(ending: str, tmp_path: Path) -> None:
    script = tmp_path / "script.sh"
    script.write_text(f"""
        set -euo pipefail
        cd '{ROOT}'
        source bin/lib/setup.sh
        source bin/lib/postgresql.sh
        trap stop_cluster EXIT
        trap 'exit 130' INT TERM HUP
        start_cluster
        echo "$CLUSTER" "$CLUSTER_URL"
        {ending}
        sleep 5
    """)

    result = run("script.sh", at=tmp_path)

    folder, url = result.stdout.split()
    assert result.returncode != 0
    assert not Path(folder).exists()
    with socket.socket() as door:
        assert door.connect_ex(("127.0.0.1", make_url(url).port or 0)) != 0


def test_the_locks_hold_a_hash_for_every_version_and_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text().splitlines()
        pinned = [number for number, line in enumerate(lines) if "==" in line and not line.lstrip().startswith("#")]
        assert pinned
        assert all(lines[number + 1].strip().startswith("--hash=sha256:") for number in pinned)
        assert not [line for line in lines if "://" in line or line.startswith(("-i", "-f", "--index", "--extra"))]
