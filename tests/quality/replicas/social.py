# ruff: noqa: E501 - markup reads best as the lines it is served in
"""Platforms of self-media, questions and answers, and forums."""

from __future__ import annotations

import json
from urllib.parse import quote

from tests.quality.replicas.furniture import (
    FOOT,
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
    remarks,
)
from tests.quality.replicas.texts import (
    CHIP,
    FIRE,
    HEADLINES,
    LIFE,
    MARKET,
    PIPE,
    RENT,
    REPLIES,
    SCHOOL,
    VIDEO,
)

NEWS_TAIL = '<div id="js_pc_qr_code" class="qr_code_pc_outer"><p>微信扫一扫<br>关注该公众号</p></div><div id="js_tags"></div><div class="rich_media_tool">阅读原文 阅读 在看</div><div class="weui-dialog"><p>继续滑动看下一个</p><p>轻触阅读原文</p><p>向上滑动看下一个</p><p>知道了</p><p>微信扫一扫使用小程序</p></div>'
LINES_135 = ("食堂里的一顿饭，牵动着全县两万多个家庭。", *SCHOOL.lines[1:5])
WECHAT_135 = Replica(
    "wechat_editor_soup", "wechat",
    '<!DOCTYPE html><html class=""><head><meta charset="utf-8"><meta name="wechat-enable-text-zoom-em" content="true">' + og(title=SCHOOL.title, site_name="微信公众平台", description="这顿饭，我们一起来做") + f'<title></title></head><body id="activity-detail" class="zh_CN mm_appmsg"><div id="js_article" class="rich_media"><div id="img-content" class="rich_media_wrp"><h1 class="rich_media_title" id="activity-name">\n{SCHOOL.title}\n</h1><div id="meta_content" class="rich_media_meta_list"><span id="copyright_logo" class="wx_tap_link rich_media_meta icon_appmsg_tag">原创</span><span class="rich_media_meta rich_media_meta_text">云溪教育</span><span id="profileBt"><a href="javascript:void(0);" class="wx_tap_link" id="js_name">云溪教育发布 </a></span><em id="publish_time" class="rich_media_meta rich_media_meta_text"></em><em id="js_ip_wording_wrp" style="display:none">河北</em></div>'
    '<div class="rich_media_content js_underline_content" id="js_content" style="visibility: hidden; opacity: 0; "><section data-tools="135编辑器" data-id="94522"><section style="text-align:center"><section style="display:inline-block"><p style="font-size:12px;color:#aaa"><span>点击上方</span><strong><span style="color:#0d6">蓝字</span></strong><span>关注我们</span></p></section></section></section>'
    f'<section style="margin:10px auto"><section style="display:flex"><section class="135brush"><p><span style="font-size:15px">{LINES_135[0]}</span></p></section></section></section>'
    + "".join(f'<section data-role="outer" label="edit by 135editor"><section style="text-align:center;"><section style="background:#0b6"><span>0{i}</span></section></section><section class="135brush" data-autoskip="1" style="line-height:1.75em"><p style="margin:0"><span style="font-size: 15px;">{line[:13]}</span><span style="font-size: 15px;">{line[13:]}</span></p><p><br></p><p style="text-align:center"><img class="rich_pages" data-src="https://img.example/{i}"></p></section></section>' for i, line in enumerate(LINES_135[1:], 1))
    + f'<section><mp-common-profile data-nickname="云溪教育发布"></mp-common-profile></section><section style="text-align:center;font-size:12px"><p>来源：县教育局</p><p>编辑：丁某　审核：方某</p><p>— END —</p><p>点个在看，转给更多家长</p></section></div>{NEWS_TAIL}</div></div><script>var biz="MzA=="; var ct = "1725955380"; var nickname = htmlDecode("云溪教育发布"); var msg_title = \'{SCHOOL.title}\'.html(false); var createTime = \'2024-09-10 16:03\'; var oriCreateTime = \'1725955380\';</script></body></html>',
    SCHOOL.title, "2024-09-10T16:03", LINES_135, url="https://mp.weixin.qq.com/s/AAAABBBB", media="云溪教育发布",
)  # fmt: skip

