"""What is wrong with facts, said in Chinese and located by the field's dotted path."""

from __future__ import annotations

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_CLASSIFIED = ("密级", "秘密", "机密", "绝密", "secret", "classif", "保密期限")
_SAID = {
    "missing": "缺少此项",
    "string_type": "应当是文字",
    "int_type": "应当是整数",
    "int_parsing": "应当是整数",
    "float_type": "应当是数字",
    "bool_type": "应当是 true 或 false",
    "bool_parsing": "应当是 true 或 false",
    "tuple_type": "应当是列表",
    "dict_type": "应当是键值对象",
    "model_type": "应当是键值对象",
    "model_attributes_type": "应当是键值对象",
    "timezone_aware": "时间应当带时区，例如 2026-09-01T08:05:00+08:00",
    "datetime_parsing": "不是时间，应当形如 2026-09-01T08:05:00+08:00",
    "datetime_from_date_parsing": "不是时间，应当形如 2026-09-01T08:05:00+08:00",
    "datetime_type": "不是时间，应当形如 2026-09-01T08:05:00+08:00",
    "date_from_datetime_parsing": "不是日期，应当形如 2026-09-01",
    "date_type": "不是日期，应当形如 2026-09-01",
    "date_parsing": "不是日期，应当形如 2026-09-01",
}


def in_chinese(error: ValidationError) -> list[str]:
    """One line for each fault."""
    return [f"{_path(fault)}：{_said(fault)}" for fault in error.errors()]


def _path(fault: ErrorDetails) -> str:
    dotted = ""
    for part in fault["loc"]:
        dotted += f"[{part}]" if isinstance(part, int) else f".{part}" if dotted else part
    return dotted or "（全文）"


def _said(fault: ErrorDetails) -> str:
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown(str(fault["loc"][-1]))
    if kind == "value_error":
        return str(context.get("error", fault["msg"]))
    if kind in {"literal_error", "enum"}:
        return f"只能是 {context.get('expected', '')}"
    limits = {
        "string_too_long": ("最多{}字", "max_length"),
        "string_too_short": ("不能为空", "min_length"),
        "too_short": ("至少{}项", "min_length"),
        "too_long": ("最多{}项", "max_length"),
        "greater_than_equal": ("不能小于{}", "ge"),
        "less_than_equal": ("不能大于{}", "le"),
        "string_pattern_mismatch": ("格式不符：{}", "pattern"),
    }
    if kind in limits:
        text, key = limits[kind]
        return text.format(context.get(key, ""))
    return _SAID.get(kind, f"不符合要求（{fault['msg']}）")


def _unknown(name: str) -> str:
    if any(word in name.lower() for word in _CLASSIFIED):
        return "本系统不处理国家秘密，不设密级项，请删去；涉密文书应当在涉密系统办理"
    return "没有这一项"
