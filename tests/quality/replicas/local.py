# ruff: noqa: E501 - markup reads best as the lines it is served in
"""Local papers, their digital editions, and government sites."""

from __future__ import annotations

from tests.quality.replicas.furniture import (
    FOOT,
    GOV_FOOT,
    SHARE,
    TOOLS,
    Replica,
    cards,
    meta,
    nav,
    page,
    ps,
    ranking,
    remarks,
)
from tests.quality.replicas.texts import (
    ANSWER,
    ASK,
    BUS,
    FIRE,
    HEADLINES,
    HOSPITAL,
    MARKET,
    MINUTES,
    PIPE,
    RIVER,
    SCHOOL,
    WATER,
    WORKERS,
)

GOVNAV = nav("首页", "走进柳林", "新闻中心", "政务公开", "政务服务", "互动交流", cls="menu")

FOUNDER_DIGITAL = Replica(
    "epaper_founder", "paper",
    page(
        '<table width="1000"><tr><td><b>北关晚报</b></td><td>2023年06月05日 星期一 <a href="#">往期</a></td></tr></table><table><tr><td valign="top" width="300"><div id="pageLink"><a href="node_2.htm">第A01版：头版</a> <a href="node_3.htm">第A02版：要闻</a> <a href="node_4.htm">第A05版：民生</a></div><map name="pagemap"></map><ul>'
        + "".join(f'<li><a href="content_{i}.htm"><div id="mp{i}">{t}</div></a></li>' for i, t in enumerate(HEADLINES[:6]))
        + f'</ul></td><td valign="top"><div class="bmdh"><a href="content_0.htm">上一篇</a> <a href="content_2.htm">下一篇</a> <strong>2023年06月05日 第A05版：民生</strong> 放大+ 缩小- 默认o</div><!--enpproperty <articleid>12001</articleid><date>2023-06-05 00:00:00:0</date><author></author><title>{PIPE.title}</title><keyword></keyword><subtitle></subtitle><introtitle>锦绣苑业主：盼早日摆脱“水帘洞”</introtitle><siteid>1</siteid><nodeid>4</nodeid>/enpproperty--><founder-title><p class="BSHARE_IMAGE">锦绣苑业主：盼早日摆脱“水帘洞”</p><p class="BSHARE_POP" style="font-size:24px">{PIPE.title}</p><p></p></founder-title><div id="ozoom" style="zoom:100%;"><founder-content><!--enpcontent-->'
        + ps(PIPE.lines, "<P>　　{}</P>") + "<!--/enpcontent--></founder-content></div></td></tr></table><div>北关日报社版权所有 未经授权禁止复制</div>",
        "北关晚报数字报-" + PIPE.title,
    ),
    PIPE.title, "2023-06-05", PIPE.lines, url="http://epaper.beiguan.example/html/2023-06/05/content_12001.htm",
)  # fmt: skip

TABLE_PAPER = Replica(
    "epaper_tables_gb2312", "paper",
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>石门日报·数字报刊</title></head><body bgcolor=#ffffff><table cellspacing=0 width=980 align=center><tr><td height=25 class="default">2012年10月15日&nbsp;&nbsp;星期一&nbsp;&nbsp;&nbsp;&nbsp;<a href=a>返回首页</a></td></tr><tr><td><table><tr><td class=px14>3版：综合新闻</td><td><a href=1>上一版</a> <a href=2>下一版</a></td></tr></table><table cellpadding=5><tr><td align=center class=bt1><font size=5><b>'
    + RIVER.title + '</b></font></td></tr><tr><td align=center class=bt2>本报记者　马某　通讯员　牛某</td></tr><tr><td><hr></td></tr><tr><td class=nr style="line-height:24px">' + "<br>\r\n".join("&nbsp;&nbsp;&nbsp;&nbsp;" + line for line in RIVER.lines)
    + '</td></tr></table><table><tr><td><a href=3>上一篇</a>　<a href=4>下一篇</a></td></tr></table></td></tr><tr><td align=center>石门日报社 版权所有 冀ICP备08000000号</td></tr></table></body></html>',
    RIVER.title, "2012-10-15", RIVER.lines, encoding="gb18030", url="http://epaper.shimen.example/shtml/smrb/20121015/vA3.shtml",
)  # fmt: skip

