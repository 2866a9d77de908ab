"""Settings, read once in `app.main` or `app.cli` and handed down from there."""

from __future__ import annotations

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

_ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Where things are and how the service behaves. Each field is an environment variable `PROVISO_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="PROVISO_", env_file=".env", extra="ignore")

    data_dir: Path = _ROOT / "data"
    clauses_dir: Path = _ROOT / "clauses"
    models_dir: Path = _ROOT / "models"
    migrations_dir: Path = _ROOT / "alembic"
    database_url: str = ""  # "" means SQLite in data_dir; "postgresql+pg8000://user@host/name" for PostgreSQL
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""  # what links in sign-in messages begin with; "" means http://host:port
    secure_cookies: bool = False  # set behind HTTPS
    max_upload_bytes: int = 25_000_000

    @property
    def database(self) -> str:
        """The database address, the SQLite file in the data directory unless another is set."""
        return self.database_url or f"sqlite:///{self.data_dir / 'proviso.sqlite3'}"

    @property
    def base_url(self) -> str:
        """What a link printed for a person begins with, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")