NOTE = "【招募】柳林区图书馆招募暑期志愿者\n时间：7月10日至8月25日，每周二至周日\n要求：年满16周岁，有爱心，能坚持服务十次以上\n报名：请在工作时间到馆一楼服务台登记，或拨打0300-8605566，6月30日截止，欢迎大家踊跃参加。"
WECHAT_TEXT = Replica(
    "wechat_text_message", "wechat",
    '<!DOCTYPE html><html><head><meta charset="utf-8"><title></title>' + og(title="【招募】柳林区图书馆招募暑期志愿者", site_name="微信公众平台") + meta(description="【招募】柳林区图书馆招募暑期志愿者\\x0a时间：7月10日至8月25日，每周二至周日")
    + '</head><body class="zh_CN"><div id="js_article"><div class="rich_media_area_primary"><div id="js_text_content"></div><p id="js_text_title"></p></div></div><script>window.cgiDataNew = {\n  title: JsDecode(\'【招募】柳林区图书馆招募暑期志愿者\'),\n  nick_name: JsDecode(\'柳林区图书馆\'),\n  create_time: JsDecode(\'2024-06-18 11:45\'),\n  ori_create_time: \'1718682300\' * 1,\n  item_show_type: \'10\' * 1,\n  text_page_info: {\n    content: JsDecode(\'' + NOTE.replace("\n", "\\x0a") + '\'),\n    content_noencode: JsDecode(\'' + NOTE.replace("\n", "\\x0a") + "'),\n    is_user_title: '0' * 1,\n  },\n};</script>" + NEWS_TAIL + "</body></html>",
    "【招募】柳林区图书馆招募暑期志愿者", "2024-06-18T11:45", tuple(NOTE.split("\n")), url="https://mp.weixin.qq.com/s/CCCCDDDD", media="柳林区图书馆",
)  # fmt: skip

TOUTIAO = Replica(
    "toutiao_render_data", "selfmedia",
    page(
        '<div id="root"></div><script id="RENDER_DATA" type="application/json">' + quote(json.dumps({"app": {}, "data": {"title": MARKET.title, "content": ps(MARKET.lines, '<p data-track="1">{}</p>') + "<p>（本文由北关融媒原创）</p>", "publishTime": "1695254340", "source": "北关融媒", "mediaInfo": {"name": "北关融媒"}, "itemCell": {"articleBase": {"title": MARKET.title}}, "hotBoard": [{"Title": t} for t in HEADLINES]}}, ensure_ascii=False)) + "</script>",
        f"{MARKET.title} - 今日头条", meta(description=MARKET.lines[0]),
    ),
    MARKET.title, "2023-09-21T07:59", (*MARKET.lines, "（本文由北关融媒原创）"), url="https://www.toutiao.com/article/7280000000000000001/", media="北关融媒",
)  # fmt: skip

TOUTIAO_SSR = Replica(
    "toutiao_syl_article", "selfmedia",
    page(
        f'<div id="root"><div class="toutiao-header"><div class="common-header">{nav("首页", "下载头条APP", "添加到桌面")}</div></div><div class="main-wrapper"><div class="article-detail-container"><div class="main"><div class="show-monitor"><div class="article-content"><h1>{CHIP.title}</h1><div class="article-meta"><span>2024-07-09 12:08</span><span class="dot">·</span><span class="name"><a href="/c/user/1">远川财经</a></span><span class="original-tag">原创</span></div><article class="syl-article-base syl-page-article tt-article-content">'
        + ps(CHIP.lines) + f'</article></div><div class="detail-interaction">评论 12 点赞 收藏</div></div>{remarks("ttp-comment-wrapper", day="2024-07-09")}</div><div class="right-sidebar">{ranking("home-hotboard", "头条热榜")}{cards("ttp-feed-module")}</div></div></div></div>',
        f"{CHIP.title} - 今日头条",
    ),
    CHIP.title, "2024-07-09T12:08", CHIP.lines, url="https://www.toutiao.com/article/7389000000000000002/",
)  # fmt: skip

