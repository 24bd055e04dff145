# ruff: noqa: E501 - markup reads best as the lines it is served in
"""A second round: forms of page that the first did not hold."""

from __future__ import annotations

import json

from tests.quality.replicas.furniture import (
    AD,
    FOOT,
    GOV_FOOT,
    SHARE,
    Replica,
    cards,
    js,
    meta,
    nav,
    og,
    page,
    ps,
    ranking,
)
from tests.quality.replicas.lists import GOV, GOVNAV, NAMES, A, rows
from tests.quality.replicas.texts import (
    ANSWER,
    ASK,
    BUS,
    CHIP,
    FIRE,
    HEADLINES,
    HOSPITAL,
    LIFE,
    MARKET,
    MINUTES,
    PIPE,
    REPLIES,
    RIVER,
    SCHOOL,
    VIDEO,
    WORKERS,
)

POLICY = (
    "各镇人民政府、街道办事处，区政府各部门：", "《柳林区推进老旧小区改造工作实施意见》已经区政府第三十二次常务会议研究同意，现印发给你们，请结合实际认真组织实施。",
    "柳林区人民政府办公室", "2025年3月1日", "（此件公开发布）", "柳林区推进老旧小区改造工作实施意见", "为进一步改善居民居住条件，提升城市品质，结合我区实际，制定本意见。",
    "一、总体要求。坚持居民自愿、政府引导、共建共享，到2027年底基本完成2005年前建成的需改造城镇老旧小区改造任务。",
    "二、改造内容。分为基础类、完善类和提升类，重点改造供水、排水、供电、供气、供热等配套基础设施，有条件的加装电梯。",
    "三、资金筹措。建立政府与居民、社会力量合理共担机制，对影响居住安全的项目优先安排。", "四、本意见自印发之日起施行，有效期三年。",
)  # fmt: skip
POLICY_DOC = Replica(
    "gov_policy_document", "government",
    page(
        f'{GOVNAV}<div class="wrap"><div class="crumb">首页 &gt; 政务公开 &gt; 政策文件</div><table class="bd1"><tr><td>索 引 号：</td><td>000014349/2025-00012</td><td>主题分类：</td><td>城乡建设</td></tr><tr><td>发文机关：</td><td>柳林区人民政府办公室</td><td>成文日期：</td><td>2025年03月01日</td></tr><tr><td>标　　题：</td><td colspan=3>柳林区人民政府办公室关于印发老旧小区改造工作实施意见的通知</td></tr><tr><td>发文字号：</td><td>柳政办发〔2025〕3号</td><td>发布日期：</td><td>2025年03月05日</td></tr></table><div class="pages_content"><p align="center"><b>柳林区人民政府办公室关于印发老旧小区<br>改造工作实施意见的通知</b></p><p align="center">柳政办发〔2025〕3号</p>'
        + ps(POLICY, "<p>　　{}</p>") + f'</div></div>{GOV_FOOT}', "柳林区人民政府办公室关于印发老旧小区改造工作实施意见的通知（柳政办发〔2025〕3号）_政府信息公开专栏",
    ),
    "柳林区人民政府办公室关于印发老旧小区改造工作实施意见的通知", "2025-03-05", POLICY, also_titles=("柳林区人民政府办公室关于印发老旧小区改造工作实施意见的通知（柳政办发〔2025〕3号）",), url="http://www.liulin.gov.example/zhengce/content/202503/content_700001.htm",
)  # fmt: skip