BJNEWS = Replica(
    "city_paper_app", "paper",
    page(
        f'<div class="header"><a class="logo" href="/"></a>{nav("首页", "时事", "评论", "调查")}</div><div class="main" id="main"><div class="articleCenter"><div class="bodyTitle"><h1>{HOSPITAL.title}</h1><div class="content-name"><span class="author"><em>北关报 </em>记者 郑某　编辑 王某</span> <span class="reporter"></span><span class="timer">2022-06-20 06:31</span><div class="speak"><span>进入朗读模式</span></div></div></div><div class="introduction"><p>工作日开放到晚上九点，周末不休息。</p></div><div id="contentStr"><p>新报讯（记者郑某）{HOSPITAL.lines[0]}</p><p><img src="1.jpg"/></p><p class="imgdesc" style="font-size:12px;color:#999">夜间的候诊区。北关报记者 郑某 摄</p>'
        + ps(HOSPITAL.lines[1:]) + f'<p>编辑 王某</p><p>校对 冯某</p></div><div class="tags"><a>夜间门诊</a></div>{SHARE}</div>{ranking("rightBox", "热门评论")}</div>{remarks()}{FOOT}',
        f"{HOSPITAL.title}——北关报",
    ),
    HOSPITAL.title, "2022-06-20T06:31", ("新报讯（记者郑某）" + HOSPITAL.lines[0], *HOSPITAL.lines[1:]), url="https://www.bgnews.example/detail/1655677801.html",
)  # fmt: skip

BR_SOUP = Replica(
    "local_portal_br_soup", "paper",
    f'<html><head><title>{MARKET.title}-临河在线</title></head><body>{nav("首页", "新闻", "房产", "人才", "论坛")}<div id="wz"><div class=wzbt>{MARKET.title}</div><div class=wzxx>时间:2014-9-22 8:05:00　来源:北关晚报　作者:沈某　点击:<script src="/hit.asp?id=1"></script>次</div><div class=wznr>　　核心提示：搬进新市场的摊主为何不高兴？<br><br>'
    + "<br><br>\n".join("　　" + line for line in MARKET.lines) + f'<br></div><div class=page></div><div class=sxp>上一篇：<a href=1>{HEADLINES[0]}</a><br>下一篇：<a href=2>{HEADLINES[1]}</a></div></div>{ranking("yb", "本周点击排行")}<div class=pl>网友评论：（只显示最新10条。评论内容只代表网友观点，与本站立场无关！）</div>{FOOT}</body></html>',
    MARKET.title, "2014-09-22T08:05", ("核心提示：搬进新市场的摊主为何不高兴？", *MARKET.lines), encoding="gb18030", url="http://www.linhe.example/news/2014/1.html",
)  # fmt: skip

PHOTO_STORY = Replica(
    "picture_story", "paper",
    page(
        nav("图片首页", "社会", "自然") + f'<div class="photo-main"><h1 class="title">{FIRE.title}</h1><div class="info">2024-08-18 09:30:15 来源：南塘图片网</div><div class="photo-content">'
        + "".join(f'<div class="pic"><img src="{i}.jpg" alt=""></div><div class="desc">{line}（摄影：潘某）</div>' for i, line in enumerate(FIRE.lines))
        + f'</div></div><div class="more-albums">{"".join(f"<a href=/p/{i}><img src={i}.jpg><span>{t}</span></a>" for i, t in enumerate(HEADLINES[:8]))}</div>{FOOT}',
        FIRE.title + "_南塘图片网",
    ),
    FIRE.title, "2024-08-18T09:30", tuple(f"{line}（摄影：潘某）" for line in FIRE.lines), url="http://photo.nantang.example/2024/0818/1.html",
)  # fmt: skip

