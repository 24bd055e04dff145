"""Personal data masked before anything is stored (个人信息保护法 §28–31, DOMAIN.md §8.1).

What identifies a private person is covered, what describes the event stays: the last four digits of a
phone, the city letter of a plate, the road but not the door, the surname of a minor or a patient. Public
service numbers (110, 12345, 0311-xxxxxxx switchboards of offices named beside them) are not personal.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_MOBILE = re.compile(r"(?<![\d.])(?:\+?86[-\s]?)?(1[3-9]\d)[-\s]?(\d{4})[-\s]?(\d{4})(?!\d)")
_LANDLINE = re.compile(r"(?<![\d-])(0\d{2,3})[-\s—－](\d{7,8})(?!\d)")
_ID_CARD = re.compile(
    r"(?<![\dA-Za-z])([1-9]\d{5})(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}([\dXx])(?![\dA-Za-z])"
)
_OLD_ID = re.compile(r"(身份证[^\d\n]{0,8})([1-9]\d{5})\d{9}(?!\d)")
_BANK = re.compile(r"((?:银行卡|卡号|账号|帐号)[^\d\n]{0,8})(\d{4})[\d ]{7,16}(\d{3})(?![\d ]*\d)")
_PLATE = re.compile(
    r"([京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z])[·•\s]?"
    r"(?=[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9]))(?=[A-Z]{0,4}\d)[A-HJ-NP-Z0-9]{3,4}([A-HJ-NP-Z0-9]{2})(?![A-Za-z0-9])"
)
_EMAIL = re.compile(r"(?<![A-Za-z0-9_.+-])([A-Za-z0-9])[A-Za-z0-9_.+-]*@([\w-]+(?:\.[\w-]+)+)")
_NUMERAL = r"(?:\d+|[一二三四五六七八九十]+)"
_DOOR = re.compile(
    rf"((?:小区|花园|家园|公寓|新村|苑|里|庄|城|院|府|园|湾|居|号|村|宿舍|大厦|栋|楼)\s*){_NUMERAL}\s*(?:号楼|栋|幢|座|号院)\s*"
    rf"(?:{_NUMERAL}\s*单元\s*)?(?:{_NUMERAL}\s*(?:层|楼)\s*)?(?:{_NUMERAL}\s*(?:室|号|户|房))?"
)
_UNIT_DOOR = re.compile(
    rf"{_NUMERAL}\s*单元\s*(?:{_NUMERAL}\s*(?:层|楼)\s*)?(?:{_NUMERAL}\s*(?:室|号|户|房)?)?(?![\d年月日元人])"
)
_CODED_DOOR = re.compile(r"(?<![\d-])\d{1,3}-\d{1,2}-\d{3,4}(?![\d-])(?:室|号|户)?")
_ROOM = re.compile(r"((?:住址|地址|家住|住在|居住)[^。\n]{0,24}?)\d{2,4}\s*室")

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴宋茅庞熊纪"
    "舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪解应宗丁宣邓郁单杭洪包"
    "左石崔吉龚程嵇邢裴陆荣翁荀羊甄曲封芮储靳段富巫焦弓侯全班仰秋仲宫宁仇祖武符刘景詹束龙叶幸司黎薄印白怀蒲从鄂索咸赖卓屠蒙池"
    "乔阴翟谭冉桑温庄晏柴瞿阎连习容向古易廖耿匡国文寇广东欧沃利蔚越师巩聂晁勾敖融冷辛阚那简饶曾关相查后荆红游竺权盖益桓公岳邸闫"
)
_NAME = rf"([{_SURNAMES}])[\u4e00-\u9fff]{{1,2}}"
_GIVEN_END = r"(?=[,，。；;：:、（()）\s在被因和与于的今昨近曾已称说患某走失遭坠溺落死身突遇受]|$)"
_ROLES = (
    "患儿|患者|病人|病患|幼童|幼儿|男童|女童|男孩|女孩|孩子|学生|小学生|中学生|初中生|高中生|儿童|婴儿|未成年人|"
    "少年|少女|受害女童|被害儿童|儿子|女儿|确诊病例|孕妇|产妇|死者|伤者"
)
_BEFORE = re.compile(rf"((?:{_ROLES})(?:叫|名叫|姓名[:：]?)?\s*){_NAME}{_GIVEN_END}")
_AGED = re.compile(
    rf"(?<![\u4e00-\u9fff]){_NAME}(?=[（(,，]?\s*(?:男|女)?[，,]?\s*(?:1[0-7]|\d)\s*(?:周?岁|个月大))"
)
_SON = re.compile(
    rf"((?<!\d)(?:\d|1[0-7])岁的?(?:男孩|女孩|男童|女童|儿子|女儿|孩子|学生)?){_NAME}{_GIVEN_END}"
)


def _stars(keep: str, count: int = 2) -> str:
    return keep + "某" * count if count else keep


def _name_before(match: re.Match[str]) -> str:
    hidden = len(match[0]) - len(match[1]) - 1
    return match[1] + _stars(match[2], hidden)


def _name_alone(match: re.Match[str]) -> str:
    return _stars(match[1], len(match[0]) - 1)


Cover = str | Callable[[re.Match[str]], str]
# What a text must hold for a rule to be tried: most pages hold none, and a look is cheaper than a rule.
_DIGITS = re.compile(r"\d{6}")
_CARD = re.compile("银行卡|卡号|账号|帐号")
_PHONE = re.compile(r"1[3-9]\d[-\s]?\d{4}")
_HOUSE = re.compile(r"单元|号楼|号院|[栋幢座]|\d\s*室")
_LATIN = re.compile(r"[A-HJ-NP-Z][·•\s]?[A-HJ-NP-Z0-9]{5}")
_AT = re.compile("@")
_CODED = re.compile(r"\d-\d{1,2}-\d")
_WHOM = re.compile(_ROLES)
_YEARS = re.compile("岁|个月大")
_RULES: tuple[tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], Cover], ...]], ...] = (
    (_DIGITS, ((_ID_CARD, r"\1********\2"), (_OLD_ID, r"\1\2*********"))),
    (_CARD, ((_BANK, r"\1\2********\3"),)),
    (_PHONE, ((_MOBILE, r"\1****\3"),)),
    (_LATIN, ((_PLATE, r"\1***\2"),)),
    (_AT, ((_EMAIL, r"\1***@\2"),)),
    (_HOUSE, ((_DOOR, r"\1**号楼"), (_UNIT_DOOR, "**单元"), (_ROOM, r"\1**室"))),
    (_CODED, ((_CODED_DOOR, "**-**-**"),)),
    (_WHOM, ((_BEFORE, _name_before),)),
    (_YEARS, ((_AGED, _name_alone), (_SON, _name_before))),
)


def mask(text: str) -> str:
    """The text with phones, IDs, cards, plates, addresses and names of minors and patients covered."""
    for sign, rules in _RULES:
        if sign.search(text):
            for pattern, cover in rules:
                text = pattern.sub(cover, text)
    return text


def phone(text: str) -> str:
    """A telephone number as the console shows it: 138****5678, 0311-****678."""
    covered = _MOBILE.sub(r"\1****\3", text)
    if covered != text:
        return covered
    digits = re.sub(r"\D", "", text)
    area = re.match(r"0\d{2,3}(?=[-\s])", text.strip())
    return f"{area[0] + '-' if area else ''}****{digits[-3:]}" if len(digits) >= 7 else "****"