NOTE_TEXT = (
    "周末去了城东那个旧仓库改的图书馆，真的被打动了。",
    "没有门票，不用预约，一进门就是一整面墙的绘本。",
    "老板说这里三年没有赚过钱，房东还主动减了一半房租。",
    "如果你也在这座小城，带孩子来坐坐吧。",
)
XHS = Replica(
    "xiaohongshu_note", "selfmedia",
    page(
        f'<div id="app"><div class="side-bar">发现 发布 通知 登录</div><div id="noteContainer" class="note-container"><div class="author-container"><span class="username">小城慢走</span></div><div class="note-content"><div id="detail-title" class="title">小城里的免费图书馆</div><div id="detail-desc" class="desc"><span class="note-text"><span>{"</span><br><span>".join(NOTE_TEXT)}</span><a id="hash-tag" class="tag">#图书馆</a> <a class="tag">#周末去哪儿</a></span></div><div class="bottom-container"><span class="date">2023-06-11 河北</span></div></div><div class="comments-el"><div class="total">共 36 条评论</div></div></div></div><script>window.__INITIAL_STATE__='
        + js({"user": {"loggedIn": False}, "note": {"noteDetailMap": {"64851": {"note": {"title": "小城里的免费图书馆", "desc": "\n".join(NOTE_TEXT) + "#图书馆[话题]#", "time": 1686462060000, "lastUpdateTime": 1686470000000, "ipLocation": "河北", "user": {"nickname": "小城慢走"}}}}}}).replace('"loggedIn":false', '"loggedIn":undefined') + "</script>",
        "小城里的免费图书馆 - 小红书", og(type="article", title="小城里的免费图书馆 - 小红书"),
    ),
    "小城里的免费图书馆", "2023-06-11T13:41", NOTE_TEXT, url="https://www.xiaohongshu.com/explore/64851",
)  # fmt: skip

FINANCE = Replica(
    "finance_portal_abstract", "portal",
    page(
        f'{nav("财经", "焦点", "股票", "新股")}<div class="main"><div class="contentwrap"><div class="topbox"><div class="title">{CHIP.title}</div><div class="infos"><div class="item">2024年07月09日 13:05</div><div class="item">来源：华东财经报</div><div class="item">编辑：齐某</div><div class="item">77人评论</div></div></div><div class="abstract"><div class="abstract-title">摘要</div><div class="txt">【{CHIP.title}】现货价格连续四个月上涨，部分型号已停止接单。</div></div><div id="ContentBody" class="txtinfos"><!--文章主体--><p>　　{CHIP.lines[0]}</p><center><img src="//img.example/k.png"></center>'
        + ps(CHIP.lines[1:], "<p>　　{}</p>") + f'<p class="em_media">（文章来源：华东财经报）</p></div><div class="source"><span>文章来源：华东财经报</span><span class="sgzbj">责任编辑：123</span></div>{SHARE}<p class="state">郑重声明：本站发布此内容旨在传播更多信息，与本站立场无关，不构成投资建议。据此操作，风险自担。</p></div>{ranking("sidebox", "点击排行")}</div>{FOOT}',
        f"{CHIP.title} _ 华东财富网",
    ),
    CHIP.title, "2024-07-09T13:05", CHIP.lines, url="https://finance.hd.example/a/202407093125000001.html",
)  # fmt: skip

PAGED_NUMBERS = Replica(
    "paged_with_numbers_inside", "paper",
    page(
        nav() + f'<div class="article"><h1>{RIVER.title}</h1><div class="article-source"><span class="fl">2018-10-13 07:21</span><span>石门晚报</span></div><div class="content" id="text"><p>{RIVER.lines[0]}</p><p><img src="1.jpg"></p>' + ps(RIVER.lines[1:4]) + '<p class="pagelink" align="center">【1】【<a href="2.htm">2</a>】【<a href="3.htm">3</a>】<a href="2.htm">下一页</a></p></div><p class="a-editor">编辑：宋某</p></div>' + cards("interest", HEADLINES[:6]) + FOOT, f"{RIVER.title}-石门频道",
    ),
    RIVER.title, "2018-10-13T07:21", RIVER.lines[:4], url="http://www.shimenwb.example/2018/1013/510001.htm",
)  # fmt: skip

