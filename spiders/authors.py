"""Is a public author name that of a medium or an institution? Only then is it kept in clear."""

from __future__ import annotations

import re

_ENDS = re.compile(
    r"(?:日报|晚报|晨报|早报|商报|都市报|时报|周刊|杂志|新闻|新闻网|在线|网站|电视台|电台|广播|融媒体?|融媒体中心|客户端|通讯社|"
    r"新华社|中新社|发布|政府|政务|公安|交警|消防|法院|检察院|应急|气象|地震局|街道办|办事处|居委会|村委会|社区|管委会|"
    r"[委局厅署部办院]|办公[室厅]|中心|协会|学会|大学|学院|中学|小学|医院|集团|公司|银行|公交|地铁|热力|供水|燃气|供电|编辑部|网信|头条)$"
)
_STARTS = re.compile(
    r"^(?:人民网|新华网|央视|中新网|中国新闻网|澎湃|新京报|财联社|界面|凤凰网|光明网|长城网|河北|石家庄)"
)
_BYLINE = re.compile(r"记者|通讯员|实习|作者|编辑")
_NETWORK = re.compile(r"[\u4e00-\u9fff]{2,}网$")


def is_institution(name: str) -> bool:
    """True for 石家庄日报, 新华公安, 人民网; False for a nickname or a reporter's name, and when in doubt."""
    name = name.strip()
    if not name or _BYLINE.search(name):
        return False
    return bool(_ENDS.search(name) or _NETWORK.search(name) or (_STARTS.match(name) and len(name) <= 12))
