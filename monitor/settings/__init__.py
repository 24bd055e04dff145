"""The station directory, typed: `parse` makes a `Station` of its files or names every fault and its line."""

from __future__ import annotations

from monitor.settings.folder import Files, digest, read_folder, write_folder
from monitor.settings.load import parse
from monitor.settings.parts import Secret
from monitor.settings.roster import Person, Roster, Shift, Step
from monitor.settings.secrets import SecretMissing, reveal
from monitor.settings.station import Channel, Leader, MailChannel, Station
from monitor.settings.units import Contact, Unit

__all__ = [
    "Channel",
    "Contact",
    "Files",
    "Leader",
    "MailChannel",
    "Person",
    "Roster",
    "Secret",
    "SecretMissing",
    "Shift",
    "Station",
    "Step",
    "Unit",
    "digest",
    "parse",
    "read_folder",
    "reveal",
    "write_folder",
]
