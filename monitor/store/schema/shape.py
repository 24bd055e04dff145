"""What every table is made with: the names of constraints, the id, a reference to another table."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, MetaData

from monitor.store.types import Key

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def number() -> Column[int]:
    """The row's id, given by the database."""
    return Column("id", Key, primary_key=True, autoincrement=True)


def refers(name: str, target: str, *, nullable: bool = True) -> Column[int]:
    """A column that holds the id of a row of another table."""
    return Column(name, Key, ForeignKey(f"{target}.id"), nullable=nullable)
