"""Personal data masked before anything is stored (个人信息保护法 §28–31, DOMAIN.md §8.1).

What identifies a private person is covered, what describes the event stays: the last four digits of a
phone, the city letter of a plate, the building but not the door, the surname of a minor or a patient. Public
service numbers (110, 12345, the telephones of offices and firms named beside them) are not personal. Figures
and letters of full width are read like narrow ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from spiders import mask_names

_GAP = r"[-\s.·—－]"
_MOBILE = re.compile(
    rf"(?<![\d.])(?:(?:\+|00)?86[-\s]?)?(1[3-9]\d(?:{_GAP}?\d{{4}}{_GAP}?\d{{4}}|\d{{3}}{_GAP}\d{{5}}"
    rf"|\d{{2}}{_GAP}\d{{6}}|{_GAP}\d{{3}}{_GAP}\d{{5}}))(?!\d|\s*元)"
)
_LANDLINE = re.compile(
    r"(?<![\d-])((?:[（(]0\d{2,3}[)）]|0\d{2,3})[-\s—－]?)([2-8]\d{2,3}[-\s]?\d{4})(?![\d-]?\d)"
)
_PUBLIC = re.compile(
    "局|委|办公|政府|厅|热线|值班|咨询|举报|监督|投诉|客服|服务|中心|大队|支队|派出所|街道|社区|医院|学校|公司|集团|银行|"
    "燃气|供热|供水|供电|物业|报社|电视台|预约|报名|应急|救援|招聘|法院|检察|酒店|景区|营业|公布|官方|总机|传真|编辑部"
)
_PRIVATE = re.compile("我家|家里|家庭|住宅|宅电|座机|本人|我的|他的|她的")
_AROUND_BEFORE, _AROUND_AFTER = 18, 12
_ID_CARD = re.compile(
    r"(?<![\dA-Za-z])([1-9]\d{5})\s?(?:18|19|20)\d{2}\s?(?:0[1-9]|1[0-2])\s?(?:0[1-9]|[12]\d|3[01])\s?\d{3}\s?"
    r"([\dXx])(?![\dA-Za-z])"
)
_OLD_ID = re.compile(r"(身份证[^\d\n]{0,8})([1-9]\d{5})\d{9}(?!\d)")
_PASSPORT = re.compile(r"((?:护照|通行证|军官证)[^\dA-Za-z\n]{0,6}[A-Za-z]{1,2})\d{6,9}(?!\d)")
_BANK = re.compile(r"((?:银行卡|卡号|账号|帐号)[^\d\n]{0,8})(\d{4})[\d ]{7,16}(\d{3})(?![\d ]*\d)")
_UNION_PAY = re.compile(r"(?<![\d.])(62\d{2})(?:\s?\d){9,12}(\s?\d{3})(?!\s?\d)")
_PLATE = re.compile(
    r"([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z])[·•\s-]?"
    r"(?=[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9]))(?=[A-Z]{0,4}\d)[A-HJ-NP-Z0-9]{3,4}([A-HJ-NP-Z0-9]{2})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"(?<![A-Za-z0-9_.+-])([A-Za-z0-9])[A-Za-z0-9_.+-]*@([\w-]+(?:\.[\w-]+)+)")
_WECHAT = re.compile(
    r"((?<!官方)(?:微信号?|[微薇威VvＶ]信号?|加我?[Vv]|[vV][xX]|wx号?)[是为:：\s]{0,3})"
    r"(?!wechat|weixin)([A-Za-z])[A-Za-z0-9_-]{5,19}",
    re.IGNORECASE,
)
_QQ = re.compile(r"((?:QQ|扣扣)(?:号码?)?[是为:：\s]{0,3}[1-9])\d{4,10}(?!\d)", re.IGNORECASE)

# ------------------------------------------------------------------ doors
_NUMERAL = r"(?:\d+|[一二三四五六七八九十]+)"
# what follows a figure that is no room: 3号楼2026年交付, 5栋100余户
_NO_ROOM = r"(?![\d年月日元人户套平㎡米个名点时多余万千百亿家间件%％岁层号楼]|\s*(?:平方|厘米|公里))"
_ROOM = rf"(?:{_NUMERAL}\s*(?:室|房(?!屋)|号(?![楼院])|户(?!居|业|籍))|\d{{3,4}}{_NO_ROOM})"
_FLOOR = rf"(?:{_NUMERAL}\s*(?:层|楼)\s*)"
_ENTRY = rf"(?:{_NUMERAL}\s*(?:单元|门(?![前口诊店市卫]))\s*)"
_SIDE = r"(?:[东西南北中]+户)"
_HOUSE = rf"(?:{_NUMERAL}\s*(?:号楼|栋|幢|座|号院)|[A-Za-z]\s*座|\d+\s*[#＃]楼?)"
_INSIDE = (
    rf"(?:{_ENTRY}{_FLOOR}?(?:{_ROOM}|{_SIDE})?|{_FLOOR}(?:{_ROOM}|{_SIDE})"
    rf"|[-—]?\s*(?:\d{{1,2}}[-—])?{_ROOM})"
)
_DOOR = re.compile(rf"{_HOUSE}\s*{_INSIDE}")
_UNIT_DOOR = re.compile(rf"(?<!第)(?<![\d]){_ENTRY}(?:{_FLOOR}(?:{_ROOM}|{_SIDE})?|{_ROOM}|{_SIDE})")
_CODED_DOOR = re.compile(r"(?<![\d-])\d{1,3}-\d{1,2}-\d{3,4}(?![\d-])(?:室|号|户)?")
_AT_HOME = re.compile(r"((?:住址|地址|家住|住在|居住)[^。\n]{0,24}?)\d{2,4}\s*室")

Cover = str | Callable[[re.Match[str]], str]


def _phone_digits(match: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", match[1])
    return f"{digits[:3]}****{digits[-4:]}"


def _landline(match: re.Match[str]) -> str:
    """Covered unless an office or a firm is named beside it; a home's is covered always."""
    text, start, end = match.string, match.start(), match.end()
    before = re.split(r"[。；;\n！？]", text[max(0, start - _AROUND_BEFORE) : start])[-1]
    after = re.split(r"[。；;\n！？，,]", text[end : end + _AROUND_AFTER])[0]
    if _PUBLIC.search(before + after) and not _PRIVATE.search(before):
        return match[0]
    return f"{match[1]}****{match[2][-3:]}"