TRS_DETAIL = Replica(
    "gov_trs_ueditor", "government",
    page(
        f'{GOVNAV}<div class="location">您当前的位置：<a href="/">首页</a>&gt;<a href="/xw">新闻中心</a>&gt;<a href="/zw">政务要闻</a></div><div class="xl-box"><h1>{MINUTES.title}</h1><div class="xl-info"><span>来源： 柳林融媒</span><span>发布时间： 2025-03-01 08:41:07</span><span>浏览次数： <b id="hits"></b> 次</span>{TOOLS}</div><div id="zoom" class="xl-con"><div class="view TRS_UEDITOR trs_paper_default trs_web">'
        + ps(MINUTES.lines, '<p style="text-indent: 2em; line-height: 2; text-align: justify;"><span style="font-family: 宋体; font-size: 16pt;">{}</span></p>')
        + f'</div></div><div class="xl-ft">{SHARE}<a href="javascript:window.close()">关闭窗口</a></div><div class="xg"><h3>相关链接</h3></div></div>{GOV_FOOT}',
        f"{MINUTES.title}_政务要闻_柳林区人民政府", meta(SiteName="柳林区人民政府", SiteDomain="www.liulin.gov.example", ColumnName="政务要闻", ArticleTitle=MINUTES.title, PubDate="2025-03-01 08:41", ContentSource="柳林融媒", Keywords="", Description=""),
    ),
    MINUTES.title, "2025-03-01T08:41", MINUTES.lines, url="http://www.liulin.gov.example/xw/zwyw/202503/t20250301_1200001.html",
)  # fmt: skip

XXGK = Replica(
    "gov_index_table", "government",
    page(
        f'{GOVNAV}<div class="xxgk-xl"><table class="xxgk_table" width="100%"><tbody><tr><td class="b">索引号：</td><td>013000000/2025-00123</td><td class="b">主题分类：</td><td>城乡建设、环境保护；通知</td></tr><tr><td class="b">发布机构：</td><td>石川市交通运输局</td><td class="b">成文日期：</td><td>2025年04月16日</td></tr><tr><td class="b">标　　题：</td><td colspan="3">{BUS.title}</td></tr><tr><td class="b">发文字号：</td><td>石交函〔2025〕12号</td><td class="b">发布日期：</td><td>2025年04月17日 15:20</td></tr><tr><td class="b">有效性：</td><td colspan="3">有效</td></tr></tbody></table><div class="xl-title">{BUS.title}</div><div class="article-content" id="UCAP-CONTENT">'
        + ps(BUS.lines[:5], "<p>　　{}</p>") + f'<p style="text-align:right">{BUS.lines[5]}</p><p style="text-align:right">{BUS.lines[6]}</p></div><div class="qrcode"><p>扫一扫在手机打开当前页</p></div></div>{GOV_FOOT}',
        "石川市交通运输局", meta(ArticleTitle=BUS.title, PubDate="2025-04-17 15:20:00"),
    ),
    BUS.title, "2025-04-17T15:20", BUS.lines, also_times=("2025-04-17T15:20",), url="http://jtj.shichuan.gov.example/xxgk/2025/1.html",
)  # fmt: skip

HANWEB = Replica(
    "gov_hanweb_jcms", "government",
    page(
        f'{GOVNAV}<div id="c"><div class="bt-box"><div class="bt"><!--<$[标题名称(html)]>begin-->{WORKERS.title}<!--<$[标题名称(html)]>end--></div><div class="xxly"><span>发布日期：<!--<$[信息日期]>begin-->2023-01-15<!--<$[信息日期]>end--> 09:12</span><span>来源：<!--<$[信息来源]>begin-->县人力资源和社会保障局<!--<$[信息来源]>end--></span><span>浏览次数：<script language="javascript" src="/vc/vc/interface/artcount/artcount.jsp?dataid=1"></script></span><span>字体：[ <a>大</a> <a>中</a> <a>小</a> ]</span></div></div><div id="zoom"><!--ZJEG_RSS.content.begin--><meta name="ContentStart"><div class="ewb-article-info">'
        + "".join(f'<div style="text-indent:2em"><span style="font-size:12pt">{line}</span></div>' for line in WORKERS.lines)
        + f'</div><meta name="ContentEnd"><!--ZJEG_RSS.content.end--></div><div class="gn"><a>【打印本页】</a><a>【关闭窗口】</a></div></div>{GOV_FOOT}',
        f"平川县人民政府 部门动态 {WORKERS.title}", meta(ArticleTitle=WORKERS.title, pubdate="2023-01-15 09:12", Maketime="2023-01-16 10:00:00", ContentSource="县人力资源和社会保障局"),
    ),
    WORKERS.title, "2023-01-15T09:12", WORKERS.lines, url="http://www.pingchuan.gov.example/art/2023/1/15/art_1201_33001.html",
)  # fmt: skip

