"""Kept files: papers and attachments, for those who may see what they belong to."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from monitor.console.answers import download
from monitor.console.auth import AtDesk, Reader, note
from monitor.console.pages.shape import Page
from monitor.store.reading import files

router = APIRouter()
PAGE = Page("files", "文件", "/files", router, entry=False)


@router.get("/files/{file_id}")
def file(desk: AtDesk, visitor: Reader, file_id: int, show: int = 0) -> Response:
    """A file to keep; with `show=1` in place, where its kind allows. Every one taken out is recorded."""
    with desk.store.read() as conn:
        row = files.one(conn, file_id, restricted=visitor.restricted)
    if row is None:
        raise HTTPException(404)
    with desk.store.write() as conn:
        note(conn, visitor, "file-opened", f"file:{file_id}", name=row["name"])
    return download(row["name"], row["media_type"], row["body"], in_place=bool(show))