PIC_DESC = "【看展】周末去博物馆吹空调吧\n这个夏天，市博物馆推出“古河道的记忆”特展，展出文物一百二十余件。\n时间：7月6日至9月8日，周一闭馆\n地点：文化路18号三楼临展厅\n免费参观，带好身份证，每天限额两千人。"
WECHAT_PICTURES = Replica(
    "wechat_picture_message", "wechat",
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title></title>' + og(title="【看展】周末去博物馆吹空调吧", type="article", site_name="微信公众平台") + f'<meta name="description" content="{PIC_DESC.replace(chr(10), chr(92) + "x0a").replace("“", chr(92) + "x26quot;").replace("”", chr(92) + "x26quot;")}"></head><body class="zh_CN mm_appmsg pages_skin_pc"><div id="js_article" class="share_content_page"><div class="swiper_indicator_wrp_pc"></div><div id="js_image_desc"></div><div class="weui-loadmore"><i></i></div></div>'
    "<script>var biz=''; window.ct = '1720252800'; window.item_show_type='8'; var createTime = '2024-07-06 16:00'; window.nickname = '市博物馆'; window.picture_page_info_list = [{cdn_url: 'https://img.example/1'}].slice(0,20);</script><script>window.is_mm=1</script></body></html>",
    "【看展】周末去博物馆吹空调吧", "2024-07-06T16:00", tuple(PIC_DESC.replace("“", '"').replace("”", '"').split("\n")), url="https://mp.weixin.qq.com/s/EEEEFFFF",
)  # fmt: skip

MOBILE = Replica(
    "mobile_portal_relative", "portal",
    page(
        f'<div class="topbar"><a href="/">首页</a><a href="/app">打开APP</a></div><main><article class="article-body"><h1 class="title">{WORKERS.title}</h1><div class="info"><span class="s">平川发布</span> <span class="t">3小时前</span></div><section class="article-content">{ps(WORKERS.lines)}</section><div class="unfold"><span>展开全文</span></div><p class="editor">责任编辑：贺某</p></article><div class="hot-comments"><h3>热门跟贴</h3><div class="c"><span>平川网友</span><p>早该这样了，支持。</p></div></div><div class="news-rec"><h3>相关推荐</h3>{"".join(f"<a href=/n/{i}><h4>{t}</h4><span>晚报 {i}跟贴</span></a>" for i, t in enumerate(HEADLINES))}</div></main>',
        WORKERS.title + "_手机平川网", meta(publishdate="2023-01-14 10:20:33"),
    ),
    WORKERS.title, "2023-01-14T10:20", WORKERS.lines, url="https://3g.pingchuan.example/news/article/HR0AAAA.html",
)  # fmt: skip

NUXT = Replica(
    "nuxt_function_state", "portal",
    page(
        '<div id="__nuxt"><div id="__layout"><div class="loading"></div></div></div><script>window.__NUXT__=(function(a,b,c,d){return {layout:"default",data:[{detail:{id:88001,title:' + json.dumps(HOSPITAL.title, ensure_ascii=False) + ",subtitle:a,publishTime:\"2022-06-20 08:30:00\",sourceName:\"东湖融媒\",isLive:b,content:" + json.dumps(ps(HOSPITAL.lines), ensure_ascii=False).replace("<", "\\u003C").replace("/", "\\u002F") + ',likes:c}}],error:d,serverRendered:true}}("",false,0,null));</script>',
        HOSPITAL.title + " - 闪讯新闻",
    ),
    HOSPITAL.title, "2022-06-20T08:30", HOSPITAL.lines, url="https://sd.shanxun.example/article/88001.html",
)  # fmt: skip

FLIGHT = "5:" + json.dumps(
    [
        "$",
        "div",
        None,
        {
            "article": {
                "title": MARKET.title,
                "publishTime": "2025-09-21 08:10:00",
                "source": "北关网",
                "content": ps(MARKET.lines),
            }
        },
    ],
    ensure_ascii=False,
)
NEXT_FLIGHT = Replica(
    "next_flight_chunks", "portal",
    page('<div class="skeleton"><div></div></div><script>(self.__next_f=self.__next_f||[]).push([0])</script><script>self.__next_f.push([1,' + json.dumps(FLIGHT, ensure_ascii=False) + '])</script><script>self.__next_f.push([1,"6:null\\n"])</script>', MARKET.title + "-北关网"),
    MARKET.title, "2025-09-21T08:10", MARKET.lines, url="https://www.bgw.example/detail/990001",
)  # fmt: skip