BAIJIAHAO = Replica(
    "baijiahao_2025", "selfmedia",
    page(
        f'<div id="ssr-content"><div data-testid="article"><div id="header"><h1 class="_1btOy">{PIPE.title}</h1></div><div class="_2DA7f"><div data-testid="author-info"><span data-testid="author-name" class="_2gGWi">北关晚报</span></div><div class="_10s4U"><span class="_2sjh9" data-testid="updatetime">06-05 07:20</span><span class="_2Wctx">北关晚报官方账号</span></div><div>关注</div></div><div class="_18p7x" data-testid="article"><div class="dpu8C _2kCxD"><p><span class="bjh-p">'
        + "</span></p></div><div class=\"dpu8C _2kCxD\"><p><span class=\"bjh-p\">".join(PIPE.lines) + f'</span></p></div></div><div class="_3hMwG"><span>举报/反馈</span></div></div>{remarks("xcp-list", day="06-05")}{ranking("_1Yvpx", "大家都在搜")}</div><script>window.jsonData = ' + js({"bsData": {"profile": {"type": "author"}, "superlanding": [{"itemType": "news"}]}}) + "</script>",
        PIPE.title, meta(og_type="article") + '<meta itemprop="dateUpdate" content="2025-06-05 07:20:44"><meta itemprop="datePublished" content="2025-06-05">',
    ),
    PIPE.title, "2025-06-05T07:20", PIPE.lines, url="https://baijiahao.baidu.com/s?id=1834000000000000001", fetched_at="2025-06-06T09:00",
)  # fmt: skip

WEIBO_ARTICLE = Replica(
    "weibo_ttarticle", "selfmedia",
    page(
        f'<div class="WB_frame"><div class="WB_artical" node-type="articleContent"><div class="main_toppic"><img src="c.jpg"></div><div class="main_editor"><div class="title" node-type="articleTitle">{LIFE.title}</div><div class="authorinfo S_bg2"><span class="W_autocut author2"><em class="W_autocut">城东仓库日记</em></span><span class="time">2023-04-23 09:17</span><a href="javascript:;" class="S_link2">阅读 4万+</a></div><div class="preface">一间旧仓库的第三个春天</div><div class="WB_editor_iframe_new" node-type="contentBody">'
        + ps(LIFE.lines, '<p align="justify">{}</p>') + f'</div><div class="artical_add_box S_bg2">{SHARE}<div class="DSC_topicon">发布于 2023-04-23 09:17 著作权归作者所有</div></div></div></div>{remarks("WB_feed_repeat", day="04-23")}</div>{FOOT}', LIFE.title,
    ),
    LIFE.title, "2023-04-23T09:17", LIFE.lines, url="https://weibo.com/ttarticle/p/show?id=2309404890000000000001",
)  # fmt: skip

