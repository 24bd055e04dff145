"""`caifeng`: one line per command; a command's module is imported only when it is called."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any

import typer
from typer.core import TyperGroup

# name → what it does, as the overview says it; `monitor/commands/<name>.py` holds a function of that name, or
# an `app` with subcommands
COMMANDS: Mapping[str, str] = MappingProxyType(
    {
        "demo": "运行演示：虚构的青石区及其网站、论坛、热榜和邮箱",
        "init": "新建一个值守站目录",
        "check": "检查值守站目录，列出每一处错误",
        "apply": "使值守站目录中的配置生效",
        "export": "把生效的配置导出为目录",
        "run": "运行值守（采集、研判与预警、网页）",
        "status": "查看运行状况",
        "crawl": "采集一轮",
        "source": "信源：识别、试采、增加、列出、导入导出",
        "rules": "规则：测试、解释、回测、统计",
        "lexicon": "情感词表：学习与校核",
        "import": "导入12345工单、上级平台等导出的文件",
        "paper": "生成文书（通知书、信息、督办单等）",
        "extract": "过滤器：网页 → 标题、正文、时间",
        "judge": "过滤器：文本 → 研判建议",
        "gather": "过滤器：文本 → 事件归并",
    }
)
_FUNCTIONS = {"import": "import_"}


class _Lazy(TyperGroup):
    """Imports a command when it is asked for, so that a filter starts without a database or a web server."""

    def list_commands(self, ctx: Any) -> list[str]:
        """In the order of the registry; those not installed are left out."""
        return [name for name in COMMANDS if find_spec(_module(name))]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name."""
        if cmd_name not in COMMANDS or not find_spec(_module(cmd_name)):
            return None
        return _build(cmd_name)


def _module(name: str) -> str:
    return f"monitor.commands.{_FUNCTIONS.get(name, name)}"


def _build(name: str) -> Any:
    module = import_module(_module(name))
    if hasattr(module, "app"):
        group = typer.main.get_command(module.app)
        group.name, group.help = name, group.help or COMMANDS[name]
        return group
    single = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
    single.command(name, short_help=COMMANDS[name])(getattr(module, _FUNCTIONS.get(name, name)))
    return typer.main.get_command(single)


app = typer.Typer(cls=_Lazy, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback(help="采风：区县政府办公室的网络舆情值守。先试 caifeng demo。")
def _root() -> None:
    pass


def main() -> None:
    """The console script. UTF-8 whatever the locale."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    sys.exit(_run())


def _run() -> int:
    try:
        app(standalone_mode=True)
    except Exception as error:
        # one of ours is told plainly; asked this way because a filter has not loaded that module
        errors = sys.modules.get("monitor.errors")
        if errors is None or not isinstance(error, errors.CaifengError):
            raise
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    main()
