"""The page groups of the console. A new one is a new file with a `PAGE`, and one line in `PAGES`."""

from __future__ import annotations

from monitor.console.pages import (
    account,
    audits,
    bulletin_acts,
    bulletins,
    files,
    home,
    incident_acts,
    incidents,
    intake,
    leads,
    links,
    live,
    mailbox,
    notice_acts,
    notices,
    observe,
    people,
    roster,
    sources,
    status,
    tasks,
)
from monitor.console.pages.shape import Page

PAGES: tuple[Page, ...] = (
    home.PAGE,
    incidents.PAGE,
    incident_acts.PAGE,
    notices.PAGE,
    notice_acts.PAGE,
    bulletins.PAGE,
    bulletin_acts.PAGE,
    tasks.PAGE,
    leads.PAGE,
    links.PAGE,
    roster.PAGE,
    sources.PAGE,
    mailbox.PAGE,
    status.PAGE,
    people.PAGE,
    audits.PAGE,
    account.PAGE,
    files.PAGE,
    live.PAGE,
    observe.PAGE,
    intake.PAGE,
)