ZHIHU_ANSWER = Replica(
    "zhihu_answer", "qa",
    page(
        '<div id="root"><header class="AppHeader">' + nav("首页", "知乎知学堂", "发现", "等你来答") + f'</header><div class="QuestionPage"><meta itemprop="name" content="{RENT.title}"><div class="QuestionHeader"><h1 class="QuestionHeader-title">{RENT.title}</h1><div class="QuestionHeader-topics">租房 押金 法律</div><button>关注问题</button><button>写回答</button><div class="NumberBoard">关注者 126 被浏览 45,210</div></div><div class="Question-main"><div class="ListShortcut"><div class="Card AnswerCard"><div class="QuestionAnswer-content"><div class="ContentItem AnswerItem"><div class="ContentItem-meta"><div class="AuthorInfo"><span class="AuthorInfo-name">阿木律师</span><div class="AuthorInfo-detail">执业律师</div></div><span class="Voters">312 人赞同了该回答</span></div><div class="RichContent"><div class="RichContent-inner"><span class="RichText ztext CopyrightRichText-richText" itemprop="text">'
        + ps(LIFE.lines, '<p data-pid="x">{}</p>') + '</span></div><div><div class="ContentItem-time"><a target="_blank" href="/a"><span data-tooltip="发布于 2023-04-20 11:02">编辑于 2023-04-23 09:17</span></a>・IP 属地河北</div></div><div class="ContentItem-actions">赞同 312 22 条评论 分享 收藏 喜欢</div></div></div></div></div></div><div class="MoreAnswers"><div class="List"><h4>更多回答</h4>'
        + "".join(f'<div class="List-item"><div class="ContentItem AnswerItem"><div class="AuthorInfo"><span class="AuthorInfo-name">路人{i}</span></div><div class="RichContent-inner"><span class="RichText ztext"><p>{t}{t}</p></span></div><div class="ContentItem-time">发布于 2023-05-0{i + 1} 10:00</div></div></div>' for i, t in enumerate(REPLIES[:4]))
        + '</div></div></div></div></div><script id="js-initialData" type="text/json">' + js({"initialState": {"entities": {"answers": {"29900001": {"content": ps(LIFE.lines), "createdTime": 1681959720, "updatedTime": 1682212620, "question": {"title": RENT.title}}}}}}) + "</script>",
        f"{RENT.title} - 知乎", meta(description="楼主在城西租了一年的房子"),
    ),
    RENT.title, "2023-04-20T11:02", LIFE.lines, also_times=("2023-04-23T09:17",), url="https://www.zhihu.com/question/59600001/answer/29900001",
)  # fmt: skip

ZHIHU_COLUMN = Replica(
    "zhihu_column", "selfmedia",
    page(
        f'<div id="root"><main class="App-main"><div class="Post-content"><div class="ColumnPageHeader">首发于 小城故事</div><article class="Post-Main Post-NormalMain"><header class="Post-Header"><h1 class="Post-Title">{LIFE.title}</h1><div class="Post-Author"><span class="AuthorInfo-name">城东仓库</span><button>关注</button></div><div>256 人赞同了该文章</div></header><div class="Post-RichTextContainer"><div class="RichText ztext Post-RichText"><p data-first-child="" data-pid="a">' + "</p><p data-pid=\"b\">".join(LIFE.lines)
        + f'</p></div></div><div class="ContentItem-time">发布于 2023-04-23 09:17・IP 属地河北</div><div class="Post-topicsAndReviewer">图书馆 县城 公益</div></article><div class="Post-Sub"><div class="Recommendations-Main"><h3>推荐阅读</h3>{cards("Recommendations-List", HEADLINES[:4])}</div>{remarks("Comments-container", day="2023-04-24")}</div></div></main></div>',
        f"{LIFE.title} - 知乎",
    ),
    LIFE.title, "2023-04-23T09:17", LIFE.lines, url="https://zhuanlan.zhihu.com/p/624000001",
)  # fmt: skip

