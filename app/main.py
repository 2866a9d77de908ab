"""Builds the web application from settings; everything is wired here and nowhere else."""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from app.analysis.pipeline import Pipeline, load_pipeline
from app.db import build_engine, build_session_maker
from app.library.files import Library, load_library
from app.library.meaning import MeaningIndex, unlike_texts
from app.settings import Settings
from app.web.dependencies import Services, form_limits
from app.web.errors import add_error_pages
from app.web.rendering import STATIC_DIR, build_templates
from app.web.routes import ROUTERS
from app.web.security import BodyLimit, HostCheck, SecureHeaders


def build_app(settings: Settings, *, pipeline: Pipeline | None = None, library: Library | None = None) -> FastAPI:
    """The whole web application: routes, error pages, protection of every request.

    Args:
        settings: Where things are. The database must have been migrated.
        pipeline: The analysis pipeline, where it is loaded already; loaded once from the settings otherwise.
        library: The clause library, likewise.
    """
    app = FastAPI(
        title="Proviso",
        openapi_url=None,  # pages for people; nothing to document or to probe
        redirect_slashes=False,
        form_limits=form_limits(settings),
    )
    engine = build_engine(settings.database)
    pipeline = pipeline or load_pipeline(settings.models_dir)
    library = library or load_library(settings.clauses_dir)
    app.state.services = Services(
        settings=settings,
        engine=engine,
        sessions=build_session_maker(engine),
        templates=build_templates(),
        pipeline=pipeline,
        library=library,
        meanings=MeaningIndex(
            pipeline.second_reader, unlike_texts(library.vocabulary.elements), kept_in=settings.data_dir / "meanings"
        ),
    )
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC_DIR), name="static")
    add_error_pages(app)
    # The last one added is the first to see a request: headers go on everything, refusals included.
    app.add_middleware(BodyLimit, settings=settings)
    app.add_middleware(HostCheck, settings=settings)
    app.add_middleware(SecureHeaders)
    return app
