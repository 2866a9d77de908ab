"""Settings, read once in `app.main` or `app.cli` and handed down from there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Where things are and how the service behaves. Each field is an environment variable `PROVISO_<NAME>`.

    They may stand in a file `.env` beside `pyproject.toml`. One in the folder that a command is called in is not
    read: it may have come with the other side's files, and could send what is stored to a database of theirs.
    """

    model_config = SettingsConfigDict(env_prefix="PROVISO_", env_file=_ROOT / ".env", extra="ignore")

    data_dir: Path = _ROOT / "data"
    clauses_dir: Path = _ROOT / "clauses"
    models_dir: Path = _ROOT / "models"
    migrations_dir: Path = _ROOT / "alembic"
    database_url: str = ""  # "" means SQLite in data_dir; "postgresql+pg8000://user@host/name" for PostgreSQL
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    public_url: str = ""  # what links in sign-in messages begin with; "" means http://host:port
    secure_cookies: Annotated[bool, Field(validate_default=True)] = False  # set behind HTTPS
    max_upload_bytes: Annotated[int, Field(ge=100_000, le=250_000_000)] = 25_000_000

    @field_validator("public_url")
    @classmethod
    def _whole_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in {"http", "https"} or not parts.hostname):
            raise ValueError("write it whole, as https://proviso.example.org")
        return value

    @field_validator("secure_cookies")
    @classmethod
    def _fits_the_address(cls, value: bool, others: ValidationInfo) -> bool:
        scheme = urlsplit(others.data.get("public_url", "")).scheme
        if scheme == "https" and not value:
            raise ValueError("PROVISO_PUBLIC_URL begins with https, so set it to true and the session stays off http")
        if scheme == "http" and value:
            raise ValueError("PROVISO_PUBLIC_URL begins with http, where no browser sends such a cookie")
        return value

    @property
    def database(self) -> str:
        """The database address, the SQLite file in the data directory unless another is set."""
        return self.database_url or f"sqlite:///{self.data_dir / 'proviso.sqlite3'}"

    @property
    def base_url(self) -> str:
        """What a link printed for a person begins with, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")
