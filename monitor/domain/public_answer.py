"""What the office looks at in a draft public answer (拟回应稿): wording, personal data. Pure.

Remarks are shown to the person who reviews; only that person decides.
"""

from __future__ import annotations

from spiders.mask import mask

# DOMAIN.md §3.3: no words that judge people, none that ask for silence
UNFIT: dict[str, str] = {
    "别有用心": "定性用语",
    "不明真相": "定性用语",
    "一小撮": "定性用语",
    "造谣生事": "定性用语",
    "极个别人": "定性用语",
    "删帖": "不得要求删帖",
    "删除帖子": "不得要求删帖",
    "临时工": "慎用推责表述",
    "子虚乌有": "未经核实不宜断言",
    "纯属谣言": "未经核实不宜断言",
}
SHORTEST = 20


def remarks(text: str) -> list[str]:
    """What a reviewer should look at, in Chinese; empty when nothing was seen."""
    found = [f"出现“{word}”：{why}" for word, why in UNFIT.items() if word in text]
    if has_personal_data(text):
        found.append("疑似含有个人信息（电话、证件号、门牌号、患者或未成年人姓名等），请核对后遮盖")
    if len(text.strip()) < SHORTEST:
        found.append("内容过短，是否写明核实情况和处置措施")
    return found


def has_personal_data(text: str) -> bool:
    """Whether something would be covered if it were crawled."""
    return mask(text) != text
