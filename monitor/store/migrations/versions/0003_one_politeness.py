"""keep one politeness towards each site over all processes, and hand visits out by procrastinate

procrastinate's tables stand in a schema of their own on PostgreSQL; a release of it that brings migrations
(`procrastinate/sql/migrations`) needs a revision here that runs them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from monitor.store import types

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('site',
    sa.Column('host', sa.String(length=255), nullable=False),
    sa.Column('next_allowed_at', types.Instant(timezone=True), nullable=False),
    sa.Column('held_by', sa.String(length=120), nullable=True),
    sa.Column('held_until', types.Instant(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('host', name=op.f('pk_site'))
    )
    conn = op.get_bind()
    if conn.dialect.name == 'postgresql':
        from procrastinate.schema import SchemaManager

        before = conn.exec_driver_sql('SHOW search_path').scalar()
        conn.exec_driver_sql('CREATE SCHEMA procrastinate')
        conn.exec_driver_sql('SET LOCAL search_path TO procrastinate')
        conn.execution_options(no_parameters=True).exec_driver_sql(SchemaManager.get_schema())
        conn.exec_driver_sql(f'SET LOCAL search_path TO {before}')


def downgrade() -> None:
    op.drop_table('site')
    conn = op.get_bind()
    if conn.dialect.name == 'postgresql':
        conn.exec_driver_sql('DROP SCHEMA procrastinate CASCADE')