OLD_FONTS = Replica(
    "static_page_of_2004", "portal",
    f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>石门网--社会--{FIRE.title}</title></head><body><center><table width=760><tr><td bgcolor=#cc0000><font color=white>{"|".join(f"<a href=/{i}>{n}</a>" for i, n in enumerate(("首页", "国内", "国际", "社会")))}</font></td></tr></table><table width=760><tr><td width=560 valign=top><br><center><font size=5 color=#000080><b>{FIRE.title}</b></font></center><hr size=1><center><font size=2>2004年08月17日09:31　　<font color=#666666>南塘晚报</font></font></center><br><font size=3>'
    + "<br><br>".join("　　" + line for line in FIRE.lines) + f'</font><br><br><div align=right><font size=2>(责任编辑：沈某)</font></div><table width=100%><tr><td><font size=2>相关新闻：<br>{"".join(f"<li><a href={i}.htm>{t}</a>(08/1{i})<br>" for i, t in enumerate(HEADLINES[:5]))}</font></td></tr></table></td><td width=200>{ranking("r", "新闻排行")}</td></tr></table></center></body></html>',
    FIRE.title, "2004-08-17T09:31", FIRE.lines, encoding="gb18030", url="http://www.shimen.example/GB/shehui/1062/2712001.html",
)  # fmt: skip

RMRB = Replica(
    "peoples_daily_digital", "paper",
    page(
        f'<div class="wrap"><div class="paper-bot"><p class="left">2025年03月01日 星期六</p></div><div class="swiper-box"><ul class="news-list">{"".join(f"<li><a href=content_{i}.html>{t}</a></li>" for i, t in enumerate(HEADLINES[:6]))}</ul></div><div class="article-box"><div class="article"><h3>基层治理一线观察</h3><h1>{HOSPITAL.title}</h1><h2>——东湖区夜间门诊走访</h2><p class="sec">本报记者　郑　某<span class="date">《 东湖日报 》（ 2025年03月01日　 第 04 版）</span></p><div class="lai"><span>本版责编：甲某</span></div><div id="ozoom"><div id="articleContent">' + ps(HOSPITAL.lines, "<p>　　{}</p>") + '</div></div></div><div class="bot"><a href="c1">上一篇</a><a href="c2">下一篇</a><span>放大</span><span>缩小</span><span>全文复制</span></div></div></div>',
        HOSPITAL.title + " - 东湖日报", charset="utf-8",
    ),
    HOSPITAL.title, "2025-03-01", HOSPITAL.lines, url="http://paper.donghu.example/dhrb/pc/content/202503/01/content_30059001.html",
)  # fmt: skip

WENZHENG = Replica(
    "tv_asks_officials", "qa",
    page(
        f'{nav("问政首页", "我要提问", "热点", "排行")}<div class="wz"><div class="wz-title"><em>已回复</em><h2>{ASK.title}</h2></div><div class="wz-info">编号：8812001　提问人：枫叶　提问时间：2025-05-21 22:47　浏览：532</div><div class="wz-q"><p>{ASK.lines[0]}</p></div><div class="wz-a"><div class="unit"><b>河西区住房和城乡建设局</b> 回复于 2025-05-26 10:19</div>' + ps(ANSWER, "<p>　　{}</p>") + f'</div><div class="pj"><span>满意（12）</span><span>不满意（3）</span></div></div>{ranking("side-hot", "热点问政", HEADLINES[:6])}{FOOT}', f"{ASK.title}_南塘问政",
    ),
    ASK.title, "2025-05-21T22:47", (*ASK.lines, *ANSWER), also_times=("2025-05-26T10:19",), url="http://wz.nantang.example/detail/8812001",
)  # fmt: skip

