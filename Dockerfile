# Proviso in a container: one process, one data volume, nothing that phones out.
#
#     docker build --tag proviso .
#     docker run --publish 127.0.0.1:8000:8000 --volume proviso-data:/var/lib/proviso \
#         --read-only --tmpfs /tmp --cap-drop ALL --name proviso proviso
#     docker exec proviso proviso sign-in-link --name "Ada Lane" ada@example.org
#
# Every RUN step that installs something is also run by tests/house/test_dockerfile.py, in a clean virtual environment.

# ---- build: makes one virtual environment; its tools and caches stay behind --------------------------------------
FROM python:3.12-slim AS build
WORKDIR /src

# The locks alone come first: while they stay the same, a change of our code reuses these layers.
COPY requirements.lock requirements-build.lock ./

# Only ready-made wheels whose digest stands in the lock; no code of a package runs while it is installed.
RUN python -m venv /opt/build
RUN /opt/build/bin/python -m pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements-build.lock
RUN python -m venv /opt/proviso
RUN /opt/proviso/bin/python -m pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.lock

# Our own package as a wheel, so that what is installed is what the wheel holds: templates, styles, demonstration.
# Its requirements are there already; --no-deps and --no-index see to it that nothing else comes with it.
COPY pyproject.toml README.md LICENSE LICENSE-clauses NOTICE ./
COPY app/ app/
RUN /opt/build/bin/python -m hatchling build --target wheel --directory /src/dist
RUN /opt/proviso/bin/python -m pip install --no-deps --no-index /src/dist/*.whl

# ---- runtime: the environment, the content beside it, and a user who owns neither --------------------------------
FROM python:3.12-slim AS runtime
WORKDIR /srv/proviso

# Fixed numbers, so that a mounted volume keeps its owner when the image is built anew.
RUN groupadd --gid 10001 proviso && useradd --uid 10001 --gid proviso --no-create-home --home-dir /var/lib/proviso --shell /usr/sbin/nologin proviso
RUN install --directory --owner=proviso --group=proviso --mode=0700 /var/lib/proviso

# The same path as in the build stage, because a virtual environment writes its own path into its commands.
COPY --from=build /opt/proviso /opt/proviso
COPY clauses/ clauses/
COPY models/ models/
COPY alembic/ alembic/

# The service cannot write its own code, so it should not try to write compiled files either.
ENV PATH=/opt/proviso/bin:$PATH
ENV PYTHONDONTWRITEBYTECODE=1
ENV PYTHONUNBUFFERED=1

# Inside the container it listens on every address; what reaches it is decided by --publish. No secret stands here:
# sign-in links and sessions are random and live in the database. Set PROVISO_PUBLIC_URL and PROVISO_SECURE_COOKIES
# behind HTTPS, and PROVISO_DATABASE_URL for PostgreSQL.
ENV PROVISO_HOST=0.0.0.0
ENV PROVISO_PORT=8000
ENV PROVISO_DATA_DIR=/var/lib/proviso
ENV PROVISO_CLAUSES_DIR=/srv/proviso/clauses
ENV PROVISO_MODELS_DIR=/srv/proviso/models
ENV PROVISO_MIGRATIONS_DIR=/srv/proviso/alembic

VOLUME /var/lib/proviso
EXPOSE 8000
USER 10001:10001

# /health asks the database too. Python does the asking: the slim image has no curl, and needs none.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['PROVISO_PORT'] + '/health', timeout=4)"]

CMD ["proviso", "serve"]
