"""The pipeline, loaded once for all tests of the analysis."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.analysis.pipeline import Pipeline, load_pipeline

MODELS = Path(__file__).resolve().parents[2] / "models"


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The pipeline with the rules as they stand in `models/`."""
    return load_pipeline(MODELS)