REMARKED = Replica(
    "short_text_long_remarks", "selfmedia",
    page(
        f'<div class="wrapper"><div class="a1"><h1>{VIDEO.title}</h1><div class="a2">江北晚报 2024-07-22 07:45</div><div class="a3">{ps(VIDEO.lines)}</div></div><div class="b1"><div class="b2">全部评论 86</div>' + "".join(f'<div class="b3"><div class="b4"><span>江北人{i}</span><span>{i + 1}小时前 · 河北</span></div><div class="b5">{t}{REPLIES[(i + 3) % 7]}{REPLIES[(i + 5) % 7]}为好心人点赞，城市因为有你们才更温暖。</div><div class="b6">{i * 13}赞 · 回复</div></div>' for i, t in enumerate(REPLIES * 2)) + f"</div></div>{FOOT}", VIDEO.title + "_江北号",
    ),
    VIDEO.title, "2024-07-22T07:45", VIDEO.lines, url="https://hao.jiangbei.example/p/10020003",
)  # fmt: skip

CAPTIONED = Replica(
    "pictures_in_tables", "portal",
    page(
        f'{nav()}<div class="clearfix w1000_320 text_title"><h1>{PIPE.title}</h1><p class="author">本报记者　周　某</p><div class="box01"><div class="fl">2016年06月04日08:30&nbsp;&nbsp;来源：<a href="#">北关日报</a></div><div class="fr">分享到：</div></div></div><div class="clearfix box_con" id="rwb_zw"><table border="0" width="300" align="center" class="pci_c"><tbody><tr><td><img src="1.jpg"></td></tr><tr><td align="center" class="pic_desc">锦绣苑小区地下车库。周某摄</td></tr></tbody></table>' + ps(PIPE.lines, '<p style="text-indent: 2em;">{}</p>') + f'<div class="edit clearfix">(责编：邵某、吕某)</div></div><div class="clearfix box01_share">{SHARE}</div>{AD}<div class="box_r"><h2>推荐阅读</h2>{"".join(f"<p><a href={i}><strong>{t}</strong></a>{t}，相关部门表示将持续跟进。【<a href={i}>详细</a>】</p>" for i, t in enumerate(HEADLINES[:4]))}</div>{FOOT}',
        f"{PIPE.title}--社会--北关网", charset="GB2312",
    ),
    PIPE.title, "2016-06-04T08:30", PIPE.lines, encoding="gb18030", url="http://society.beiguan.example/n1/2016/0604/c1008-28410001.html",
)  # fmt: skip

PRE = Replica(
    "notice_in_pre", "government",
    f'<html><head><meta charset="gbk"><title>公告信息</title></head><body><table width="90%" align="center"><tr><td align="center"><h3>{BUS.title}</h3></td></tr><tr><td align="center">信息来源：石川公交　　时间：2025-4-17　　阅读：201</td></tr><tr><td><pre>' + "\n".join("    " + line for line in BUS.lines) + "</pre></td></tr><tr><td align=right><a href='javascript:window.close()'>[关闭]</a></td></tr></table></body></html>",
    BUS.title, "2025-04-17", BUS.lines, encoding="gb18030", url="http://bus.shichuan.example/news/show.asp?id=221",
)  # fmt: skip

MEETING = Replica(
    "gov_numerals_and_two_dates", "government",
    page(
        f'<div class="today">今天是2026年11月22日 星期日</div>{GOVNAV}<div class="con"><div class="con_t"><p class="h">{MINUTES.title}</p><p class="s"><span>来源：区政府办</span> <span>2025-03-01</span> <span>【字体：<a>大</a><a>中</a><a>小</a>】</span></p></div><div class="con_m">' + ps(MINUTES.lines, "<p><span>　　{}</span></p>") + f'<p style="text-align:right">二〇二五年二月二十八日</p></div><div class="con_b"><a>打印</a><a>关闭</a></div></div>{GOV_FOOT}', "新闻动态-柳林区人民政府",
    ),
    MINUTES.title, "2025-03-01", (*MINUTES.lines, "二〇二五年二月二十八日"), url="http://www.liulin.gov.example/ldhd/content_9901.html",
)  # fmt: skip

