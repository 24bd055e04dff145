"""What the words around a place's name make of it: the scene, an origin, a yardstick, a product, a team."""

from __future__ import annotations

import re
from typing import Literal

Role = Literal[
    "",
    "origin",
    "leaving",
    "compare",
    "product",
    "shop",
    "team",
    "club",
    "company",
    "road",
    "brand",
    "media",
    "admitted",
]
"""`""`: the scene, or plainly the subject. The others are explained in the patterns below."""

_PRODUCTS = (
    "小笼包|小笼|烤鸭|醋鱼|龙井|拌面|板面|烧饼|火烧|扒鸡|烧鸡|板鸭|盐水鸭|鸭脖|鸭血粉丝|牛肉面|拉面|刀削面|凉皮|凉粉|"
    "肉夹馍|米粉|米线|螺蛳粉|热干面|[一-鿿]{0,2}[粉糕饼面粥鸡鸭](?=(?:开[进到]|走[红向]|火[遍到爆]|香飘|亮相|畅销|热销|走俏|出海))|臭豆腐|火锅|麻辣烫|冒菜|小面|炒饭|烧烤|羊肉串|羊肉|羊汤|大盘鸡|煎饼|麻花|早茶|肠粉|"
    "菜系|小吃|料理|老醋|陈醋|香醋|老白干|啤酒|白酒|黄酒|茶叶|绿茶|红茶|毛尖|丝绸|刺绣|瓷器|苹果|大米|蜜桃|蜜橘|"
    "大枣|核桃|花椒|牛肉丸|手抓饼|锅盔|馄饨|酸汤|炸鸡|鸡公煲|方言|话版|口音|话(?![费题筒剧])|菜(?![场市价农篮鸟贩地])|特产|鸡架|烤冷面|锅包肉|火腿|梆子|评弹|大鼓|相声|皮肤|联名|手办|盲盒|表情包|cg(?![a-z])|副本|服务器"
)
_PEOPLE = (
    "籍|人(?![民大社防才口流均居工质造力事员群])|男子|女子|男孩|女孩|男生|女生|男童|女童|小伙|姑娘|大爷|大妈|大叔|阿姨|"
    "老人|老太|老汉|游客|旅客|夫妻|夫妇|情侣|网友|博主|学生|大学生|司机|商人|老板|农民工|务工|小哥|女士|先生|妹子|父子|母子|"
    "母女|旅行团|旅游团|毕业生|学子|校友|研究生|博士|硕士|高材生|研学团|驴友|球迷|考生|车主|货车司机|网红|球员|选手|一家[三四五六]?口|一男子|一女子|一游客|一家"
)
_SHOPS = "店|[一二三四五六七八九0-9]?厂|馆|城|街|节|摊|门店|连锁|铺|酒楼"
_WATERWORKS = "水务|燃气|公交|地铁|轨道|热力|供电|供水|城投|交投|文旅|环境|国资|机场|高铁|政府|人民|市场|消防"
_NOT_TEAMS = (
    "cbd|gdp|ktv|icu|app|ai|mall|led|cpi|ppi|mba|ip|vip|ems|ct|dna|hiv|ceo|ipo|ppp|5g|suv|pm|bus|brt|nba|cba"
)