DOUBAN = Replica(
    "douban_group_topic", "forum",
    page(
        f'<div id="db-global-nav">{nav("豆瓣", "读书", "电影", "音乐", "同城", "小组")}</div><div id="wrapper"><div id="content"><h1>\n{RENT.title}\n</h1><div class="grid-16-8"><div class="article"><div class="topic-content clearfix" id="topic-content"><div class="user-face"><img></div><div class="topic-doc"><h3><span class="from">来自: <a href="/p">搬砖的小林</a></span> <span class="create-time">2022-11-08 21:40:12</span> <span class="create-ip-location">河北</span></h3><div id="link-report"><div class="topic-content"><div class="topic-richtext">' + ps(RENT.lines)
        + '</div></div></div></div></div><div class="sns-bar">赞 回应 转发 收藏</div><ul class="topic-reply" id="comments">'
        + "".join(f'<li class="clearfix comment-item reply-item"><div class="user-face"><img></div><div class="reply-doc content"><div class="bg-img-green"><h4><a>邻人{i}</a> <span class="pubtime">2022-11-0{9 - i % 2} 0{i}:15:22</span></h4></div><p class="reply-content">{t}</p><div class="operation-div">赞 回应</div></div></li>' for i, t in enumerate(REPLIES))
        + f'</ul></div><div class="aside">{ranking("mod", "最新讨论", HEADLINES[:6])}</div></div></div></div>{FOOT}', RENT.title,
    ),
    RENT.title, "2022-11-08T21:40", RENT.lines, kind="forum", url="https://www.douban.com/group/topic/277000001/",
)  # fmt: skip

JIANSHU = Replica(
    "jianshu_hashed", "selfmedia",
    page(
        f'<div id="__next"><header class="_2zeTMs">简书 首页 下载APP</header><div class="_21bLU4 _3kbg6I"><div class="_3VRLsv" role="main"><div class="_gp-ck"><section class="ouvJEz"><h1 class="_1RuRku">{LIFE.title}</h1><div class="rEsl9f"><div class="s-dsoj"><time datetime="2023-04-23T01:17:05.000Z">2023.04.23 09:17:05</time><span>字数 512</span><span>阅读 1,024</span></div></div><article class="_2rhmJa">' + ps(LIFE.lines)
        + f'</article><div class="_1kCBjS">12人点赞 &gt; <a>日记本</a></div><div class="_19DgIp">©著作权归作者所有,转载或内容合作请联系作者</div></section></div>{remarks("_2Vco1M", day="04.23")}</div><aside>{ranking("_3Z3nHf", "推荐阅读")}</aside></div></div>', f"{LIFE.title} - 简书",
    ),
    LIFE.title, "2023-04-23T09:17", LIFE.lines, url="https://www.jianshu.com/p/aaaabbbbcccc",
)  # fmt: skip

BILIBILI = Replica(
    "bilibili_opus", "selfmedia",
    page(
        f'<div class="bili-header">{nav("首页", "番剧", "直播", "游戏中心", "会员购")}</div><div id="app"><div class="opus-detail"><div class="bili-opus-view"><div class="opus-module-title"><span class="opus-module-title__text">{LIFE.title}</span></div><div class="opus-module-author"><div class="opus-module-author__name">城东仓库日记</div><div class="opus-module-author__pub"><div class="opus-module-author__pub__text">编辑于 2023年04月23日 09:17</div></div></div><div class="opus-module-content">' + ps(LIFE.lines, '<p><span class="">{}</span></p>')
        + f'</div><div class="opus-module-copyright">本文为我原创，未经作者授权，禁止转载</div><div class="opus-module-stat">分享 收藏 点赞</div></div></div></div>{ranking("right-sidebar", "推荐文章")}<script>window.__INITIAL_STATE__=' + js({"detail": {"basic": {"title": LIFE.title}, "modules": [{"module_author": {"pub_ts": 1682212620, "pub_time": "编辑于 2023年04月23日 09:17"}}]}}) + ";</script>", f"{LIFE.title} - 哔哩哔哩",
    ),
    LIFE.title, "2023-04-23T09:17", LIFE.lines, url="https://www.bilibili.com/opus/787000000000000001",
)  # fmt: skip

