"""What the words around a place's name make of it: the scene, a person's origin, a yardstick, a product, a team."""

from __future__ import annotations

import re

_PRODUCTS = (
    "小笼包|小笼|烤鸭|醋鱼|龙井|拌面|板面|烧饼|火烧|扒鸡|烧鸡|板鸭|盐水鸭|鸭脖|牛肉面|拉面|刀削面|凉皮|凉粉|肉夹馍|"
    "米粉|米线|螺蛳粉|热干面|臭豆腐|火锅|麻辣烫|冒菜|小面|炒饭|烧烤|羊肉串|大盘鸡|煎饼|麻花|早茶|肠粉|菜馆|菜系|"
    "小吃店|料理|老醋|陈醋|香醋|老白干|啤酒|白酒|黄酒|茶叶|绿茶|红茶|毛尖|丝绸|刺绣|瓷器|苹果|大米|蜜桃|蜜橘|"
    "大枣|核桃|花椒|牛肉丸|手抓饼|锅盔|馄饨|酸汤|炸鸡|方言|话版|口音|菜(?![场市价农篮鸟])"
)
_PEOPLE = (
    "籍|人(?![民大社防才口流均居工质造力事员群])|男子|女子|男孩|女孩|男生|女生|小伙|姑娘|大爷|大妈|大叔|阿姨|老人|老太|老汉|游客|旅客|"
    "夫妻|夫妇|情侣|一家|网友|博主|学生|大学生|司机|商人|老板|农民工|务工|小哥|女士|先生|妹子|父子|母子|母女|"
    "旅行团|旅游团|驴友|球迷|考生|车主"
)
_FROM_BEFORE = re.compile(r"(?:来自|出身|祖籍|籍贯|老家在?|家在|生于|出生于|毕业于|原籍|户籍|从|离开|逃离|告别|飞离)$")
_FROM_AFTER = re.compile(rf"^(?:省|市|区|县|的)?(?:{_PEOPLE})")
_LEAVING = re.compile(r"(?:离开|逃离|告别|飞离)$")
_COMPARE_BEFORE = re.compile(
    r"(?:比|像|不如|不输|不亚于|堪比|媲美|好比|赶超|对标|学习|效仿|参考|借鉴|类似|不同于|有别于|相较于?|相比|有如|仿佛|"
    r"打卡版|平替版?|版的?|翻版|复刻|小|号称|被称为|人称|誉为)[“「『《]?$"
)
_COMPARE_AFTER = re.compile(r"^(?:市|区|县|省)?(?:[”」』》])?(?:之后|以后|相比|那样|那么|一样|模式|经验|同款|式的|还要|还(?=[热冷大多好贵难美堵]))")
_PRODUCT_AFTER = re.compile(rf"^(?:{_PRODUCTS})")
_TEAM_AFTER = re.compile(
    r"^(?:[A-Za-z]{2,}|[一-鿿]{0,2}(?:男篮|女篮|男排|女排|男足|女足|足球|俱乐部|战队|电竞)|队(?![伍员列])|绿城|国安|申花|海港|泰山队|"
    r"永昌|功夫|恒大|富力)"
)
_COMPANY_AFTER = re.compile(
    r"^(?:[一-鿿]{0,4}(?:股份|集团|科技股|证券|控股)|银行|高新(?!技|区|开|园|产)|农商行|燃气股|啤酒|信托|人寿)"
)


def context(before: str, after: str) -> str:
    """What a name is in its sentence: "" (the scene), or origin, leaving, compare, product, team, company."""
    if _LEAVING.search(before):
        return "leaving"
    if _PRODUCT_AFTER.match(after):
        return "product"
    if _COMPARE_BEFORE.search(before) or _COMPARE_AFTER.match(after):
        return "compare"
    if _TEAM_AFTER.match(after):
        return "team"
    if _COMPANY_AFTER.match(after):
        return "company"
    if _FROM_AFTER.match(after) or _FROM_BEFORE.search(before):
        return "origin"
    return ""
