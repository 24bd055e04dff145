"""What the quality tests of judging share: which office a verdict stands for, which kind of emergency."""

from __future__ import annotations

from collections.abc import Sequence

from rules.verdict import Verdict

# The seven first-level offices of complaints/taxonomy.csv, by the first topic of a verdict …
OFFICE = {
    "1": "城乡建设", "2": "城乡建设", "3": "环境保护", "4": "城乡建设", "5": "城乡建设", "6": "城乡建设",
    "7": "城乡建设", "8": "教育文体", "9": "卫生计生", "10": "商贸旅游", "11": "商贸旅游",
    "12": "劳动和社会保障", "13": "城乡建设", "14": "交通运输", "15": "商贸旅游", "16": "劳动和社会保障",
    "17": "教育文体", "18": "城乡建设", "19": "城乡建设", "20": "城乡建设", "21": "卫生计生",
}  # fmt: skip
# … and, where that taxonomy divides a topic of ours, by the first rule of it (food is 卫生计生 there).
OFFICE_OF_RULE = {
    "culture.tour": "商贸旅游", "culture.visitor": "商贸旅游", "consumer.food": "卫生计生",
    "consumer.drug": "卫生计生", "welfare.housing": "城乡建设",
}  # fmt: skip
EMERGENCY = {"14": "交通事故", "10": "食物中毒", "2": "地震", "15": "恐怖袭击", "1": "火灾"}


def office(verdict: Verdict) -> str:
    """The office for a complaint; those that no topic claims go where most go."""
    if not verdict.topics:
        return "城乡建设"
    first = verdict.topics[0]
    return OFFICE_OF_RULE.get(first.rules[0]) or OFFICE.get(first.id, "城乡建设")


def emergency(verdict: Verdict) -> str:
    """The kind of emergency of the first topic that is one."""
    return next((EMERGENCY[t.id] for t in verdict.topics if t.id in EMERGENCY), "火灾")


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """Of (truth, said) pairs: the mean over the true labels."""
    labels = sorted({truth for truth, _ in pairs})
    return sum(_f1(pairs, label) for label in labels) / len(labels)


def _f1(pairs: Sequence[tuple[str, str]], label: str) -> float:
    hit = sum(truth == said == label for truth, said in pairs)
    wrong = sum((truth == label) != (said == label) for truth, said in pairs)
    return 2 * hit / (2 * hit + wrong) if hit else 0.0