HUPU = Replica(
    "hupu_thread", "forum",
    page(
        f'<div id="__next"><header>{nav("虎扑", "足球", "篮球", "步行街")}</header><div class="bbs-post-web"><div class="index_bbs-post-web-main__D_K6v"><div class="post-content_main-post-info__qCbZu"><div class="bbs-post-web-main-title"><h1 class="name">{RENT.title}</h1></div><div class="post-user_post-user-comp__3azpu"><div class="post-user_post-user-comp-info__sE4oJ"><a class="post-user_post-user-comp-info-top-name__N3D4w">街头老林</a><span class="post-user_post-user-comp-info-top-time___TEYX">2022-11-08 21:40:12</span><span>· 发布于河北</span></div></div><div class="post-content_main-post-content__"><div class="thread-content-detail">' + ps(RENT.lines) + '</div></div></div><div class="post-reply_post-reply__"><div class="wrapper-title">这些回帖亮了</div>'
        + "".join(f'<div class="post-reply-list"><div class="reply-list-wrapper"><a class="user-base-info">球迷{i}</a><span class="post-reply-list-time">2022-11-09 1{i}:02:11</span><div class="reply-list-content"><div class="thread-content-detail"><p>{t}</p></div></div><div class="ops">亮了({i * 9}) 回复 只看此人 举报</div></div></div>' for i, t in enumerate(REPLIES))
        + f'</div></div></div></div>{ranking("hot-list", "热帖推荐")}{FOOT}', f"{RENT.title}-虎扑社区",
    ),
    RENT.title, "2022-11-08T21:40", RENT.lines, kind="forum", url="https://bbs.hupu.com/56000001.html",
)  # fmt: skip

TIEBA = Replica(
    "tieba_thread_short", "forum",
    page(
        f'<div class="head_top">{nav("贴吧", "首页", "吧务")}</div><div id="container"><div class="core_title_wrap_bright"><h3 class="core_title_txt pull-left text-overflow" title="{RENT.title}">{RENT.title}</h3><ul class="core_title_btns"><li>只看楼主</li><li>收藏</li><li>回复</li></ul></div><div class="p_postlist" id="j_p_postlist">'
        + "".join(
            f'<div class="l_post l_post_bright j_l_post clearfix" data-field="{{}}"><div class="d_author"><ul class="p_author"><li class="d_name"><a class="p_author_name">{"搬砖小林" if i == 0 else "吧友" + str(i)}</a></li><li class="l_badge">铁杆吧友 1{i}</li></ul></div><div class="d_post_content_main"><div class="p_content"><cc><div class="d_post_content j_d_post_content clearfix" id="post_content_{i}">            {t}</div></cc></div><div class="core_reply"><div class="core_reply_tail"><div class="post-tail-wrap"><span>IP属地:河北</span><span class="tail-info">来自<a>Android客户端</a></span><span class="tail-info">{i + 1}楼</span><span class="tail-info">2022-11-08 2{1 + i % 3}:4{i}</span></div></div></div></div></div>'
            for i, t in enumerate(("<br>".join(RENT.lines), *REPLIES)))
        + f'</div></div><div class="aside">{ranking("region_bright", "贴吧热议榜")}</div>', f"{RENT.title}_南塘吧_百度贴吧",
    ),
    RENT.title, "2022-11-08T21:40", RENT.lines, kind="forum", url="https://tieba.baidu.com/p/8130000001",
)  # fmt: skip

