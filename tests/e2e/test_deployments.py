"""prefect.yaml: its entry points load, its parameters are the flows' own, its schedule is a schedule."""

import json
import sys
from pathlib import Path

import pytest
import yaml

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

LOAD = """
import json, sys
from prefect.client.schemas.schedules import CronSchedule
from prefect.flows import load_flow_from_entrypoint

flow = load_flow_from_entrypoint(sys.argv[1])
for schedule in json.loads(sys.argv[3]):
    CronSchedule(cron=schedule["cron"], timezone=schedule["timezone"])
try:
    flow.validate_parameters(json.loads(sys.argv[2]))
except Exception as error:
    print(f"{type(error).__name__}: {error}")
else:
    print(f"{flow.name}: valid")
"""


@pytest.fixture(scope="module")
def deployments(root: Path):
    described = yaml.safe_load((root / "prefect.yaml").read_text("utf-8"))
    return {each["name"]: each for each in described["deployments"]}


@pytest.fixture
def validated(root: Path, deployments, qzetl):
    """Load a deployment's flow as a worker does, in the project's folder, and check parameters against it."""
    qzetl.folder = root

    def validate(name: str, **parameters: object) -> str:
        deployment = deployments[name]
        given = json.dumps(deployment["parameters"] | parameters)
        schedules = json.dumps(deployment["schedules"])
        done = qzetl.call(sys.executable, "-c", LOAD, deployment["entrypoint"], given, schedules)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    return validate


def test_there_are_a_scheduled_daily_run_and_a_backfill(deployments) -> None:
    assert set(deployments) == {"daily", "backfill", "publish", "canary"}
    assert {schedule["timezone"] for schedule in deployments["daily"]["schedules"]} == {"Asia/Shanghai"}
    assert deployments["backfill"]["schedules"] == []


def test_the_daily_deployment_runs_with_its_own_parameters(validated) -> None:
    assert validated("daily") == "daily: valid"


def test_a_backfill_takes_days_and_publishers(validated) -> None:
    assert validated("backfill", since="2024-01-01", until="2024-01-31", publishers=["quzhou-gov"]) == "backfill: valid"


@pytest.mark.parametrize("parameters", [{"until": "soon"}, {"parallel": 0}, {"source": "tape"}])
def test_parameters_of_another_kind_are_refused(validated, parameters) -> None:
    assert validated("backfill", **parameters).startswith("Parameter")
