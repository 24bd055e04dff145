"""Lines that stand in an article's container but are not the article: editors, sharing, related, page furniture."""

from __future__ import annotations

import re

from spiders.extract_meta import key

_CUT_LINE = re.compile(
    r"^[\s【\[（(<《▌■▲△●◎★>]*(?:"
    r"(?:本文|本期|文章|稿件|信息|新闻|内容)?(?:责任|本期|本文|值班|执行|编辑|网络|网站|美术|图文|新媒体|微信|实习|见习|栏目|主|监制|版面|文字)?(?:编辑|责编|责任编缉|编审|校对|校审|终审|审核|审校|初审|复审|监审|签发|主编|监制|值班编委|编校|排版|美编|编发|编导|统筹|策划|制作)\s*[:：|丨/｜]"
    r"|(?:本文|文章|信息|稿件|新闻)?(?:来源|稿源|出处)\s*[:：|丨]"
    r"|(?:责任编辑|责编|编辑)\s*[：:]?\s*\S{0,6}$"
    r"|(?:发布|发表|更新|发稿|公开|成文)(?:时间|日期)\s*[:：]"
    r"|(?:浏览|点击|阅读|访问)(?:次数|量|数)?\s*[:：]?\s*\d*\s*次?$"
    r"|(?:字体|字号|文字大小|视力保护色|打印本页|关闭窗口|返回顶部|打印|关闭|收藏|分享到|分享|扫一扫|二维码)"
    r"|(?:上一篇|下一篇|上一页|下一页|上篇|下篇|上一条|下一条|前一篇|后一篇|上一则|下一则)"
    r"|(?:原标题|本文原标题)\s*[:：]"
    r"|(?:点击进入专题|进入专题|此前报道|更多(?:精彩|新闻|内容|资讯|详情)|点击查看|查看更多|查看原文|阅读原文|展开全文|返回首页|返回搜狐|打开APP|下载APP)"
    r"|(?:相关资讯请关注|更多相关内容|本文由\S{1,20}(?:原创|首发)|未经(?:授权|允许|许可)|转载请注明|版权声明|免责声明|特别声明|声明[:：]|郑重声明|举报|投诉|纠错|我要纠错|本文来自)"
    r"|(?:长按|扫描|识别|扫码)\S{0,12}(?:二维码|关注)"
    r"|(?:图集|\+1|附件下载[:：]?|已有\d+人|用微信扫|微信扫一扫|关注我们)$"
    r")"
)
_STOP = re.compile(
    r"^[\s【\[（(<《▌■▲△●◎★>]*(?:相关(?:阅读|新闻|报道|链接|文章|推荐|稿件|专题|内容|资讯|信息)|推荐阅读|延伸阅读|更多阅读|猜你喜欢|为您推荐|热门(?:推荐|文章|新闻|评论|排行)"
    r"|(?:精彩|最新|网友|全部|热门)评论|往期(?:回顾|推荐|精选)|大家都在看|看了又看|热点(?:新闻|推荐)|您可能(?:也|还)?(?:感兴趣|喜欢)|文章评论|发表评论|我要评论|友情链接)[】\]）)>》]?\s*[:：]?\s*(?:>>|更多)?$"
)
_SCAN = re.compile(r"(?:扫描|扫码|长按|识别|关注|左方|右方|上方|下方).{0,12}二维码|二维码.{0,8}(?:关注|下载|进群)|^\S{2,10}(?:微信)?公众号$")
_FURNITURE_PART = re.compile(r"(?:浏览|阅读|点击|访问)(?:次数|量|数)|字体|字号|打印|来源\s*[:：]|发布时间|发布日期|(?:点击|浏览|阅读|人气|时间|日期|作者|记者|发布人|发布者|发布|供稿|审核|撰稿|摄影)(?:数|量)?\s*[:：]|编辑\s*[:：]|【大|\[大|大\s*中\s*小")
_TAIL_NOTE = re.compile(r"\s*[（(【\[](?:责任编辑|责编|编辑|实习编辑|校对|原标题|来源|本文来自|完|END)[^（(【\[]{0,60}[)）】\]]\s*$|\s*(?:责任编辑|责编)\s*[:：]\s*\S{1,8}\s*$")
_PAGES = re.compile(r"^(?:\s|\d{1,3}|上一页|下一页|首页|末页|尾页|全文|阅读全文|余下全文|共\d+页)+$|^(?:首页|尾页|末页|共\d+页|第\d+页|[\d\s]+|[<>«»\s\d…]+)$")


_STAMP = re.compile(
    r"^(?:\S{2,12}[\s|]+)?(?:发布于|发表于)?\s*(?:20\d\d\s*[-/.年]\s*)?\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:\s*星期.)?\s*(?:\d{1,2}:\d{2}(?::\d{2})?)?(?:[\s|]+\S{2,12})?$"
)


_DATED = re.compile(r"20\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}")
_CREDIT = re.compile(r"来源|记者|作者|字号|评论|阅读|浏览|编辑")


def article_lines(lines: list[str], title: str) -> list[str]:
    """The lines that are the article's own, in order."""
    kept: list[str] = []
    head = key(title)
    room = max(3, len(lines) // 3)
    for i, raw in enumerate(lines):
        line = _TAIL_NOTE.sub("", raw) if len(raw) < 2000 else raw
        if not line:
            continue
        if i >= room and _STOP.match(line):
            break
        if _furniture(line) or (not kept and _opening(line, head)):
            continue
        kept.append(line)
    return kept


def _opening(line: str, head: str) -> bool:
    """What may stand in the container above the text: the headline again, the stamp of time and source."""
    if len(line) > 120:
        return False
    credited = _DATED.search(line) and _CREDIT.search(line) and "。" not in line
    return bool(credited or _STAMP.match(line)) or (bool(head) and key(line) == head)


def _furniture(line: str) -> bool:
    if len(line) <= 60 and _SCAN.search(line):
        return True
    if len(line) <= 90 and (_CUT_LINE.match(line) or _PAGES.match(line)):
        return True
    return len(line) <= 140 and len(_FURNITURE_PART.findall(line)) >= 2