DISCUZ = Replica(
    "discuz_x3_gbk", "forum",
    page(
        f'<div id="hd">{nav("门户", "论坛", "导读", "分类信息")}</div><div id="pt" class="bm cl"><div class="z"><a href="./">临河论坛</a> &rsaquo; <a href="f">民生</a> &rsaquo; <a href="t">{RENT.title}</a></div></div><div id="postlist" class="pl bm"><table><tr><td class="pls ptn pbn"><div class="hm"><span class="xg1">查看:</span> <span class="xi1">2310</span>|<span class="xg1">回复:</span> <span class="xi1">7</span></div></td><td class="plc ptm pbn vwthd"><h1 class="ts"><a href="f">[租房]</a> <span id="thread_subject">{RENT.title}</span></h1><span class="xg1"><a href="t">[复制链接]</a></span></td></tr></table>'
        + "".join(
            f'<div id="post_{i}"><table id="pid{i}" class="plhin"><tr><td class="pls" rowspan="2"><div class="pi"><div class="authi"><a class="xw1">{"临河小林" if i == 0 else "会员" + str(i)}</a></div></div><dl class="pil cl"><dt>主题</dt><dd>3</dd><dt>积分</dt><dd>12{i}</dd></dl></td><td class="plc"><div class="pi"><strong><a id="postnum{i}"><em>{i + 1}</em><sup>#</sup></a></strong><div class="pti"><div class="authi"><em id="authorposton{i}">发表于 <span title="2022-11-{8 + i // 3} {21 + i % 3}:40:1{i}">{i + 1}&nbsp;天前</span></em><span class="pipe">|</span><a>只看该作者</a></div></div></div><div class="pct"><div class="pcb"><div class="t_fsz"><table cellspacing="0"><tr><td class="t_f" id="postmessage_{i}">{"<i class=pstatus> 本帖最后由 临河小林 于 2022-11-8 21:52 编辑 </i><br><br>" if i == 0 else ""}{t}</td></tr></table></div></div></div></td></tr><tr><td class="plc plm"><div class="sign">签名：平平淡淡才是真</div></td></tr></table></div>'
            for i, t in enumerate(("<br>\n<br>\n".join(RENT.lines), *REPLIES)))
        + f'</div>{FOOT}<p>Powered by <strong>Discuz!</strong> X3.4</p>', f"{RENT.title} - 民生 - 临河论坛 -  Powered by Discuz!", charset="gbk",
    ),
    RENT.title, "2022-11-08T21:40", RENT.lines, kind="forum", encoding="gb18030", url="http://bbs.linhe.example/thread-120001-1-1.html",
)  # fmt: skip

PHPWIND = Replica(
    "phpwind_thread", "forum",
    page(
        f'<div id="top">{nav("社区", "新帖", "精华")}</div><div id="breadCrumb">南塘社区 &raquo; 房产家居 &raquo; {RENT.title}</div><div class="readTop">上一主题 下一主题</div><div id="pw_content">'
        + "".join(
            f'<div class="read_t"><table width="100%" class="floot"><tr><td rowspan="2" class="floot_left"><div class="readName b"><a>{"老街小林" if i == 0 else "网友" + str(i)}</a></div><div class="user-info">级别: 骑士 发帖: {i * 31} 威望: 12 点</div></td><td class="floot_right"><div class="tipTop s6"><span class="fr"><a class="s2 b">{("楼主", "沙发", "板凳", "地板")[i] if i < 4 else str(i) + "楼"}</a></span><span title="2022-11-08 21:40:0{i}">发表于: 2022-11-08</span> <a>只看楼主</a> 倒序阅读</div>'
            + (f'<h1 id="subject_tpc" class="read_h1">{RENT.title}</h1>' if i == 0 else "") + f'<div class="tpc_content"><div class="f14" id="read_{i}">{t}</div></div></td></tr></table></div>'
            for i, t in enumerate(("<br />".join(RENT.lines), *REPLIES)))
        + f"</div>{FOOT}", f"{RENT.title} - 房产家居 - 南塘社区", charset="gbk",
    ),
    RENT.title, "2022-11-08T21:40", RENT.lines, kind="forum", encoding="gb18030", url="http://www.nantangbbs.example/read.php?tid=330001",
)  # fmt: skip

