# One image for web, worker, beat and release; docker-compose.yml says which command each runs.
ARG PYTHON=3.13

FROM python:${PYTHON}-slim AS build
ENV UV_COMPILE_BYTECODE=1 \
    UV_LINK_MODE=copy \
    UV_PROJECT_ENVIRONMENT=/venv \
    UV_PYTHON_DOWNLOADS=never
RUN pip install --no-cache-dir "uv>=0.9,<1"
WORKDIR /app
# The exact closure stands in pyproject.toml; nothing that only tests need is installed.
COPY pyproject.toml ./
RUN uv sync --no-cache --no-default-groups
COPY . .
# Style and scripts are hashed and compressed here, once. The secret is made for it and signs nothing.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    HARMONY_SECURE=1 \
    STATIC_ROOT=/app/collected \
    /venv/bin/python manage.py collectstatic --no-input \
    && /venv/bin/python -m compileall -q . \
    && rm -rf var uv.lock

FROM python:${PYTHON}-slim
RUN groupadd --system --gid 10001 harmony \
    && useradd --system --uid 10001 --gid harmony --no-create-home harmony \
    && install -d -o harmony -g harmony -m 0700 /keys
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HARMONY_SECURE=1 \
    HARMONY_BIND=0.0.0.0:8000 \
    KEY_DIR=/keys \
    STATIC_ROOT=/app/collected
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 \
    CMD ["python", "-m", "harmony.probe", "web"]
CMD ["gunicorn", "-c", "python:harmony.gunicorn"]
