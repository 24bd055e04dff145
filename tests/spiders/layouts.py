# ruff: noqa: E501 - markup reads best as the lines it is served in
"""Pages as Chinese systems build them, written by hand: every place, person and event is invented."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from urllib.parse import quote

TITLE = "青石区组织力量抢修槐树街供水管道"
P = (
    "昨天夜里，青石区槐树街一处供水主管道因老化破裂，附近三个小区约两千户居民用水受到影响。",
    "区住建局接报后立即启动应急预案，组织抢修队伍连夜赶赴现场，并调来六台送水车为居民临时供水。",
    "“我们分两班干，人歇机器不歇。”抢修队长站在半人深的水坑里说，预计今天下午四点前可以恢复供水。",
    "记者在现场看到，破裂的管道铺设于上世纪九十年代，管壁锈蚀严重，周边路面已出现轻微沉降，交警正在疏导过往车辆。",
    "区住建局有关负责人表示，下一步将对全区同期铺设的管道进行一次全面排查，发现隐患及时更换。",
)
PARAS = "".join(f"<p>　　{p}</p>" for p in P)
NAV = (
    '<div class="nav"><ul>'
    + "".join(
        f'<li><a href="/{i}/">{n}</a></li>'
        for i, n in enumerate(("首页", "要闻", "政务公开", "办事服务", "互动交流", "走进青石"))
    )
    + "</ul></div>"
)
HOT = (
    "石桥镇举办第八届桃花节吸引游客十万人", "青石区第三小学新校区九月投入使用", "我区召开安全生产工作会议部署下阶段任务", "老旧小区加装电梯惠及五百户居民",
    "青石区首批公共充电桩建成启用", "槐树街道开展反诈宣传进社区活动", "全区夏粮收购工作进展顺利", "区图书馆延长暑期开放时间",
)  # fmt: skip
SIDE = (
    '<div class="{0}"><h3>热点新闻</h3><ul>'
    + "".join(f'<li><a href="/n/{i}.html">{t}</a></li>' for i, t in enumerate(HOT))
    + "</ul></div>"
)
FOOT = '<div class="footer"><p>主办：青石区人民政府办公室　承办：青石区信息中心</p><p>未经许可，不得转载本网站内容。网站标识码：1300000001　冀ICP备00000001号</p></div>'
COMMENTS = '<div class="{0}">' + "".join(
    f'<div class="it"><span class="u">网友{i}</span><p>{t}</p><span>3小时前</span></div>'
    for i, t in enumerate(("这条管子早就该换了，去年也漏过一次，当时只是打了个补丁。", "点赞抢修工人，大半夜的真不容易，希望早点来水。",
                           "我家住六楼，早上起来一滴水都没有，孩子上学差点迟到。", "建议把停水通知发到业主群里，别等停了才说。") * 3)
) + "</div>"  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """One page and what a reader would say it holds."""

    name: str
    html: str
    title: str = TITLE
    time: str | None = "2026-03-18T09:26"
    text: tuple[str, ...] = P
    media: str | None = None
    url: str | None = None
    encoding: str = "utf-8"
    never: tuple[str, ...] = ()
    kind: str = "article"
    extra: dict[str, str] = field(default_factory=dict)

    @property
    def raw(self) -> bytes:
        return self.html.encode(self.encoding, "xmlcharrefreplace")


def page(
    body: str,
    title: str = TITLE,
    site: str = "青石新闻网",
    head: str = "",
    charset: str = "utf-8",
    sep: str = "_",
) -> str:
    return f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}{sep}{site}</title>{head}</head><body>{body}</body></html>'


def meta(**names: str) -> str:
    return "".join(f'<meta name="{k}" content="{v}">' for k, v in names.items())


GOV = meta(
    SiteName="青石区人民政府",
    ColumnName="青石要闻",
    ArticleTitle=TITLE,
    PubDate="2026-03-18 09:26",
    ContentSource="青石区融媒体中心",
)

TRS = Layout(
    "trs_gov_gbk",
    page(
        f'{NAV}<div class="xl_main"><h2>{TITLE}</h2><div class="xl_info">发布时间：2026-03-18 09:26　来源：青石区融媒体中心　浏览次数：<span>128</span>'
        f'　字体：[<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>]</div><div class="TRS_Editor"><style>.TRS_Editor P{{line-height:2}}</style>{PARAS}</div>'
        f'<div class="xgwz">相关文章</div></div>{SIDE.format("right-list")}{FOOT}',
        charset="gb2312", head=GOV, site="青石区人民政府",
    ),
    encoding="gbk", media="青石区融媒体中心", never=("浏览次数", "ICP备", "桃花节"),
)  # fmt: skip

ZOOM_TABLE = Layout(
    "zoom_nested_tables",
    page(
        '<table width="1000" align="center"><tr><td>' + NAV + '</td></tr></table><table width="1000"><tr><td width="200">'
        + "<table>" + "".join(f'<tr><td><a href="/n/{i}.htm">{t}</a></td></tr>' for i, t in enumerate(HOT)) + "</table></td><td>"
        f'<table><tr><td align="center"><font size="5"><b>{TITLE}</b></font></td></tr><tr><td align="center">2026年3月18日 09:26 来源：青石日报</td></tr>'
        f'<tr><td id="zoom"><font>{"<br><br>".join("　　" + p for p in P)}</font></td></tr><tr><td>【<a href="#">打印</a>】【<a href="#">关闭</a>】</td></tr></table>'
        "</td></tr></table>" + FOOT,
        charset="gbk", site="青石区政府网", sep=" - ",
    ),
    encoding="gbk", media="青石日报", never=("打印", "桃花节"),
)  # fmt: skip

NO_TITLE_TAG = Layout(
    "title_is_the_site_name",
    f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>青石区人民政府门户网站</title></head><body>{NAV}'
    f'<div class="weizhi">当前位置：<a href="/">首页</a> &gt; <a href="/yw/">青石要闻</a></div><div class="con"><div class="tit">{TITLE}</div>'
    f'<div class="ly">时间：2026-03-18 09:26&nbsp;&nbsp;来源：区政府办</div><div class="nr">{PARAS}</div></div>{FOOT}</body></html>',
    media="区政府办",
)

UCAP = Layout(
    "ucap_gov",
    page(
        f'<div class="article"><h1>{TITLE}</h1><div class="pages-date">2026-03-18 09:26 <span class="font">来源： 新华社</span><span>字号：默认 大 超大</span><div class="share">分享 微信 微博</div></div>'
        f'<div class="pages_content" id="UCAP-CONTENT">{PARAS}<p style="text-align:right">责任编辑：张三</p></div><div class="editor">【我要纠错】</div></div>{FOOT}',
        site="青石区人民政府门户网站",
    ),
    media="新华社", never=("责任编辑", "纠错", "微博"),
)  # fmt: skip

SINA = Layout(
    "portal_artibody",
    page(
        f'<div class="main-title-wrap"><h1 class="main-title">{TITLE}</h1><div class="date-source"><span class="date">2026年03月18日 09:26</span><a class="source" href="/s">青石晚报</a></div></div>'
        f'<div class="article" id="artibody"><div class="img_wrapper"><img src="a.jpg"><span class="img_descr">供水管道抢修现场</span></div>{PARAS}'
        '<p class="show_author">责任编辑：李四 SN230</p><div class="wx_qr">扫码关注</div></div>'
        f'<div class="keywords">关键字：<a>供水</a></div>{COMMENTS.format("hqComment")}{SIDE.format("sidebar")}{FOOT}',
        site="新闻中心", sep="_", head='<meta property="article:published_time" content="2026-03-18T09:26:33+08:00">',
    ),
    media="青石晚报", never=("李四", "桃花节", "打了个补丁"),
)  # fmt: skip

NETEASE = Layout(
    "portal_post_body",
    page(
        f'<div class="post_main"><h1 class="post_title">{TITLE}</h1><div class="post_info">2026-03-18 09:26:05　来源: <a href="#">青石观察</a>　青石　<a>举报</a></div>'
        f'<div class="post_body"><p class="otitle">（原标题：槐树街供水管道破裂）</p>{PARAS}</div><div class="post_statement">特别声明：以上内容为自媒体平台用户上传并发布。</div>'
        f'<div class="post_recommend">{SIDE.format("list")}</div></div>{FOOT}',
        site="网易订阅",
    ),
    media="青石观察", never=("特别声明", "桃花节"),
)  # fmt: skip

SOHU = Layout(
    "portal_article_id",
    page(
        f'<div class="text"><div class="text-title"><h1>{TITLE}<span class="article-tag"><span class="tag">原创</span></span></h1><div class="article-info"><span class="time" id="news-time" data-val="1773797160000">2026-03-18 09:26</span></div></div>'
        f'<article class="article" id="mp-editor">{PARAS}<p>返回搜狐，查看更多</p><p class="editor">责任编辑：</p></article><div class="statement">平台声明：该文观点仅代表作者本人。</div></div>'
        f'{SIDE.format("hot-article")}{FOOT}',
        site="青石号",
    ),
    title=TITLE, never=("返回搜狐", "平台声明"),
)  # fmt: skip

PEOPLE = Layout(
    "paper_rm_txt",
    page(
        f'<div class="layout rm_txt cf"><div class="col col-1"><h1>{TITLE}</h1><div class="channel cf"><div class="col-1-1 fl">2026年03月18日09:26 | 来源：<a href="#">青石网－青石日报</a></div><div class="col-1-2 fr">小字号</div></div>'
        f'<div class="rm_txt_con cf"><div class="bza"><p>原标题：槐树街抢修供水管道</p></div>{PARAS}<div class="edit cf">(责编：王五、赵六)</div></div></div>{SIDE.format("col col-2")}</div>{FOOT}',
        site="地方频道--青石网", sep="--", charset="gb2312",
    ),
    encoding="gb18030", never=("王五", "桃花节", "小字号"),
)  # fmt: skip

XINHUA = Layout(
    "paper_detail_id",
    page(
        '<div class="header domPC"><div class="header-cont clearfix"><div class="header-time left"><span class="year"><em> 2026</em></span><span class="day"><em>03</em>/<em>18</em></span><span class="time">09:26:12</span></div>'
        f'<div class="source">来源：青石社</div><div class="head-line clearfix"><h1><span class="title">{TITLE}</span></h1></div></div></div>'
        f'<div class="main clearfix"><div class="main-left left"><div id="detail"><span id="detailContent">{PARAS}</span><div id="articleEdit"><span class="editor">【责任编辑:钱七】</span></div></div></div><div class="main-right right">{SIDE.format("columBox")}</div></div>{FOOT}',
        site="青石网", sep="-", head=meta(publishdate="2026-03-18"),
    ),
    media="青石社", never=("钱七", "桃花节"),
)  # fmt: skip

CCTV = Layout(
    "tv_content_area",
    page(
        f'<div class="title_area"><h1>{TITLE}</h1><div class="info1">来源：青石电视台 | 2026年03月18日 09:26:40</div></div><div class="content_area" id="content_area"><p class="photo_img_20190808"><img src="x"></p>{PARAS}</div>'
        f'<div class="zebian"><span>编辑：孙八</span><span>责任编辑：周九</span></div>{FOOT}',
        site="青石台",
    ),
    media="青石电视台", never=("孙八",),
)  # fmt: skip

WECHAT = Layout(
    "wechat",
    f'<html><head><title></title><meta property="og:title" content="{TITLE}"><meta property="og:type" content="article"></head><body><div id="js_article"><div id="img-content"><h1 class="rich_media_title" id="activity-name">{TITLE}</h1>'
    '<div id="meta_content"><a id="js_name">青石发布</a><em id="publish_time"></em></div>'
    f'<div class="rich_media_content" id="js_content" style="visibility: hidden; opacity: 0;"><section><section>{"".join(f"<p><span>{p}</span></p>" for p in P)}</section></section></div></div></div>'
    '<div id="js_pc_qr_code"><p>微信扫一扫关注该公众号</p></div>'
    '<script>var msg_title = "x"; var ct = "1773797160"; var nickname = "青石发布";</script></body></html>',
    media="青石发布", never=("扫一扫",),
)  # fmt: skip

TOUTIAO = Layout(
    "toutiao_render_data",
    page(
        f'<div id="root"></div><script id="RENDER_DATA" type="application/json">{quote(json.dumps({"data": {"title": TITLE, "content": PARAS, "publishTime": "2026-03-18 09:26", "source": "青石融媒"}}))}</script>',
        site="今日头条", sep=" - ",
    ),
    media="青石融媒",
)  # fmt: skip

BASE_DATA = Layout(
    "toutiao_base_data",
    page(
        '<script>var BASE_DATA = ' + json.dumps({"articleInfo": {"title": TITLE, "content": PARAS.replace("<", "&lt;").replace(">", "&gt;"), "subInfo": {"source": "青石融媒", "time": "2026-03-18 09:26:00"}}}, ensure_ascii=False) + ";</script><div id=app></div>",
    ),
)  # fmt: skip

NEXT = Layout(
    "next_data",
    page(
        '<div id="__next"><h1>加载中</h1></div><script id="__NEXT_DATA__" type="application/json">'
        + json.dumps({"props": {"pageProps": {"detail": {"contentDetail": {"name": TITLE, "content": PARAS, "pubTime": "2026-03-18 09:26", "author": "青石客"}}}}}, ensure_ascii=False).replace("</", "<\\/") + "</script>",
        site="青石号", sep="_",
    ),
)  # fmt: skip

JSON_LD = Layout(
    "json_ld_and_divs",
    page(
        f'<main><h1 class="css-1x">{TITLE}</h1><div class="css-2y">青石周刊</div><div class="css-3z">{"".join(f"<div class=css-4>{p}</div>" for p in P)}</div></main>{SIDE.format("css-9")}{FOOT}',
        head='<script type="application/ld+json">' + json.dumps({"@type": "NewsArticle", "headline": TITLE, "datePublished": "2026-03-18T01:26:00Z", "publisher": {"name": "青石周刊"}}, ensure_ascii=False) + "</script>",
    ),
    never=("桃花节",),
)  # fmt: skip

DISCUZ = Layout(
    "discuz_thread_gbk",
    page(
        f'<div id="pt" class="bm cl"><a href="/">青石论坛</a> › <a href="/f">民生</a></div><div id="postlist" class="pl bm"><table><tr><td class="plc ptm pbn vwthd"><h1 class="ts"><a href="#">[民生]</a> <span id="thread_subject">{TITLE}</span></h1></td></tr></table>'
        + "".join(
            f'<div id="post_{i}"><table class="plhin"><tr><td class="pls"><div class="authi"><a>网友{i}</a></div><p>积分 {i}00</p></td><td class="plc"><div class="pi"><div class="authi"><em id="authorposton{i}">发表于 2026-3-18 {9 + i:02d}:26</em></div></div>'
            f'<div class="pct"><div class="pcb"><div class="t_fsz"><table><tr><td class="t_f" id="postmessage_{i}">{text}</td></tr></table></div></div></div></td></tr></table></div>'
            for i, text in enumerate(("<br>\r\n".join(P), "楼主说得对，我们小区昨晚也停水了，物业说要到下午才来。", "顶一下，希望有关部门重视起来，把老管子都换了。"))
        )
        + "</div>" + FOOT,
        charset="gbk", site="青石论坛 - Powered by Discuz!", sep=" - 民生 - ",
    ),
    encoding="gbk", kind="forum", never=("楼主说得对", "积分"),
)  # fmt: skip

TIEBA = Layout(
    "tieba_thread",
    page(
        f'<div class="core_title"><h3 class="core_title_txt pull-left" title="{TITLE}">{TITLE}</h3></div><div class="p_postlist">'
        + "".join(
            f'<div class="l_post l_post_bright j_l_post"><div class="d_author"><li class="d_name"><a>吧友{i}</a></li></div><div class="d_post_content_main"><div class="p_content"><cc><div class="d_post_content j_d_post_content">{t}</div></cc></div>'
            f'<div class="core_reply"><div class="post-tail-wrap"><span class="tail-info">{i + 1}楼</span><span class="tail-info">2026-03-18 {9 + i:02d}:26</span></div></div></div></div>'
            for i, t in enumerate(("<br>".join(P), "同城的，我们这边水压也小了好多。", "这水管是该换换了，几十年了。"))
        ) + "</div>",
        site="青石吧_百度贴吧", sep="_",
    ),
    kind="forum", url="https://tieba.baidu.com/p/1234567890", never=("水压也小",),
)  # fmt: skip

BARE_DIVS = Layout(
    "no_names_at_all",
    page(
        f'<div><div><a href="/">首页</a> <a href="/a">新闻</a> <a href="/b">专题</a></div></div><div><div><div><b>{TITLE}</b></div><div>2026/03/18 09:26 青石早报 记者 郑十</div></div><div>{"".join(f"<div>{p}</div>" for p in P)}</div></div>'
        f'<div><div>推荐</div>{"".join(f"<div><a href=/x{i}>{t}</a></div>" for i, t in enumerate(HOT))}</div><div>版权所有 青石早报社 电话：0000-0000000</div>',
    ),
    never=("桃花节", "版权所有"),
)  # fmt: skip

BR_TEXT = Layout(
    "text_with_breaks_in_center",
    page(
        f'<center><h2>{TITLE}</h2><small>青石区水务局　二〇二六年三月十八日</small></center><hr><blockquote>{"<br>&nbsp;&nbsp;&nbsp;&nbsp;".join(P)}</blockquote><hr><center>[<a href="/">返回首页</a>]</center>',
    ),
    time="2026-03-18",
)  # fmt: skip

VSB = Layout(
    "vsb_college",
    page(
        f'<div class="list-right"><form name="_newscontent_fromname"><div class="content-tt"><h3>{TITLE}</h3><p>发布日期：2026年03月18日 09:26 &nbsp; 作者：宣传部 &nbsp; 点击数：<span>56</span></p></div>'
        f'<div id="vsb_content" class="v_news_content">{PARAS}</div><p>上一篇：<a href="1.htm">区教育局检查校园食堂</a></p><p>下一篇：<a href="2.htm">青石区举办职工运动会</a></p></form></div>{FOOT}',
        site="青石学院", sep="-",
    ),
    never=("职工运动会", "点击数"),
)  # fmt: skip

JPAGE = Layout(
    "jiangsu_jcms",
    page(
        f'<div class="bt_content"><!--<$[信息内容]>begin--><p class="bt">{TITLE}</p><div class="date"><span>发布日期：2026-03-18 09:26</span><span>访问次数：</span><script>document.write(88)</script></div><div class="bt_nr"><div class="zoom" id="zoom"><!--ZJEG_RSS.content.begin-->{PARAS}<!--ZJEG_RSS.content.end--></div></div><div class="bdsharebuttonbox">分享到：</div></div>{FOOT}',
        site="青石区卫生健康局", sep="", title="部门动态 ",
    ),
    title=TITLE, never=("访问次数",),
)  # fmt: skip

NOTICE_TABLE = Layout(
    "notice_with_index_table_and_data_table",
    page(
        f'<table class="xxgk_table"><tr><td>索 引 号</td><td>000014349/2026-00031</td><td>主题分类</td><td>水务</td></tr><tr><td>发布机构</td><td>区住建局</td><td>成文日期</td><td>2026年03月17日</td></tr></table>'
        f'<h1>{TITLE}</h1><div class="wz_info">发布时间：2026-03-18 09:26</div><div class="wzcon j-fontContent">{PARAS}<table><tr><td>小区</td><td>户数</td></tr><tr><td>槐花苑</td><td>812</td></tr><tr><td>石桥里</td><td>1203</td></tr></table></div>{FOOT}',
        site="青石区住房和城乡建设局", sep="_通知公告_",
    ),
    text=(*P, "小区户数", "槐花苑812", "石桥里1203"), never=("索 引 号",),
)  # fmt: skip

COMMENTED = Layout(
    "comments_longer_than_article",
    page(
        f'<div class="main"><h1>{TITLE}</h1><div class="time">2026-03-18 09:26:10</div><div class="content">{PARAS}</div><div class="cmts">{"".join(f"<li><b>网友{i}</b><p>{t}，大家怎么看这个问题呢？我觉得这件事情还是要从长计议，不能操之过急。</p></li>" for i, t in enumerate(HOT * 3))}</div></div>',
    ),
    never=("从长计议",),
)  # fmt: skip

UNNAMED_COMMENTS = Layout(
    "comments_without_a_name",
    page(
        f'<div class="w"><div class="a1"><h1>{TITLE}</h1><p class="a2">青石网 2026-03-18 09:26</p><div class="a3">{PARAS}</div></div><div class="b1">'
        + "".join(f'<div class="b2"><img src="u{i}.png"><span class="b3">用户{i}</span><div class="b4">{t}，这件事情我也听说了，希望能尽快解决，给大家一个满意的答复。</div><span class="b5">{i + 1}小时前</span><a href="#">回复</a></div>' for i, t in enumerate(HOT * 2))
        + "</div></div>",
    ),
    never=("满意的答复",),
)  # fmt: skip

PAGED = Layout(
    "paged_article",
    page(
        f'<h1>{TITLE}</h1><div class="sub">来源：青石晚报　2026-03-18 09:26</div><div class="article-con">{PARAS}<div class="page"><a href="a_1.html">1</a> <a href="a_2.html">2</a> <a href="a_2.html">下一页</a></div></div>',
    ),
    url="https://news.qingshi.example/2026/0318/a.html", extra={"next_page": "https://news.qingshi.example/2026/0318/a_2.html"}, never=("下一页",),
)  # fmt: skip

RELATIVE = Layout(
    "relative_time_and_author_line",
    page(
        f'<div class="detail"><h1>{TITLE}</h1><div class="byline"><span>作者：老槐树</span> <span class="time">3小时前</span></div><div class="body-text">{PARAS}</div></div>',
    ),
    time="2026-03-18T09:26",
)  # fmt: skip

BIG5 = Layout(
    "big5_undeclared",
    '<html><head><title>青石區搶修供水管線 - 青石新聞</title></head><body><h1>青石區搶修供水管線</h1><div>2026-03-18 09:26</div><div class="story">'
    '<p>昨天夜裡，青石區槐樹街一處供水主管線因老舊破裂，附近三個社區約兩千戶居民用水受到影響。</p><p>區公所接獲通報後立即組織搶修隊伍連夜趕赴現場，並調來六台送水車為居民臨時供水，預計今天下午四點前可以恢復。</p></div></body></html>',
    title="青石區搶修供水管線", encoding="big5",
    text=("昨天夜裡，青石區槐樹街一處供水主管線因老舊破裂，附近三個社區約兩千戶居民用水受到影響。", "區公所接獲通報後立即組織搶修隊伍連夜趕赴現場，並調來六台送水車為居民臨時供水，預計今天下午四點前可以恢復。"),
)  # fmt: skip

WRONGLY_DECLARED = Layout(
    "gbk_declared_utf8",
    page(f'<h1>{TITLE}</h1><p>2026-03-18 09:26</p><div class="text">{PARAS}</div>', charset="utf-8"),
    encoding="gbk",
)

HIDDEN_SPAM = Layout(
    "hidden_spam",
    page(
        f'<h1>{TITLE}</h1><div class="post-meta">2026年3月18日 09:26</div><div class="entry">{PARAS}</div><div style="display:none">{"".join(f"<p>{t}，点击进入官网查看最新优惠，注册即送大礼包。</p>" for t in HOT * 20)}</div>',
    ),
    never=("大礼包",),
)  # fmt: skip

SHORT = Layout(
    "one_short_paragraph",
    page(
        f'{NAV}<div class="art"><h1>{TITLE}</h1><div class="info">青石网　2026-03-18 09:26</div><div class="txt0">{P[0]}</div></div>{SIDE.format("r")}{SIDE.format("r2")}{FOOT}',
    ),
    text=(P[0],), never=("桃花节",),
)  # fmt: skip

WORDPRESS = Layout(
    "wordpress_like",
    page(
        f'<article class="post-12 post type-post hentry"><header class="entry-header"><h1 class="entry-title">{TITLE}</h1><div class="entry-meta"><time class="entry-date published" datetime="2026-03-18T09:26:11+08:00">3月18日</time></div></header>'
        f'<div class="entry-content">{PARAS}<div class="sharedaddy">分享到</div></div></article><aside>{SIDE.format("widget")}</aside><div id="comments"><h2>3 条评论</h2><p>这条管子早就该换了，去年也漏过一次。</p></div>',
        sep=" – ",
    ),
    never=("早就该换", "桃花节"),
)  # fmt: skip

SPLIT_TIME = Layout(
    "hashed_class_names",
    page(
        f'<div class="index_wrapper_a1b2c"><h1 class="index_title_B729F">{TITLE}</h1><div class="index_left_x1"><div class="index_source_y2">青石新闻</div><span>2026-03-18 09:26</span></div><div class="index_cententWrap_Jv8jK">{PARAS}</div><div class="index_copyright_f3">责任编辑：陈十一</div></div><div class="index_rightcontent_z">{SIDE.format("index_hot_q")}</div>',
        sep="_", site="青石新闻_澎湃",
    ),
    never=("陈十一", "桃花节"),
)  # fmt: skip

FONTS = Layout(
    "word_paste_spans",
    page(
        f'<div class="newsbox"><div class="newstit">{TITLE}</div><div class="newsdate">日期：2026-3-18 9:26:00　点击：203　来源：本站</div><div class="newsnr">'
        + "".join(f'<p class="MsoNormal" style="text-indent:32pt"><span style="font-family:仿宋_GB2312"><o:p></o:p>{p[:20]}<st1:chsdate>{p[20:30]}</st1:chsdate></span><span lang="EN-US">{p[30:]}</span></p>' for p in P)
        + f'</div></div>{FOOT}',
        site="青石区信访局",
    ),
)  # fmt: skip

YEAR_ABOVE = Layout(
    "year_day_hour_in_lines",
    page(
        f'<div class="LEFT"><h1>{TITLE}</h1><div class="left-stick-wp"><div class="year through"><span>2026</span></div><div class="md">03/18</div><div class="time">09:26</div></div><div class="content content-article">{"".join(f"<p class=one-p>{p}</p>" for p in P)}</div></div>{SIDE.format("RIGHT")}',
    ),
    never=("桃花节",),
)  # fmt: skip

TEXTAREA = Layout(
    "text_areas_that_a_script_unpacks",
    page(
        f'<textarea class="article-title">{TITLE}</textarea><textarea class="article-content">&lt;article&gt;{PARAS.replace("<", "&lt;").replace(">", "&gt;")}&lt;/article&gt;</textarea>'
        f'<textarea class="article-time">1773797160000</textarea><textarea class="article-source-name">青石时报</textarea>{FOOT}',
        sep="_", site="社会_青石网",
    ),
    media="青石时报",
)  # fmt: skip

NGA = Layout(
    "nga_thread",
    page(
        f'<div id="m_posts"><table class="forumbox postbox"><tr class="postrow row1"><td class="c1"><a class="author">青石人</a> 级别: 学徒 威望: 12</td><td class="c2"><h3 id="postsubject0">{TITLE}</h3><span id="postdate0" title="reply time">2026-03-18 09:26</span><p id="postcontent0" class="postcontent ubbcode">{"<br/>".join(P)}</p></td></tr></table>'
        + "".join(f'<table class="forumbox postbox"><tr class="postrow row2"><td class="c1"><a class="author">路人{i}</a> 级别: 学徒 威望: 3</td><td class="c2"><span id="postdate{i}" title="reply time">2026-03-18 1{i}:26</span><span id="postcontent{i}" class="postcontent ubbcode">路过看看，希望早点修好，停水太不方便了。</span></td></tr></table>' for i in (1, 2, 3)) + "</div>",
        site="NGA玩家社区", sep=" ",
    ),
    kind="forum", never=("路过看看",),
)  # fmt: skip

LETTER = Layout(
    "letter_and_answer",
    page(
        f'{NAV}<div class="letter"><h2>{TITLE}</h2><table><tr><td>来信人</td><td>李**</td><td>来信时间</td><td>2026-03-18 09:26</td></tr></table><div class="ask">我家住槐树街三号院，从昨晚开始停水，到现在没有人管，打了几次电话都说在修，请问什么时候能恢复供水？</div>'
        f'<div class="reply-box"><p>李先生，您好！您反映的问题收悉，现答复如下：{P[1]}{P[4]}感谢您对我们工作的关心和支持。</p><p>答复单位：区住建局</p></div></div>{FOOT}',
        site="区长信箱",
    ),
    text=( "我家住槐树街三号院，从昨晚开始停水，到现在没有人管，打了几次电话都说在修，请问什么时候能恢复供水？", f"李先生，您好！您反映的问题收悉，现答复如下：{P[1]}{P[4]}感谢您对我们工作的关心和支持。", "答复单位：区住建局"),
)  # fmt: skip

UNNAMED_THREAD = Layout(
    "forum_of_an_unknown_kind",
    page(
        f'<div class="tz"><h1>{TITLE}</h1>' + "".join(
            f'<div class="row"><div class="l"><b>邻居{i}</b></div><div class="m"><div class="s">{i + 1}楼 2026-03-18 {9 + i:02d}:26</div><div class="n">{t}</div></div></div>'
            for i, t in enumerate(("<br>".join(P), "楼主是几号院的，我们院到现在也没有水。", "打了热线电话，说是今天下午能修好。", "水来了，谢谢抢修师傅。")))
        + "</div>" + FOOT,
        site="老街坊",
    ),
    kind="forum", never=("几号院", "谢谢抢修"), url="https://bbs.laojiefang.example/thread-12-1-1.html",
)  # fmt: skip

BJH = Layout(
    "baijiahao_hashed",
    page(
        f'<div class="index-module_articleWrap_2Zphx"><div class="index-module_headerWrap_Jipn9"><div class="index-module_articleTitle_28fPT">{TITLE}</div><div class="index-module_articleDesc_1Sf0A"><p class="index-module_authorName_7y5nA">青石融媒</p><div class="index-module_articleSource_2dw16"><span class="index-module_accountAuthentication_3BwIx">03-18 09:26</span><span>青石区融媒体中心官方账号</span></div></div></div>'
        f'<div class="index-module_textWrap_3ygOc">{"".join(f"<p><span class=bjh-p>{p}</span></p>" for p in P)}</div></div>{SIDE.format("index-module_rightCol_x")}',
        head='<meta itemprop="dateUpdate" content="2026-03-18 09:26:00">', sep="", site="",
    ),
    never=("桃花节",),
)  # fmt: skip

FOUNDER = Layout(
    "digital_newspaper",
    page(
        f'<table><tr><td><a href="/1">第01版：要闻</a><a href="/2">第02版：民生</a></td></tr></table><table><tr><td class="font01">{TITLE}</td></tr><tr><td class="font02">——槐树街停水追踪</td></tr><tr><td>青石日报 2026年03月18日 星期三</td></tr><tr><td><div id="ozoom"><founder-content>{PARAS}</founder-content></div></td></tr></table><a href="/3">上一篇</a><a href="/4">下一篇</a>',
        site="青石日报数字报", sep="-", title="第02版：民生",
    ),
    time="2026-03-18",
)  # fmt: skip

LONG_REPLY = Layout(
    "reply_longer_than_its_thread",
    page(
        f'<h1><span id="thread_subject">{TITLE}</span></h1><div class="pi"><em id="authorposton1">发表于 2026-3-18 09:26:01</em></div><table><tr><td class="t_f" id="postmessage_1">{P[0]}</td></tr></table>'
        f'<div class="pi"><em id="authorposton2">发表于 2026-3-18 11:26:01</em></div><table><tr><td class="t_f" id="postmessage_2">{"<br>".join(P[1:])}</td></tr></table>',
        site="青石论坛",
    ),
    text=(P[0],),
    kind="forum",
)

SIBLINGS = Layout(
    "text_in_several_containers",
    page(
        f'<h1>{TITLE}</h1><div class="date">2026-03-18 09:26</div><div class="wrap">{"".join(f"<div class=TRS_Editor><p>{p}</p></div>" for p in P)}</div>{SIDE.format("side")}{FOOT}',
    ),
)

LINKED = Layout(
    "policy_with_many_links_and_attachments",
    page(
        f'{NAV}<div class="c"><h1>{TITLE}</h1><p>来源：区住建局 时间：2026-03-18 09:26</p><div class="d">'
        + "".join(
            f'<p>{p}依据<a href="/law/{i}">《青石区城镇供水条例》</a>第{i + 3}条执行。</p>'
            for i, p in enumerate(P)
        )
        + f'</div><div>附件：<a href="1.doc">抢修计划表.doc</a></div></div>{SIDE.format("x")}{FOOT}',
        site="青石区人民政府",
    ),
    text=tuple(f"{p}依据《青石区城镇供水条例》第{i + 3}条执行。" for i, p in enumerate(P)),
)

SECTIONS = Layout(
    "sections_with_headings",
    page(
        f'<div class="hd"><h1>{TITLE}</h1><div class="meta">青石日报 2026-03-18 09:26</div></div><div class="bd">'
        + "".join(f"<section><h3>第{i + 1}部分</h3><div><p>{p}</p></div></section>" for i, p in enumerate(P))
        + f'</div><ul class="rel">{"".join(f"<li><a href=/r{i}>{t}</a></li>" for i, t in enumerate(HOT))}</ul>{FOOT}',
    ),
    text=tuple(f"第{i + 1}部分{p}" for i, p in enumerate(P)),
    media="青石日报",
    never=("桃花节",),
)

TWO_TIMES = Layout(
    "made_before_it_was_published",
    page(
        f'<h1>{TITLE}</h1><div class="m"><span>成文日期：2026-03-10</span> <span>发布时间：2026-03-18 09:26</span> <span>有效期至：2027-03-18</span></div><div class="k">{PARAS}</div>{FOOT}',
        head=meta(PubDate="2026-03-18 09:26"),
    ),
)

MODIFIED = Layout(
    "updated_later",
    page(
        f'<h1>{TITLE}</h1><div class="m">2026-03-18 09:26 发布　最后更新：2026-03-19 10:00</div><div class="k">{PARAS}</div>{FOOT}',
    ),
)

BROKEN = Layout(
    "unclosed_and_crossed_tags",
    f"<html><head><title>{TITLE}_青石网</title><body><div><h1>{TITLE}<div>2026-03-18 09:26<p>{'<p>'.join(P)}<div class=x><b><p>相关新闻</b><li><a href=1>{HOT[0]}</a><li><a href=2>{HOT[1]}</a>",
    never=("桃花节",),
)

DATES_IN_TEXT = Layout(
    "other_dates_around",
    page(
        f'<div class="top">今天是2026年3月20日 星期五</div>{NAV}<div class="z"><h1>{TITLE}</h1><div class="tm">2026-03-18 09:26</div><div class="k"><p>2026年3月17日23时，{P[0]}</p>{PARAS}</div></div><div class="rl"><a href="/q">{HOT[0]}</a> 2026-03-20 10:11</div>',
    ),
    text=(f"2026年3月17日23时，{P[0]}", *P),
    never=("桃花节",),
)

PIPES = Layout(
    "title_with_its_own_separators",
    page(
        f'<h1>独家 | {TITLE}——槐树街追踪</h1><div class="tm">2026-03-18 09:26</div><div class="k">{PARAS}</div>',
        title=f"独家 | {TITLE}——槐树街追踪",
        sep=" | ",
    ),
    title=f"独家 | {TITLE}——槐树街追踪",
)

TITLE_ONLY_IN_HEAD = Layout(
    "headline_only_in_title_element",
    page(f'<div class="tm">2026-03-18 09:26 来源：青石晚报</div><div class="k">{PARAS}</div>', sep=" - "),
    media="青石晚报",
)

RELATED_INSIDE = Layout(
    "links_and_notes_inside_the_container",
    page(
        f'<h1>{TITLE}</h1><div class="i">2026-03-18 09:26 来源：[青石日报]</div><div class="k">{PARAS}<p>凡本网注明“来源：青石网”的作品，均为青石网合法拥有版权的作品，不得转载。</p><p>更多报道：</p><ul>'
        + "".join(f"<li><a href=/{i}>{t}</a></li>" for i, t in enumerate(HOT))
        + "</ul></div>",
    ),
    media="青石日报",
    never=("桃花节", "凡本网"),
)

SCRIPTED_STRING = Layout(
    "body_as_a_string_in_a_script_that_is_no_json",
    page(
        '<div id="__nuxt"></div><script>window.__NUXT__=(function(a,b){return {data:[{detail:{title:a,content:"'
        + PARAS.replace("</", "\\u003C\\u002F").replace("<", "\\u003C")
        + '",publishTime:"2026-03-18 09:26:00"}}]}}("x",2));</script>',
    ),
)

WRITTEN_TIME = Layout(
    "time_written_by_a_script",
    page(
        f'<h1>{TITLE}</h1><div class="i">时间：<script>document.write("2026-03-18 09:26")</script></div><div class="k">{PARAS}</div>',
    ),
)

LAYOUTS = tuple(v for v in list(globals().values()) if isinstance(v, Layout))
