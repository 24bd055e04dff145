"""For machines: `/healthz` says whether the console can read its database, `/metrics` is Prometheus' text."""

from __future__ import annotations

import shutil

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from monitor.console.auth import AtDesk
from monitor.console.desk import Desk
from monitor.console.health import WELL, healths
from monitor.console.pages.shape import Page
from monitor.console.security import Refused, address_of
from monitor.store import roles
from monitor.store.reading import duty, incidents, running

router = APIRouter()
# open: a scraper has no session. Figures only, and only to this machine.
PAGE = Page("observe", "指标", "/metrics", router, entry=False, open=True)

LOOPBACK = frozenset({"127.0.0.1", "::1"})


@router.get("/healthz")
def healthy(desk: AtDesk) -> Response:
    """Whether the console and its database answer."""
    try:
        with desk.store.read() as conn:
            running.in_force(conn)
    except SQLAlchemyError:
        return PlainTextResponse("database unreachable\n", status_code=503)
    return PlainTextResponse("ok\n")


@router.get("/metrics")
def metrics(request: Request, desk: AtDesk) -> Response:
    """Gauges read at this moment; no names, no titles."""
    if address_of(request) not in LOOPBACK:
        raise Refused("指标只供本机读取")
    registry = CollectorRegistry()
    with desk.store.read() as conn:
        _stages(registry, conn, desk)
        _sources(registry, conn, desk)
        _states(registry, conn)
        _machine(registry, conn, desk)
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


def _stages(registry: CollectorRegistry, conn: Connection, desk: Desk) -> None:
    now = desk.clock()
    number = Gauge("caifeng_stage_waiting", "Items before a stage", ["stage"], registry=registry)
    lag = Gauge("caifeng_stage_lag_seconds", "Age of the oldest item", ["stage"], registry=registry)
    for line in running.waiting(conn, now):
        number.labels(line.stage).set(line.number)
        age = (now - line.since).total_seconds() if line.since and line.number else 0
        lag.labels(line.stage).set(max(0, age))
    sent = Gauge("caifeng_deliveries", "Messages by state", ["state"], registry=registry)
    for state, many in running.outbox(conn).items():
        sent.labels(state).set(many)


_AGES = (
    ("last_success_at", "success_age_seconds", "Since the last success"),
    ("last_new_at", "new_page_age_seconds", "Since the last new page"),
    ("next_at", "lag_seconds", "Since the next visit was due; 0 while it is not"),
)


def _sources(registry: CollectorRegistry, conn: Connection, desk: Desk) -> None:
    now = desk.clock()
    well = Gauge("caifeng_source_up", "1 when the source is well", ["source"], registry=registry)
    failures = Gauge("caifeng_source_failures", "Failures in a row", ["source"], registry=registry)
    blocked = Gauge("caifeng_source_blocked", "1 when the site refuses us", ["source"], registry=registry)
    ages = {
        column: Gauge(f"caifeng_source_{name}", what, ["source"], registry=registry)
        for column, name, what in _AGES
    }
    for health in healths(desk, conn, now):
        if not health.enabled:
            continue
        well.labels(health.id).set(health.word == WELL)
        if health.row is None:
            continue
        failures.labels(health.id).set(health.row["failures"])
        blocked.labels(health.id).set(bool(health.row["blocked"]))
        for column, gauge in ages.items():
            if health.row[column]:
                gauge.labels(health.id).set(max(0.0, (now - health.row[column]).total_seconds()))


def _states(registry: CollectorRegistry, conn: Connection) -> None:
    found = Gauge("caifeng_incidents", "Incidents by state", ["state"], registry=registry)
    for state, many in incidents.by_state(conn, restricted=True).items():
        found.labels(state).set(many)
    Gauge("caifeng_faults_open", "Open faults", registry=registry).set(len(duty.faults(conn)))


def _machine(registry: CollectorRegistry, conn: Connection, desk: Desk) -> None:
    now = desk.clock()
    up = Gauge("caifeng_role_up", "1 when the process has a heartbeat", ["role"], registry=registry)
    for row in roles.listing(conn):
        up.labels(row.name).set(roles.alive(row, now))
    free = Gauge("caifeng_disk_free_bytes", "Room on the station's disk", registry=registry)
    free.set(shutil.disk_usage(desk.folder).free)