SHORT_NOTICE = Replica(
    "gov_three_line_notice", "government",
    page(
        f'<div class="header">{GOVNAV}</div><div class="w1200"><div class="dqwz">当前位置：<a>首页</a> > <a>便民信息</a> > <a>停水停电</a></div><div class="article"><h2 class="tt">{WATER.title}</h2><p class="ly">日期：2024-11-05 17:02　　来源：临河市供水总公司　　【字体：<a>大</a> <a>中</a> <a>小</a>】</p><div class="nr">' + ps(WATER.lines)
        + f'</div><div class="next"><p>上一篇：<a href="1.html">{HEADLINES[6]}</a></p><p>下一篇：<a href="2.html">停水公告</a></p></div></div><div class="left-menu">{"".join(f"<a href=/{i}>{n}</a>" for i, n in enumerate(("停水停电", "公交出行", "天气预报", "医疗卫生", "社会保障")))}</div></div>{GOV_FOOT}',
        "停水通知-临河市人民政府门户网站",
    ),
    WATER.title, "2024-11-05T17:02", WATER.lines, url="http://www.linhe.gov.example/bmxx/tsts/202411/1.html",
)  # fmt: skip

ATTACHMENTS_LINES = (
    "现将柳林区2024年度政府投资项目审计结果予以公告。",
    "附件：1.柳林区2024年度政府投资项目审计结果公告.pdf",
    "2.项目清单.xlsx",
)
ATTACHMENTS = Replica(
    "gov_attachments_only", "government",
    page(
        f'{GOVNAV}<div class="detail"><div class="detail_tit">柳林区2024年度政府投资项目审计结果公告</div><div class="detail_info">发布时间：2025-01-10 11:26　信息来源：区审计局　阅读次数：56</div><div class="detail_con"><p>{ATTACHMENTS_LINES[0]}</p><p>附件：<a href="./P0202501.pdf">1.柳林区2024年度政府投资项目审计结果公告.pdf</a></p><p><a href="./P0202502.xlsx">2.项目清单.xlsx</a></p></div></div>{GOV_FOOT}',
        "柳林区2024年度政府投资项目审计结果公告_公示公告_柳林区人民政府",
    ),
    "柳林区2024年度政府投资项目审计结果公告", "2025-01-10T11:26", ATTACHMENTS_LINES, url="http://www.liulin.gov.example/xxgk/gsgg/202501/t20250110_1.html",
)  # fmt: skip

ROWS = (
    ("桥东街道锦绣苑小区", "1560", "2025年9月"),
    ("桥西街道红星小区", "832", "2025年10月"),
    ("北关街道纺织宿舍", "1204", "2025年11月"),
    ("南苑镇粮库家属院", "310", "2025年8月"),
)
TABLED_LINES = (
    "根据年度工作安排，现将2025年第一批老旧小区改造计划公布如下，公示期为5个工作日，如有异议请与我局联系。",
    "小区名称",
    "涉及户数",
    "计划完工时间",
    *(cell for row in ROWS for cell in row),
    "联系电话：0300-8607788",
    "柳林区住房和城乡建设局",
    "2025年3月11日",
)
TABLED = Replica(
    "gov_body_with_table", "government",
    page(
        f'{GOVNAV}<table class="main" align="center" width="1000"><tr><td class="title" align="center">柳林区2025年第一批老旧小区改造计划公示</td></tr><tr><td align="center">www.liulin.gov.example　　2025-03-11 10:05　　来源：区住建局　　作者：</td></tr><tr><td class="bt_content"><div class="Custom_UnionStyle"><p>　　{TABLED_LINES[0]}</p><table border="1" cellspacing="0"><tbody><tr><td><p>小区名称</p></td><td><p>涉及户数</p></td><td><p>计划完工时间</p></td></tr>'
        + "".join("<tr>" + "".join(f"<td><p>{c}</p></td>" for c in row) + "</tr>" for row in ROWS)
        + f'</tbody></table><p>　　{TABLED_LINES[-3]}</p><p align="right">{TABLED_LINES[-2]}</p><p align="right">{TABLED_LINES[-1]}</p></div></td></tr><tr><td align="right">[<a>打印</a>] [<a>关闭</a>]</td></tr></table>{GOV_FOOT}',
        "柳林区住房和城乡建设局 通知公告", charset="gb2312",
    ),
    "柳林区2025年第一批老旧小区改造计划公示", "2025-03-11T10:05", TABLED_LINES, encoding="utf-8", content_type="text/html; charset=utf-8", url="http://zjj.liulin.gov.example/tzgg/1.htm",
)  # fmt: skip