_LEAVING = re.compile(r"(?:离开|逃离|告别|飞离)$")
_ADMITTED_BEFORE = re.compile(r"(?:考上|考入|考取|考进|毕业于|就读于|考研到)$")
_ADMITTED_AFTER = re.compile(r"^(?:提前|破格|免试)?(?:录取|毕业|硕士毕业|博士毕业)")
_FROM_BEFORE = re.compile(
    r"(?:来自|出身|祖籍|籍贯|老家在?|家在|出生于|生于|毕业于|原籍|户籍|户籍地|自)[“「]?$"
)
_FROM_AFTER = re.compile(
    rf"^(?:省|市|区|县|的)?(?:[一某两0-9二三四五六七八九十数]{{1,3}}[名位个支对辆]?)?[男女]?(?:{_PEOPLE})"
)
_COMPARE_BEFORE = re.compile(
    r"(?:比|像|不如|不输|不亚于|堪比|媲美|好比|赶超|对标|学习|效仿|参考|借鉴|类似|不同于|有别于|相较于?|相比|有如|仿佛|"
    r"平替|版的?|翻版|复刻|号称|被称为|人称|誉为|不是|并非|而非|区别于|所谓|小)[“「『《]?$"
)
_COMPARE_AFTER = re.compile(
    r"^(?:市|区|县|省)?(?:[”」』》])?(?:之后|以后|相比|那样|那么|一样|模式|经验|同款|式的|似的|还要|"
    r"还(?=[热冷大多好贵难美堵])|更(?=[热冷大多好贵难美堵]))"
)
_PRODUCT_AFTER = re.compile(
    rf"^(?:市|省|区|县)?(?:的|特色|名菜|特产|老字号)?(?:{_PRODUCTS})(?P<shop>{_SHOPS})?"
)
_CLUB_AFTER = re.compile(
    rf"^(?!(?:{_NOT_TEAMS})(?![a-z]))[a-z]{{2,5}}(?![a-z])|"
    r"^(?:绿城|国安|申花|海港(?!区)|泰山队|永昌|功夫队|恒大(?!集团|地产)|富力(?!地产)|三镇|亚泰|蓉城|津门虎|海牛|梅州客家)"
)
_TEAM_AFTER = re.compile(
    r"^(?:[一-鿿]{0,2}(?:男篮|女篮|男排|女排|男足|女足|足球队|俱乐部|战队|电竞|乒乓球队)|队(?![伍员列]))"
)
_COMPANY_AFTER = re.compile(
    rf"^(?!{_WATERWORKS})(?:[一-鿿]{{0,4}}(?:股份|控股|证券|科技股|信托|人寿)|银行|高新(?![技区开园产])|农商行|万达(?!广场|影城|小区|公馆|城)|"
    r"[一-鿿]{2}集团)"
)
_ROAD_AFTER = re.compile(
    r"^[东南西北中]?[一二三四]?(?:路(?!面|人|过|上|况|段|边|遇|灯|网|费|线|政|桥)|街(?!道|头|区|坊|舞|上|边|拍)|大街|大道|巷|弄|里弄|胡同|立交|"
    r"[东南西北中]?路街道)"
)
_BRAND_AFTER = re.compile(
    r"^(?:高中|中学|一中|二中|外国语|实验学校|小学|幼儿园|师范大学|大学|学院|医院|商会|会馆|大厦|饭店|宾馆|酒店|"
    r"路|街|大道|商贸城|小商品城|体育场|体育馆|公园|花园|移民|老乡|同乡|办事处|驻)"
)
_MEDIA_AFTER = re.compile(
    r"^(?:市|省)?(?:日报|晚报|都市报|早报|商报|青年报|广电|电视台|卫视|广播|新闻网|新闻客户端|发布(?=[：:，]|$))"
)


def context(before: str, after: str) -> Role:
    """What a name is in its sentence, from a few characters on each side (folded)."""
    role = _by_what_follows(after)
    if role:
        return role
    if _LEAVING.search(before):
        return "leaving"
    if _ADMITTED_BEFORE.search(before) or (before.endswith("被") and _ADMITTED_AFTER.match(after)):
        return "admitted"
    if _COMPARE_BEFORE.search(before) or _COMPARE_AFTER.match(after):
        return "compare"
    if _FROM_AFTER.match(after) or _FROM_BEFORE.search(before):
        return "origin"
    return ""


def _by_what_follows(after: str) -> Role:
    product = _PRODUCT_AFTER.match(after)
    if product:
        return "shop" if product["shop"] else "product"
    for role, pattern in _FOLLOWING:
        if pattern.match(after):
            return role
    return ""


_FOLLOWING: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("club", _CLUB_AFTER),
    ("team", _TEAM_AFTER),
    ("company", _COMPANY_AFTER),
    ("road", _ROAD_AFTER),
    ("media", _MEDIA_AFTER),
)

_ARRIVING = re.compile(
    r"(?:在|于|到|到了|赴|去|来|回|飞|飞往|抵达|前往|游|逛|途经|途径|进入|入住|打卡|漂在|被|遭)[“「]?$|"
    rf"(?:{_PEOPLE})[，,]?(?:在|到|去|赴|游|飞|玩)?$"
)
_SCENE_AFTER = re.compile(
    r"^(?:市|省|区|县)?(?:警方|公安|街头|景区|旅游|游玩|境内|机场|高速|一|某|海边|海域|酒店|溺水|溺亡|潜水|遇|失联|失踪|被|打工|务工|"
    r"坠|身亡|遭|徒步|自驾|看海|度假)"
)


_IN = re.compile(r"(?:在|于|赴|去|到|飞|抵达|前往|游)[“「]?$")


def is_plainly_there(before: str) -> bool:
    """Whether the word before a place says outright that it happened there (在西藏)."""
    return bool(_IN.search(before))


def is_scene(before: str, after: str) -> bool:
    """Whether a place is said to be where it happened (在三亚, 三亚警方)."""
    return bool(_ARRIVING.search(before) or _SCENE_AFTER.match(after))


_CAMPUS_AFTER = re.compile(r"^(?:医院|校区|分校|研究院|研究生院|学院|附属|附中|实验学校|国际校区|总医院)")


def is_campus(after: str) -> bool:
    """Whether a place is where a university has a branch (北京大学深圳医院)."""
    return bool(_CAMPUS_AFTER.match(after))


def is_branch(after: str) -> bool:
    """Whether what follows a name makes it the name of a school, house or shop (衡水高中)."""
    return bool(_BRAND_AFTER.match(after))