RELATED_INSIDE = Replica(
    "further_reading_inside_body", "paper",
    page(
        f'{nav()}<div class="art"><h1>{SCHOOL.title}</h1><div class="bar">2024-09-10 10:01:22 云溪日报 <a href="javascript:;">评论(5)</a></div><div class="art-body">{ps(SCHOOL.lines)}<p><strong>延伸阅读：</strong></p>' + "".join(f"<p><a href=/{i}>{t}</a></p>" for i, t in enumerate(HEADLINES[:3])) + f"<p>编辑：丁某</p></div></div>{cards('more')}{FOOT}", f"{SCHOOL.title}|云溪日报",
    ),
    SCHOOL.title, "2024-09-10T10:01", SCHOOL.lines, url="http://www.yunxirb.example/a/20240910/1001.html",
)  # fmt: skip

SPAN_SOUP = Replica(
    "wechat_sections_only", "wechat",
    '<!DOCTYPE html><html><head><meta charset="utf-8">' + og(title=LIFE.title, url="http://mp.weixin.qq.com/s?__biz=1") + f'<title></title></head><body><div id="page-content"><h1 class="rich_media_title " id="activity-name"><span class="js_title_inner">{LIFE.title}</span></h1><div id="meta_content"><span class="rich_media_meta rich_media_meta_nickname" id="profileBt"><a id="js_name">城东仓库日记</a></span><span id="meta_content_hide_info"><em id="publish_time" class="rich_media_meta rich_media_meta_text">2023年4月23日 09:17</em></span></div><div class="rich_media_content js_underline_content autoTypeSetting24psection" id="js_content">'
    + "".join(f'<section nodeleaf=""><img class="wxw-img" data-src="{i}"></section><section style="margin: 0px 16px;line-height: 2em;"><span leaf="" style="font-size: 15px;">{line}</span></section><section><span leaf=""><br class="ProseMirror-trailingBreak"></span></section>' for i, line in enumerate(LIFE.lines))
    + '<section><span leaf="">↓↓↓ 点击下方名片关注我们</span></section><section class="mp_profile_iframe_wrp"><mp-common-profile></mp-common-profile></section><p style="display: none;"><mp-style-type data-value="3"></mp-style-type></p></div><div class="wx_follow_context">人划线</div></div><script>var createTime = "2023-04-23 09:17"; var nickname = "城东仓库日记";</script></body></html>',
    LIFE.title, "2023-04-23T09:17", LIFE.lines, url="https://mp.weixin.qq.com/s/GGGGHHHH",
)  # fmt: skip

