# intercom-iac on a small image: docker build -t intercom-iac . && docker run --rm -v "$PWD:/project" intercom-iac check
FROM python:3.13.9-slim-trixie AS build
WORKDIR /src
COPY requirements-dev.txt pyproject.toml README.md LICENSE ./
COPY intercom_iac ./intercom_iac
# The versions it was tested with, of the dependencies and of the build tools.
ENV PIP_CONSTRAINT=/src/requirements-dev.txt PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/intercom-iac && /opt/intercom-iac/bin/pip install --quiet '.[all]'

FROM python:3.13.9-slim-trixie
# git is needed for `breaking --against` and `check --against`. A project mounted at /project is read although it belongs
# to another user; any other project of another owner is refused.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 intercom
COPY --from=build /opt/intercom-iac /opt/intercom-iac
COPY examples/ci/comment.py /opt/intercom-iac/comment.py
ENV PATH=/opt/intercom-iac/bin:$PATH PYTHONDONTWRITEBYTECODE=1 INTERCOM_IAC_SAFE_PROJECT=/project
USER 10001
WORKDIR /project
ENTRYPOINT ["intercom-iac"]
CMD ["--help"]