VIDEO_PAGE = Replica(
    "video_page", "selfmedia",
    page(
        nav("首页", "直播", "热点", "小视频") + f'<div class="player" id="player"><video src="1.mp4"></video><p>您的浏览器不支持视频播放</p></div><div class="video-info"><h1 class="video-title">{VIDEO.title}</h1><div class="meta"><span>江北台</span><span>2024-07-22 08:00</span><span>12.3万次播放</span></div><div class="desc">' + "<br>".join(VIDEO.lines) + f'</div></div><div class="next-play"><h3>接下来播放</h3>{"".join(f"<div class=it><a href=/v/{i}>{t}</a><span>0{i % 9}:1{i % 6}</span></div>" for i, t in enumerate(HEADLINES))}</div>{FOOT}', f"{VIDEO.title}_江北视频",
    ),
    VIDEO.title, "2024-07-22T08:00", VIDEO.lines, url="https://v.jiangbei.example/v/770001",
)  # fmt: skip

CSDN = Replica(
    "csdn_modified", "selfmedia",
    page(
        f'<div id="toolbarBox"></div><div class="main_father"><main><div class="blog-content-box"><div class="article-header"><div class="article-title-box"><h1 class="title-article" id="articleContentId">{LIFE.title}</h1></div><div class="article-info-box"><div class="article-bar-top"><img><div class="bar-content"><span class="tit">版权声明</span><span class="article-type-text">原创</span><span class="time">于 2023-04-23 09:17:05 发布</span><span class="read-count">阅读量1.2k</span></div><div class="up-time"><span>于 2023-04-23 09:17:05 首次发布</span></div><div class="slide-content-box"><span>版权声明：本文为博主原创文章，遵循 CC 4.0 BY-SA 版权协议，转载请附上原文出处链接和本声明。</span></div></div></div></div><article class="baidu_pl"><div id="article_content" class="article_content clearfix"><div id="content_views" class="htmledit_views">' + ps(LIFE.lines)
        + f'</div></div></article><div class="more-toolbox-new">点赞 12 收藏 踩 评论</div></div>{remarks("comment-box", day="2023.04.23")}<div class="recommend-box">{"".join(f"<div class=recommend-item-box><a>{t}</a><span class=info-block>04-2{i % 9} 1万+</span><p class=desc>{t}，本文将详细介绍相关背景和步骤，希望对大家有所帮助。</p></div>" for i, t in enumerate(HEADLINES))}</div></main><aside class="blog_container_aside">{ranking("aside-box", "热门文章")}</aside></div>', f"{LIFE.title}-CSDN博客",
    ),
    LIFE.title, "2023-04-23T09:17", LIFE.lines, url="https://blog.csdn.net/u01/article/details/130000001",
)  # fmt: skip

JSONLD_ONLY = Replica(
    "json_ld_over_wrong_meta", "selfmedia",
    page(
        f'{nav("首页", "同城")}<div class="wrap"><div class="tt">{FIRE.title}</div><div class="sub">南塘同城　今天的头条</div><section class="txt">' + "".join(f"<span>　　{line}</span><br/>" for line in FIRE.lines)
        + f'</section>{remarks("pl", day="8-18")}{ranking("rank")}</div>{FOOT}', f"{FIRE.title} | 南塘同城",
        meta(publishdate="1970-01-01", description="南塘同城，您身边的生活平台") + '<script type="application/ld+json">' + js({"@context": "https://ziyuan.baidu.com/contexts/cambrian.jsonld", "@id": "https://www.nt.example/1", "appid": "1", "title": FIRE.title, "pubDate": "2024-08-17T19:44:00", "upDate": "2024-08-18T09:00:00"}) + "</script>",
    ),
    FIRE.title, "2024-08-17T19:44", FIRE.lines, url="https://www.nttongcheng.example/info/1.html",
)  # fmt: skip

ALL = (
    WECHAT_135,
    WECHAT_TEXT,
    TOUTIAO,
    TOUTIAO_SSR,
    BAIJIAHAO,
    WEIBO_ARTICLE,
    ZHIHU_ANSWER,
    ZHIHU_COLUMN,
    DOUBAN,
    JIANSHU,
    BILIBILI,
    HUPU,
    TIEBA,
    DISCUZ,
    PHPWIND,
    VIDEO_PAGE,
    CSDN,
    JSONLD_ONLY,
)
