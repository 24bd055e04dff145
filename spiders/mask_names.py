"""Names of minors, patients and their next of kin, covered where a text says who they are.

There is no dictionary of words in this room: a name is told by its surname and by characters that parents
choose for given names, and by what stands before it (学生, 患者, 5岁的…). What reads like a name but is an
everyday word (平稳, 安全, 高烧) stays.
"""

from __future__ import annotations

import re

_DOUBLE = "欧阳|上官|司马|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|司徒|长孙|宇文|端木|东方|南宫"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛奚范彭郎鲁韦昌马苗凤花俞袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬傅皮卞齐伍余卜顾孟黄穆萧尹姚邵湛汪祁毛禹狄米贝臧戴宋茅庞熊纪"
    "舒屈项祝董梁杜阮蓝闵席季麻贾娄江童颜郭梅盛林刁钟徐邱骆夏蔡田樊胡凌霍虞支柯管卢莫房裘缪解应宗丁宣邓郁单杭洪包"
    "左崔吉龚程嵇邢裴陆荣翁荀羊甄封芮储靳段焦侯班仰秋仲宫仇武符刘景詹束龙叶司黎薄印怀蒲邰鄂索咸赖卓屠蒙池"
    "乔翟谭冉桑庄晏柴瞿阎慕习容古易廖耿匡寇东沃利蔚越隆巩聂晁勾敖融冷辛阚那简饶曾沙养鞠丰关荆游竺权逯盖桓岳邸闫肖付代"
)
# surnames that begin everyday words: believed only before two characters of a given name
_WORDLIKE = "安平高方时于向万常任路云水白石连温康文明宁甘牛曲"
_GIVEN = (
    "大伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂华建国志鹏飞宇轩浩然子涵梓豪诗雨萱欣怡佳琪思彤嘉俊晨博文雅婷悦晓玲红梅兰菊"
    "春秋冬雪梦瑶琳琴凤凰龙虎彪豹云霄海波江河湖山峰岩石林森松柏桐楠榕树辉煌耀灿烂阳旭昊昕晖晗晴暖朗睿哲智慧聪颖才彦贤良善德仁"
    "义礼信忠孝诚廉洁纯真美妍妮媛婉婧姝娴婕莉莎莹莲荷蓉蓓蕾薇芸芬芝茜茹萍菲菁蔓艺宝珍珠珊瑚玉璐琦玮瑞瑜瑾璇璟琛珂玥铭锋钢铁锐"
    "鑫银金铎钧镇坤乾天宏鸿弘洪广庆祥福禄寿喜顺利康健安宁泰达通畅远士儒翰墨书画诺默谦逊毅恒永长圆满成功新晋升进步奇胜凯捷威"
    "武震雷霆炎焱炳炜烨煜熙熠淼淑清泉澜润泽沛沐渊源瀚滨汐溪潇沁洛希望祺祯禹舜尧辰星月宸宙宾容宽家宗祖传承继昌盛兴旺富贵荣茂丰"
    "裕余根柱栋梁材柳杨槐桃李梨杏枫菡蕊馨香芹蕙权民卫东南西北忆怀念一亦逸依伊奕翼艾爱可柯若娅亚冉苒桥乔巧侨俏小筱雄熊勋训迅彬"
    "斌冰兵娉苹航舟帆凡繁芃朋澎恺铠楷锴淇麒齐岐栩许煦叙序绪珈迦茄伽奎葵魁逵童瞳昱钰育毓郁誉豫骏竣峻均君筠晶京景敬靖镜锦谨劲津"
    "芙孚甫辅付傅阜芷之知枝治质稚娥婵婶嫣姗姿倩翠萃莺燕鹃雁鸽鹤鸣飘虹霓霖露雯雾霜娇姣皎郡培佩霈丹聃旦诞妙苗渺吟音茵殷寅引尹印"
    "勤秦钦青卿顷倾素肃苏酥涑朔硕烁铄帅率甜恬田添填朝潮巢晁辽聊僚廖缭尚赏裳淳醇椿政征峥铮铨全荃生业光立"
)
_CJK = r"\u4e00-\u9fff"
_STOP = (
    r"(?!安全|毕业|高兴|和平|平安|平静|安静|时光|常年|万家|常有|任意|温和|金黄|关于|关心|关爱|单方|单独|广东|江西|"
    r"解决|应有|应在|应该|容易|华东|华南|华北|东方|江南|江北|马路|花园|花朵|简易|利用|许多|何时|何在|习惯|游行|游泳|曾有|"
    r"纪念|武大|仲夏|华侨|权益|权利|皮肤|季度|马路|全国|祖国|荣誉|舒适|童年|代表|代为|易燃|武力|宣传|包括|包容|管理|封闭|项目|支持|解放|季节|席位|利益|师生|师德|梅雨|景区|房东|房屋|左右)"
)
_CALLED = r"(?!先生|女士|大[爷妈娘哥姐叔]|阿姨|老师|医生|主任|教授|警官|护士|叔叔|师傅|[某家氏姓])"
_TAIL = r"(?!明[日天年早晚确]|生[前病活命产存]|家[属长里中人]|东[西北南侧]|一[名个起直些家次]|中[午学])"
_END = r"(?=[,，。；;：:、（()）\s]|$)"
_THEN = "(?=[在被因和与于今昨近曾已称说患走失遭坠溺落死身突遇受生术从到去的])"
_NAME = (
    rf"{_STOP}(?:(?:{_DOUBLE})(?:[{_GIVEN}]{_TAIL}[{_GIVEN}]|[{_CJK}]{_END})"
    rf"|[{_SURNAMES}{_WORDLIKE}]{_CALLED}[{_GIVEN}]{_TAIL}[{_GIVEN}]"
    rf"|[{_SURNAMES}]{_CALLED}(?:[{_GIVEN}]|[{_GIVEN}][{_CJK}]|[{_CJK}][{_GIVEN}]){_END}"
    rf"|[{_SURNAMES}]{_CALLED}[{_GIVEN}]{_THEN})"
)
_ROLES = (
    "(?:患儿|患者|病人|病患|幼童|幼儿|男童|女童|男孩|女孩|男生|女生|孩子|小孩|宝宝|学生|小学生|中学生|初中生|高中生|儿童|婴儿|"
    "新生儿|未成年人|(?<!不)少年|少女|考生|儿子|女儿|孙子|孙女|外孙|确诊病例|感染者|孕妇|产妇|死者|伤者|逝者)"
    "(?:的?(?:家属|家长|母亲|父亲|妈妈|爸爸|妻子|丈夫|爷爷|奶奶|监护人))?"
)
_AGE = r"(?:1[0-7]|\d|[一二三四五六七八九]|十[一二三四五六七]?)"
_RULES = (
    re.compile(rf"(?P<before>(?:{_ROLES})(?:叫做?|名叫|是|姓名)?\s*[:：]?\s*)(?P<name>{_NAME})"),
    re.compile(
        rf"(?P<before>(?<![\d一二三四五六七八九十]){_AGE}周?岁的?(?:男孩|女孩|男童|女童|儿子|女儿|孩子|学生)?)(?P<name>{_NAME})"
    ),
    re.compile(
        rf"(?P<before>(?<![{_CJK}])){_STOP}(?P<name>(?:{_DOUBLE}|[{_SURNAMES}{_WORDLIKE}])"
        rf"(?:[{_CJK}]{{1,2}}(?=[（(,，])|[{_GIVEN}]{{1,2}}))(?=[（(,，]?\s*(?:男|女)?[，,]?\s*{_AGE}\s*(?:周?岁|个月大))"
    ),
    re.compile(
        rf"(?P<before>){_STOP}(?P<name>(?:{_DOUBLE}|[{_SURNAMES}]){_CALLED}[{_GIVEN}]{{1,2}})"
        rf"(?=小?同学(?![{_CJK}]{{0,2}}[会校])|小朋友)"
    ),
)
_SIGNS = (re.compile(_ROLES), re.compile("岁"), re.compile("岁|个月大"), re.compile("同学|小朋友"))
_LONG = re.compile(f"^(?:{_DOUBLE})")


def names(text: str) -> str:
    """The text with such names covered: the surname and 某 for each further character."""
    for sign, rule in zip(_SIGNS, _RULES, strict=True):
        if sign.search(text):
            text = rule.sub(_cover, text)
    return text


def _cover(match: re.Match[str]) -> str:
    name = match["name"]
    surname = name[:2] if _LONG.match(name) else name[0]
    return match["before"] + surname + "某" * (len(name) - len(surname))
