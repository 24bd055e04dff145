"""Validation errors in the words of the people who edit the files."""

from __future__ import annotations

from typing import Any

_FIXED = {
    "missing": "缺少此项",
    "bool_parsing": "应为 true 或 false",
    "bool_type": "应为 true 或 false",
    "string_type": "应为文字",
    "string_too_short": "不能为空",
    "string_too_long": "过长",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "int_from_float": "应为整数",
    "float_parsing": "应为数字",
    "float_type": "应为数字",
    "dict_type": "应为“键: 值”",
    "model_type": "应为“键: 值”",
    "model_attributes_type": "应为“键: 值”",
    "tuple_type": "应为列表（每行以 - 开头）",
    "date_from_datetime_parsing": "应为日期，如 2026-11-22",
    "date_parsing": "应为日期，如 2026-11-22",
    "date_type": "应为日期，如 2026-11-22",
    "too_short": "至少要写一项",
    "union_tag_not_found": "缺少 kind（种类）",
}
_BOUNDS = (("ge", "不小于"), ("gt", "大于"), ("le", "不大于"), ("lt", "小于"))


def say(entry: Any) -> str:
    """What is wrong and what would be right, for one entry of `ValidationError.errors()`."""
    kind, context = entry["type"], entry.get("ctx", {})
    if kind in ("value_error", "assertion_error"):
        return str(context["error"])
    if kind == "literal_error":
        return f"应为 {context['expected'].replace(' or ', '、')} 之一"
    if kind == "union_tag_invalid":
        return f"不认识的种类 {context['tag']!r}，应为 {context['expected_tags']} 之一"
    if kind == "string_pattern_mismatch":
        return f"{entry['input']!r} 写法不对，应符合 {context['pattern']}"
    for bound, words in _BOUNDS:
        if bound in context:
            return f"应{words} {context[bound]}"
    return _FIXED.get(kind, str(entry["msg"]))
