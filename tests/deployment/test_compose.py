"""docker-compose.yml, Dockerfile and .env.example agree with each other and with the code."""

import json
import re
import shutil
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from django.core.management import get_commands

from tests.deployment import compose
from tests.needs import require
from tests.test_tracked_files import tracked

VALUES = {
    "HARMONY_DOMAIN": "harmony.example",
    "SECRET_KEY": "0123456789abcdef",
    "POSTGRES_PASSWORD": "fedcba",
    "EMAIL_URL": "smtp://mail.example:25",
}
# Read by docker compose alone.
OF_COMPOSE = {
    "COMPOSE_PROFILES",
    "HARMONY_DOMAIN",
    "HARMONY_IMAGE",
    "HARMONY_PORT",
    "POSTGRES_PASSWORD",
}
LONG_RUNNING = ("web", "worker", "beat", "db", "redis", "proxy")


@pytest.fixture(scope="module")
def file():
    return compose.load(**VALUES)


@pytest.fixture(scope="module")
def services(file):
    return file["services"]


def in_seconds(duration):
    number, unit = re.fullmatch(r"(\d+)([sm])", duration).groups()
    return int(number) * {"s": 1, "m": 60}[unit]


def test_the_compose_file_has_the_form_that_docker_publishes():
    require("check-jsonschema")
    check = Path(sys.executable).with_name("check-jsonschema")
    done = subprocess.run(
        [check, "--builtin-schema", "vendor.compose-spec", compose.FILE],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_refuses_to_start_without_what_an_operator_must_choose():
    assert compose.required() == set(VALUES)
    for name in VALUES:
        with pytest.raises(LookupError, match=f"Set {name} in .env"):
            compose.load(**VALUES | {name: ""})


def test_every_variable_is_explained_in_the_example():
    assert sorted(compose.variables() - set(compose.example())) == []
    assert compose.variables() - compose.read_by_harmony() <= OF_COMPOSE


def test_the_example_and_the_code_name_the_same_settings():
    assert set(compose.example()) == compose.read_by_harmony() | OF_COMPOSE


def test_compose_and_image_set_nothing_that_nobody_reads(services):
    of_python = {"PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}
    assert set(compose.Dockerfile().environment) - of_python <= compose.read_by_harmony()
    for name in compose.APP:
        assert set(services[name]["environment"]) <= compose.read_by_harmony()


def test_what_the_image_knows_compose_does_not_change(services):
    image = compose.Dockerfile().environment
    environment = services["web"]["environment"]
    shared = set(image) & set(environment)
    assert {"KEY_DIR", "STATIC_ROOT", "HARMONY_BIND", "HARMONY_SECURE"} == shared
    assert {name: image[name] for name in shared} == {name: environment[name] for name in shared}


def test_everybody_waits_for_what_they_need(services):
    waits = {name: set(service.get("depends_on", ())) for name, service in services.items()}
    order = list(TopologicalSorter(waits).static_order())
    assert set(order) == set(services)
    for name in ("web", "worker", "beat"):
        conditions = services[name]["depends_on"]
        assert conditions["release"]["condition"] == "service_completed_successfully"
        assert conditions["db"]["condition"] == "service_healthy"
        assert conditions["redis"]["condition"] == "service_healthy"
    assert services["release"]["depends_on"]["db"]["condition"] == "service_healthy"
    assert services["release"]["restart"] == "no"


def test_what_others_wait_for_tells_its_health(services):
    for service in services.values():
        for name, condition in service.get("depends_on", {}).items():
            if condition["condition"] == "service_healthy":
                assert compose.check_of(services[name])


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_what_runs_for_long_is_watched_restarted_and_stopped_gently(services, name):
    service = services[name]
    assert compose.check_of(service)
    assert service["restart"] == "unless-stopped"
    assert in_seconds(service["stop_grace_period"]) >= 10
    assert service["logging"]["options"]["max-size"]


def test_gunicorn_has_time_to_let_requests_end(services):
    assert in_seconds(services["web"]["stop_grace_period"]) > 30


def test_no_volume_network_or_config_is_missing_or_idle(file, services):
    used = {"volumes": set(), "networks": set(), "configs": set()}
    for service in services.values():
        used["volumes"] |= {place.split(":")[0] for place in service.get("volumes", ())}
        used["networks"] |= set(service["networks"])
        used["configs"] |= {config["source"] for config in service.get("configs", ())}
    assert used == {kind: set(file[kind]) for kind in used}


def test_the_keys_are_shared_by_web_and_worker_and_lie_apart_from_the_database(services):
    mounts = {name: service.get("volumes", []) for name, service in services.items()}
    assert {name for name, places in mounts.items() if "keys:/keys" in places} == {"web", "worker"}
    assert mounts["db"] == ["database:/var/lib/postgresql/data"]


def test_only_the_proxy_can_be_reached_from_outside(file, services):
    ports = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert set(ports) == {"web", "proxy"}
    assert all(port.startswith("127.0.0.1:") for port in ports["web"])
    assert file["networks"]["data"]["internal"] is True
    assert services["db"]["networks"] == services["redis"]["networks"] == ["data"]


def test_the_proxy_serves_the_one_name_and_keeps_no_access_log(file):
    content = file["configs"]["caddyfile"]["content"]
    assert content.startswith("harmony.example {")
    assert "reverse_proxy web:8000" in content
    assert "log" not in content
    assert content.count("{") == content.count("}")


@pytest.mark.parametrize("name", compose.APP)
def test_harmonys_processes_may_do_nothing_but_run(services, name):
    service = services[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert "user" not in service  # the image's, which is nobody
    assert service["image"] == services["web"]["image"]


def commands_of(words):
    """The commands in an argument list, those inside `sh -c` too."""
    if words[:2] == ["sh", "-c"]:
        return [part.split() for part in words[2].split("&&")]
    return [words]


@pytest.mark.parametrize("name", compose.APP)
def test_every_command_exists(services, name):
    service = services[name]
    checks = [] if name == "release" else [compose.check_of(service)]
    for words in [*commands_of(service["command"]), *checks]:
        assert shutil.which(words[0], path=str(Path(sys.executable).parent)), words
        if words[:2] == ["python", "manage.py"]:
            assert words[2] in get_commands()
        if words[:2] == ["python", "-m"]:
            assert (compose.ROOT / (words[2].replace(".", "/") + ".py")).exists()


def test_the_image_runs_as_nobody_in_particular():
    user = compose.Dockerfile().last_of("USER")
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
    assert f"--uid {user.split(':')[0]}" in compose.Dockerfile().last_of("RUN")


def test_the_image_does_by_itself_what_compose_has_the_web_process_do(services):
    dockerfile = compose.Dockerfile()
    assert json.loads(dockerfile.last_of("CMD")) == services["web"]["command"]
    check = dockerfile.last_of("HEALTHCHECK").split("CMD", 1)[1]
    assert json.loads(check) == compose.check_of(services["web"])


def test_the_image_holds_no_secret():
    secret = re.compile("SECRET|PASSWORD|TOKEN|EMAIL_URL|DATABASE_URL")
    environment = [told for word, told in compose.Dockerfile().steps if word in ("ENV", "ARG")]
    assert [line for line in environment if secret.search(line)] == []


def test_the_image_has_the_packages_that_run_and_none_that_only_tests_need():
    assert "--no-default-groups" in compose.Dockerfile().run_with("uv sync")


def test_the_image_has_what_runs_and_nothing_beside():
    # A new folder stands in .dockerignore or here.
    kept_out = {".ci", ".dockerignore", ".env.example", ".gitignore", ".pre-commit-config.yaml"}
    kept_out |= {"CHANGELOG.md", "CONTRIBUTING.md", "Dockerfile", "README.md", "SECURITY.md"}
    kept_out |= {"benchmarks", "docker-compose.yml", "docs", "tests"}
    names = {path.relative_to(compose.ROOT).parts[0] for path in tracked()}
    assert {name for name in names if compose.ignored(name)} == names & kept_out


def test_the_image_has_nothing_of_whoever_builds_it():
    theirs = [".env", ".git/config", ".venv/bin/python", "uv.lock", "var/keys/1.key"]
    theirs += ["harmony/__pycache__/urls.cpython-313.pyc"]
    assert [path for path in theirs if not compose.ignored(path)] == []
