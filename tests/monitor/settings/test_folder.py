"""The station's folder as a mapping that can be kept, hashed and laid out again; and its secrets."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.errors import ConfigError
from monitor.settings import Secret, SecretMissing, digest, read_folder, reveal, write_folder
from monitor.settings.secrets import write_private


def test_what_is_read_is_laid_out_again_byte_for_byte(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    write_folder(one, {"station.yaml": "office: {}\n", "rules/own.yaml": "rules: []\n"})
    (one / "templates").mkdir()
    (one / "templates" / "notice.docx").write_bytes(b"PK\x03\x04\xff\x00")
    files = read_folder(one)
    write_folder(two, files)
    assert (two / "templates" / "notice.docx").read_bytes() == b"PK\x03\x04\xff\x00"
    assert read_folder(two) == files
    assert digest(read_folder(two)) == digest(files)


def test_secrets_and_the_database_never_enter_a_revision(tmp_path: Path) -> None:
    for name in ("var/caifeng.db", "var/key", "secrets/smtp", ".env", "station.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert list(read_folder(tmp_path)) == ["station.yaml"]


def test_a_folder_without_a_station_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="caifeng init"):
        read_folder(tmp_path)


def test_files_that_climb_out_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="unsafe"):
        write_folder(tmp_path, {"../evil.yaml": ""})


def test_a_secret_file_others_can_read_is_refused(tmp_path: Path) -> None:
    write_private(tmp_path / "secrets" / "smtp", "hunter2")
    assert reveal(Secret(file="secrets/smtp"), tmp_path) == "hunter2"
    (tmp_path / "secrets" / "smtp").chmod(0o644)
    with pytest.raises(SecretMissing, match="chmod 600"):
        reveal(Secret(file="secrets/smtp"), tmp_path)


def test_a_secret_of_the_environment(tmp_path: Path) -> None:
    assert reveal(Secret(env="SMTP"), tmp_path, {"SMTP": "x"}) == "x"
    with pytest.raises(SecretMissing, match="SMTP"):
        reveal(Secret(env="SMTP"), tmp_path, {})