# What a text must hold for a rule to be tried: most pages hold none, and a look is cheaper than a rule.
_DIGITS = re.compile(r"\d{6}")
_CARD = re.compile("银行卡|卡号|账号|帐号|62\\d{2}")
_PHONE = re.compile(r"1[3-9]\d(?:\d|[-\s.·—－]\d)")
_AREA = re.compile(r"0\d{2,3}[)）\s—－-]?[-\s]?[2-8]\d{2}")
_BUILT = re.compile(r"[\d一二三四五六七八九十]\s*(?:单元|号楼|号院|[栋幢座门#＃室])|[A-Za-z]\s*座")
_LATIN = re.compile(r"[A-HJ-NP-Z][·•\s-]?[A-HJ-NP-Z0-9]{5}", re.IGNORECASE)
_AT = re.compile("@")
_CODED = re.compile(r"\d-\d{1,2}-\d")
_CHAT = re.compile("信|扣扣|[vV][xX:：\\s]|wx|QQ|qq|加我?[vV]", re.IGNORECASE)
_RULES: tuple[tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], Cover], ...]], ...] = (
    (_DIGITS, ((_ID_CARD, r"\1********\2"), (_OLD_ID, r"\1\2*********"), (_PASSPORT, r"\1******"))),
    (_CARD, ((_BANK, r"\1\2********\3"), (_UNION_PAY, r"\1********\2"))),
    (_PHONE, ((_MOBILE, _phone_digits),)),
    (_AREA, ((_LANDLINE, _landline),)),
    (_LATIN, ((_PLATE, r"\1***\2"),)),
    (_AT, ((_EMAIL, r"\1***@\2"),)),
    (_CHAT, ((_WECHAT, r"\1\2***"), (_QQ, r"\1****"))),
    (_BUILT, ((_DOOR, "**号楼"), (_UNIT_DOOR, "**单元"), (_AT_HOME, r"\1**室"))),
    (_CODED, ((_CODED_DOOR, "**-**-**"),)),
)
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ＠]")
_NARROW = {ord(wide): chr(ord(wide) - 0xFEE0) for wide in map(chr, (*range(0xFF10, 0xFF5B), 0xFF20))}


def mask(text: str) -> str:
    """The text with phones, IDs, cards, plates, doors and names of minors and patients covered."""
    wide = _WIDE.search(text) is not None
    seen = text.translate(_NARROW) if wide else text
    for sign, rules in _RULES:
        if sign.search(seen):
            for pattern, cover in rules:
                text = _covered(pattern, cover, text, seen) if wide else pattern.sub(cover, text)
                seen = text.translate(_NARROW) if wide else text
    return mask_names.names(text)


def _covered(pattern: re.Pattern[str], cover: Cover, text: str, seen: str) -> str:
    """As `sub`, found in the narrow text and replaced in the text as it was written."""
    parts, at = [], 0
    for match in pattern.finditer(seen):
        parts += [text[at : match.start()], cover(match) if callable(cover) else match.expand(cover)]
        at = match.end()
    return "".join((*parts, text[at:]))


def phone(text: str) -> str:
    """A telephone number as the console shows it: 138****5678, 0311-****678."""
    covered = _MOBILE.sub(_phone_digits, text)
    if covered != text:
        return covered
    digits = re.sub(r"\D", "", text)
    area = re.match(r"0\d{2,3}(?=[-\s])", text.strip())
    return f"{area[0] + '-' if area else ''}****{digits[-3:]}" if len(digits) >= 7 else "****"