LISTS = (
    Replica("list_documents_table", "list", page(f'{GOVNAV}<table class="zcwj"><thead><tr><th>序号</th><th>标题</th><th>发文字号</th><th>成文日期</th><th>发布日期</th></tr></thead><tbody>' + rows('<tr><td>{n}</td><td class="info"><a href="{h}" target="_blank">关于{t}的通知</a><div class="tip" style="display:none">索引号：{n}</div></td><td>柳政办〔2025〕{n}号</td><td>{d}</td><td>{d}</td></tr>', GOV) + f'</tbody></table><div class="pg">每页20条 <a href="?p=2">下页</a></div>{GOV_FOOT}', "政策文件库-柳林区人民政府"), kind="list", url="http://www.liulin.gov.example/zcwjk/", links=GOV),
    Replica("list_wechat_album", "list", '<!DOCTYPE html><html><head><meta charset="utf-8"><title></title>' + og(title="民生一线") + '</head><body><div class="album"><div class="album__label-title">#民生一线</div><div class="album__num">12个内容</div><ul class="album__list js_album_list">' + rows('<li class="album__list-item js_album_item js_wx_tap_highlight wx_tap_cell" data-msgid="22{i}" data-itemidx="1" data-link="http://mp.weixin.qq.com/s?__biz=MzA%3D&mid=22{i}&idx=1#rd" data-title="{t}"><div class="album__item-content"><div class="album__item-title"><span>{t}</span></div><div class="album__item-info"><span class="js_article_create_time album__item-info-item" data-create_time="172051{n:04d}">1720514571</span></div></div></li>', tuple("x" * 12)) + "</ul></div></body></html>", kind="list", url="https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzA=", links=tuple(f"http://mp.weixin.qq.com/s?__biz=MzA%3D&mid=22{i}&idx=1#rd" for i in range(12))),
    Replica("list_epaper_catalogue", "list", page('<div class="date">2025年03月20日</div><div class="catalog">' + "".join(f'<div class="bm"><h3><a href="node_{k}.html">第{k:02d}版：{n}</a></h3><ul>' + rows(f'<li><a href="content_{k}{{i}}.html">{{t}}</a></li>', tuple("x" * 5), NAMES[k * 4 :]) + "</ul></div>" for k, n in enumerate(("要闻", "本地", "民生", "文体"), 0)) + "</div>" + FOOT, "北关晚报 目录"), kind="list", url="http://epaper.beiguan.example/pc/layout/202503/20/", links=tuple(f"content_{k}{i}.html" for k in range(4) for i in range(5 if k * 4 + 5 <= len(NAMES) else len(NAMES) - k * 4))),
    Replica("list_hupu_board", "list", page(f'{nav("虎扑", "步行街")}<div class="bbs-sl-web"><ul>' + rows('<li class="bbs-sl-web-post-body"><div class="bbs-sl-web-post-layout"><div class="post-title"><a href="/5600{n}.html" target="_blank" class="p-title">{t}</a></div><div class="post-datum">{n} / 12{n}</div><div class="post-auth"><a href="https://my.hupu.example/{n}" target="_blank">球迷老{n}张</a></div><div class="post-time">03-{n} 12:0{n}</div></div></li>', tuple("x" * 20)) + f'</ul></div><div class="pages"><a href="/all-2">2</a><a href="/all-2">下一页</a></div>{ranking("rec", "热门专区", ("足球话题区讨论", "篮球技术统计", "数码装备分享", "汽车生活交流"))}', "步行街主干道-虎扑社区"), kind="list", url="https://bbs.hupu.example/all-gambia", links=tuple(f"/5600{n}.html" for n in range(1, 21))),
    Replica("list_column_and_title", "list", page(f'{GOVNAV}<div class="newslist"><ul>' + rows('<li>[<a href="/lm/{i}">民生实事专栏</a>] <a href="{h}">{t}</a> <span>({d})</span></li>', GOV[:16]) + f"</ul></div>{GOV_FOOT}", "新闻中心"), kind="list", url="http://www.liulin.gov.example/xwzx/", links=GOV[:16]),
    Replica("list_pictures_with_titles_below", "list", page(f'{nav()}<div class="grid">' + rows('<div class="cell"><a href="{h}"><img src="{i}.jpg" alt="{t}"></a><p>{t}</p><i>{d}</i></div>', A[:9]) + f"</div>{FOOT}", "图片频道"), kind="list", url="https://pic.beiguan.example/", links=A[:9]),
)  # fmt: skip

ALL = (
    POLICY_DOC,
    XHS,
    FINANCE,
    PAGED_NUMBERS,
    WECHAT_PICTURES,
    MOBILE,
    NUXT,
    NEXT_FLIGHT,
    OLD_FONTS,
    RMRB,
    WENZHENG,
    REMARKED,
    CAPTIONED,
    PRE,
    MEETING,
    RELATED_INSIDE,
    SPAN_SOUP,
    *LISTS,
)