BOARD = Replica(
    "leaders_message_board", "qa",
    page(
        f'<div class="head">{nav("领导留言板", "我要留言", "网民留言", "领导回复", "办理统计")}</div><div class="replyContent fl"><div class="replyHeaderTitle"><h1 class="fl">{ASK.title}</h1></div><div class="replyMsg"><span>留言编号：18200001</span><span>2025-05-21 22:47</span><ul><li class="state">已办理</li><li class="replyMsgList2">投诉</li><li>环保</li></ul></div><p class="replyContentHead">留言对象：<span>南塘市河西区委书记</span></p><div class="replyContentContent">{ASK.lines[0]}</div><div class="replyHandle"><h3>办理情况</h3><div class="replyHandleHeader"><h4>南塘市河西区委办公室</h4><span>2025-05-26 10:19</span></div><div class="replyHandleContent">'
        + "<br/>".join("　　" + a for a in ANSWER)
        + f'</div></div><div class="evaluate"><h3>网民评价</h3><p>解决程度：★★★★　办理态度：★★★★★</p></div></div>{ranking("fr", "热门留言", HEADLINES[:6])}<div>人民网版权所有 未经书面授权禁止使用</div>',
        f"{ASK.title} - 领导留言板",
    ),
    ASK.title, "2025-05-21T22:47", (*ASK.lines, *ANSWER), also_times=("2025-05-26T10:19",), url="https://liuyan.people.example/threads/content?tid=18200001",
)  # fmt: skip

HOTLINE = Replica(
    "hotline_answer_table", "qa",
    page(
        f'{GOVNAV}<div class="letter-detail"><div class="tit">来信公开</div><table class="tb" cellpadding="0" cellspacing="0"><tr><th>信件标题</th><td colspan="3">{ASK.title}</td></tr><tr><th>信件编号</th><td>20250521000123</td><th>来信时间</th><td>2025-05-21 22:47:10</td></tr><tr><th>信件类型</th><td>投诉</td><th>办理状态</th><td>已办结</td></tr><tr><th>信件内容</th><td colspan="3">{ASK.lines[0]}</td></tr><tr><th>回复单位</th><td>河西区住房和城乡建设局</td><th>回复时间</th><td>2025-05-26 10:19:33</td></tr><tr><th>回复内容</th><td colspan="3">{"".join(f"<p>{a}</p>" for a in ANSWER)}</td></tr></table><div class="btn"><a>返回</a></div></div>{GOV_FOOT}',
        "区长信箱_互动交流_河西区人民政府",
    ),
    ASK.title, "2025-05-21T22:47", (*ASK.lines, *ANSWER), also_times=("2025-05-26T10:19",), url="http://www.hexi.gov.example/hdjl/qzxx/detail?id=123",
)  # fmt: skip

WRONG_CHARSET = Replica(
    "gbk_declared_utf8", "paper",
    page(
        nav("首页", "县情", "新闻") + f'<div class="content"><h3>{SCHOOL.title}</h3><div class="from">发布时间：2019年9月8日　作者：教育局　编辑：办公室</div><div class="txt">' + ps(SCHOOL.lines, "<div>　　{}</div>") + f'</div><div class="bot">责任编辑：丁某</div></div>{cards("tj", HEADLINES[:4])}{FOOT}',
        SCHOOL.title, meta(date="2019-10-01"),
    ),
    SCHOOL.title, "2019-09-08", SCHOOL.lines, encoding="gb18030", content_type="text/html; charset=iso-8859-1", url="http://www.yunxi.example/n/1.html",
)  # fmt: skip

ALL = (
    FOUNDER_DIGITAL,
    TABLE_PAPER,
    BJNEWS,
    BR_SOUP,
    PHOTO_STORY,
    TRS_DETAIL,
    XXGK,
    HANWEB,
    SHORT_NOTICE,
    ATTACHMENTS,
    TABLED,
    BOARD,
    HOTLINE,
    WRONG_CHARSET,
)
