"""A release from the store alone: nothing is collected and nothing is read."""

from __future__ import annotations

from _reporting import tell_of_failure
from _stages import publish as publish_release
from _stages import rooms
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from qzetl.dataset.assembly import derive_tables
from qzetl.dataset.release import Publication

__all__ = ["publish"]


@task(cache_policy=NO_CACHE, task_run_name="derive")
def derive() -> dict[str, int]:
    """Make series, vintages and happenings anew."""
    return derive_tables(rooms().store)


@flow(name="publish", flow_run_name="publish", persist_result=False, on_failure=[tell_of_failure])
def publish() -> State[Publication | None]:
    """Publish a release of the store as it stands, if anything is new since the latest."""
    derive()
    published = publish_release()
    if published is None:
        return Completed(name="Skipped", message="the store holds no article yet")
    said = "Published" if published.new else "Nothing new since"
    return Completed(message=f"{said} release {published.release.version}", data=published)
