# ruff: noqa: E501 - markup reads best as the lines it is served in
"""Portals and the sites of national media."""

from __future__ import annotations

from html import escape

from tests.quality.replicas.furniture import (
    AD,
    FOOT,
    SHARE,
    STATS,
    TOOLS,
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
    FLASH,
    HEADLINES,
    HOSPITAL,
    MARKET,
    PIPE,
    RIVER,
    SCHOOL,
    WORKERS,
)

NETEASE = Replica(
    "netease_2023", "portal",
    page(
        f'<div class="ntes_nav_wrap">{nav("网易首页", "应用", "快速导航", "登录", "注册免费邮箱", cls="ntes-nav")}</div><div class="wrapper clearfix" id="container" data-wemediaid="W123" data-tid="" data-publishtime="2023-06-05 07:12:33">'
        f'<div class="post_crumb"><a href="/">网易首页</a> &gt; <a href="/news">网易号</a> &gt; 正文 <span>申请入驻</span></div><div class="post_main"><h1 class="post_title">{PIPE.title}</h1>'
        f'<div class="post_info">\n 2023-06-05 07:12:33　来源: <a href="/c">北关晚报</a> <span>河北</span>\n <a href="#" class="post_jubao">举报</a></div><div class="post_side"><div class="post_side_num">0</div>分享至</div>'
        f'<div class="post_content" id="content"><div class="post_top"></div><div class="post_body"><p id="3A1">{PIPE.lines[0]}</p><p class="f_center"><img src="/1.jpg" alt="网易"/><br/></p>'
        + ps(PIPE.lines[1:], '<p id="3A">　　{}</p>')
        + f'</div>{AD}<div class="post_statement"><span class="bg"></span>特别声明：以上内容(如有图片或视频亦包括在内)为自媒体平台“网易号”用户上传并发布，本平台仅提供信息存储服务。<br/>Notice: The content above (including the pictures and videos if any) is uploaded and posted by a user of NetEase Hao.</div>'
        f'<div class="post_recommends">{ranking("post_recommends_list", "热点推荐")}</div></div></div><div class="post_area">{cards("mod_feed")}{remarks("post_comment", day="06-05")}</div></div>{FOOT}',
        f"{PIPE.title}|{PIPE.title[:6]}_网易订阅",
        og(title=PIPE.title, published_time="2023-06-05T07:12:33+08:00"),
    ),
    PIPE.title, "2023-06-05T07:12", PIPE.lines, url="https://www.163.com/dy/article/I6AAAA.html",
)  # fmt: skip

SINA_OLD = Replica(
    "sina_2012", "portal",
    page(
        f'<div class="blkTop"><a href="/">新浪首页</a> &gt; <a href="/c">新闻中心</a> &gt; <a href="/s">社会新闻</a> &gt; 正文</div><div class="blkContainer"><div class="blkContainerPblk"><div class="blkContainerSblk"><h1 id="artibodyTitle" pid="1" did="2">{WORKERS.title}</h1>'
        f'<div class="artInfo"><span id="art_source"><a href="http://www.x.example/">http://www.sina.com.cn</a></span>&nbsp;&nbsp;<span id="pub_date">2012年01月17日07:06</span>&nbsp;&nbsp;<span id="media_name"><a href="/m">平川日报</a>&nbsp;<a href="http://weibo.example/u"></a></span></div>'
        '<div class="otherContent_01" style="display:none"><a href="#">微博推荐</a></div><!-- 正文内容 begin --><!-- google_ad_section_start --><div class="blkContainerSblkCon" id="artibody"><div class="img_wrapper"><img src="1.jpg" alt="工人领到工资"/><span class="img_descr">工人查看到账短信。通讯员 摄</span></div>'
        + ps(WORKERS.lines, "<p>　　{}</p>")
        + f'<!-- publish_helper_end --></div><div class="footer_btn"><a href="#">我要评论</a></div><div class="contentExtra"><ul><li><a href="/a">专题：岁末讨薪</a></li></ul></div>{SHARE}</div></div>{ranking("blk_hot", "新闻排行")}</div>{FOOT}',
        f"{WORKERS.title}_新闻中心_新浪网", charset="gb2312",
    ),
    WORKERS.title, "2012-01-17T07:06", WORKERS.lines, encoding="gb18030", url="http://news.sina.com.cn/s/2012-01-17/070623800001.shtml",
)  # fmt: skip

SOHU = Replica(
    "sohu_mp", "portal",
    page(
        f'<div class="wrapper-box"><header id="main-header">{nav("新闻", "体育", "汽车", "房产", "旅游", "教育", "时尚", "科技", "财经", "娱乐", cls="area")}</header><div class="location"><a href="/c">搜狐首页</a> &gt; <a>社会</a></div><div class="left main"><div data-spm="content"><div class="text"><div class="text-title"><h1>\n {MARKET.title}\n <span class="article-tag"></span></h1>'
        '<div class="article-info"><span class="time" id="news-time" data-val="1695254340000">2023-09-21 07:59</span> <span class="split"></span><span data-role="original-link">来源:<a href="#">北关融媒</a></span><span>发布于：河北省</span></div></div>'
        f'<article class="article" id="mp-editor"><p data-role="original-title" style="display:none">原标题：{MARKET.title}，有关部门这样说</p>' + ps(MARKET.lines)
        + '<p data-role="editor-name">责任编辑：<span></span></p><a href="//www.sohu.com/?strategyid=00001&amp;spm=smpc.content" id="backsohucom"><span class="backword"><i class="backsohu"></i>返回搜狐，查看更多</span></a></article></div></div><div class="statement">平台声明：该文观点仅代表作者本人，搜狐号系信息发布平台，搜狐仅提供信息存储空间服务。</div>'
        f'<div class="bottom-relate-wrap"><span class="read-wrap">阅读 (<em>1203</em>)</span></div>{SHARE}</div>{cards("groom-read")}{ranking("right sidebar", "今日搜狐热点")}</div>{FOOT}',
        f"{MARKET.title}_摊主_市场_居民",
        meta(mediaid="北关融媒", og_url="www.sohu.com/a/1_2") + '<meta property="og:release_date" content="2023-09-21 07:59">',
    ),
    MARKET.title, "2023-09-21T07:59", MARKET.lines, url="https://www.sohu.com/a/722000001_120000001",
)  # fmt: skip

QQ = Replica(
    "qq_rain_in_script", "portal",
    page(
        '<div id="root"><div class="header"></div></div><script>window.DATA = ' + js({
            "article_id": "20240910A01", "title": SCHOOL.title, "pubtime": "2024-09-10 18:03:05", "media": "云溪发布", "media_id": 123, "abstract": SCHOOL.lines[0],
            "originContent": {"text": "<div class=\"rich_media_content\">" + ps(SCHOOL.lines, '<p class="qnt-p"><span>{}</span></p>') + "</div>", "directory": []}, "commentid": "8812", "catalog1": "society", "shareImg": "//img.example/1.jpg",
        }).replace("</", "<\\/") + ';</script><script>window.channel="rain"</script><div id="load-bot"></div>',
        f"{SCHOOL.title}_腾讯新闻", meta(description=SCHOOL.lines[0][:20]) + og(title=SCHOOL.title),
    ),
    SCHOOL.title, "2024-09-10T18:03", SCHOOL.lines, url="https://new.qq.com/rain/a/20240910A01", media="云溪发布",
)  # fmt: skip

IFENG = Replica(
    "ifeng_all_data", "portal",
    page(
        f'<div class="index_header_a1"><a href="//www.ifeng.com">凤凰网首页</a></div><div class="index_leftContent_YKF"><h1 class="index_title_sTm">{CHIP.title}</h1><div class="index_timeBref_2sk"><time>2024年07月09日 11:32:08</time><span class="index_source_Tfb">来自<a>华东财经报</a></span></div><div class="index_main_content_aX"><div class="index_smallFont_l">小</div><div class="index_text_D0U">'
        + ps(CHIP.lines) + f'</div></div><div class="index_ft_p"><span>亲爱的凤凰网用户：您当前使用的浏览器版本过低</span></div>{cards("index_relate_1")}</div><script>var globalApiPrefix="//x"; var allData = '
        + js({"nav": [{"title": "资讯"}], "docData": {"title": CHIP.title, "newsTime": "2024-07-09 11:32:08", "source": "华东财经报", "editorName": "林某", "contentData": {"contentList": [{"data": ps(CHIP.lines), "type": "text"}]}}, "hotData": [{"title": t, "newsTime": f"2024-07-0{i % 9 + 1} 08:00:00"} for i, t in enumerate(HEADLINES)]}).replace("</", "<\\/")
        + ";var adData={};</script>", f"{CHIP.title}_凤凰网财经_凤凰网", meta(og_time="2024年07月09日 11:32:08"),
    ),
    CHIP.title, "2024-07-09T11:32", CHIP.lines, url="https://finance.ifeng.com/c/8b1AAAA",
)  # fmt: skip

HUANQIU = Replica(
    "huanqiu_textareas", "portal",
    page(
        f'<div class="l-container"><div class="t-header"></div><div class="t-container-title"><h3>{RIVER.title}</h3></div><div class="metadata-info"><p class="time"></p><span class="source"><span>来源：</span><a>石门日报</a></span></div><textarea class="article-catnames">国内</textarea><textarea class="article-title">{RIVER.title}</textarea><textarea class="article-ext-xtitle">{RIVER.title}</textarea><textarea class="article-time">1728779520000</textarea>'
        '<textarea class="article-source-name">石门日报</textarea><textarea class="article-author">赵某</textarea><textarea class="article-content">' + escape("<article><section data-type=\"rtext\">" + ps(RIVER.lines) + "</section></article>") + "</textarea>"
        '<textarea class="article-editor-name">责编：钱某</textarea><div class="b-container"><div class="b-container-left"></div></div>' + FOOT, RIVER.title, meta(description=RIVER.lines[0]),
    ),
    RIVER.title, "2024-10-13T08:32", RIVER.lines, url="https://china.huanqiu.com/article/4JqAAAA",
)  # fmt: skip

PEOPLE = Replica(
    "people_2021", "portal",
    page(
        f'<div class="top w1200">{nav("人民网", "国际", "时政", "法治", "经济", "社会")}</div><div class="layout route"><a href="/">人民网</a>&gt;&gt;<a href="/shehui">社会·法治</a></div><div class="layout rm_txt cf"><div class="col col-1 fl"><h3 class="pre"></h3><h1>{HOSPITAL.title}</h1><h4 class="sub"></h4><div class="author cf"></div><div class="channel cf"><div class="col-1-1 fl">2022年06月20日08:14 | 来源：<a href="http://x.example" target="_blank">东湖时报</a></div><div class="col-1-2 fr"><div class="rm_btn cf"><span class="fl"><i></i>小字号</span></div></div></div>'
        '<div class="rm_txt_con cf"><div class="bza"><div style="text-align:center"><img src="/mediafile/1.jpg" alt="" /></div><p class="pictext" style="text-align: center;">夜间门诊里，医生正在为居民看诊。郑某 摄</p></div>'
        + ps(HOSPITAL.lines, '<p style="text-indent: 2em;">\n\t{}</p>') + f'<div class="zdfy clearfix"></div><center><table border="0" align="center" width="40%"><tr></tr></table></center><div class="box_pic"></div><div class="edit cf">(责编：孙某、李某)</div><div class="rm_sharebox cf">{SHARE}</div></div>'
        f'<div class="rm_relevant cf"><h2><span>相关新闻</span></h2><ul class="clearfix">{"".join(f"<li><a href=/n1/{i}.html>{t}</a></li>" for i, t in enumerate(HEADLINES[:5]))}</ul></div></div>{ranking("col col-2 fr", "热门排行")}</div>{FOOT}',
        f"{HOSPITAL.title}--社会·法治--人民网", meta(publishdate="2022-06-20", source="来源：东湖时报", author="100001"), charset="GB2312",
    ),
    HOSPITAL.title, "2022-06-20T08:14", HOSPITAL.lines, encoding="gb18030", url="http://society.people.com.cn/n1/2022/0620/c1008-32450001.html",
)  # fmt: skip

XINHUA = Replica(
    "xinhuanet_2022", "portal",
    page(
        f'<div class="fix-ewm domPC"><img src="/e.png"><div class="fxd"><span class="fxd-wx">分享到微信</span></div></div><div class="domPC"><div class="header domPC" data-header="two"><div class="header-top clearfix"><div class="header-nav left">{nav("学习进行时", "高层", "时政", "人事", "国际", "财经")}</div></div><div class="header-cont clearfix"><div class="header-time left"><span class="year"><em> 2022</em></span><span class="day"><em>10</em>/<em>13</em></span><span class="time">16:45:20</span></div><div class="source">来源：新华网</div><div class="head-line clearfix"><h1><span class="title">{RIVER.title}</span><span class="btn-audio"></span></h1></div></div></div></div>'
        f'<div class="mheader domMobile"><h1><span class="title">{RIVER.title}</span></h1><div class="info">2022-10-13 16:45:20 <span>来源： 新华网</span></div></div><div class="main clearfix"><div class="main-left left"><div id="detail"><span id="detailContent">' + ps(RIVER.lines, "<p>　　{}</p>")
        + f'</span><div id="articleEdit"><span class="tiyi1 domPC"><a href="javascript:void(0);" class="advise">【纠错】</a></span><span class="editor">【责任编辑:吴某】</span></div></div><div class="nextpage clearfix"><div class="nextpage-tit">阅读下一篇：</div><div class="nextpage-cont"><a href="#">{HEADLINES[3]}</a></div></div></div>{ranking("main-right right", "深度观察")}</div>{FOOT}',
        f"{RIVER.title}-新华网", meta(publishdate="2022-10-13", source="新华网", author="新华网", contentid="1129060001"),
    ),
    RIVER.title, "2022-10-13T16:45", RIVER.lines, url="http://www.news.cn/local/2022-10/13/c_1129060001.htm",
)  # fmt: skip

CCTV = Replica(
    "cctv_2024", "portal",
    page(
        f'<div class="header_ind">{nav("央视网首页", "新闻频道", "国内", "国际", "经济", "军事")}</div><div class="column_wrapper"><div class="title_area" id="title_area"><h1>{FIRE.title}</h1><div class="info1">来源：央视网 | 2024年08月18日 20:11:37</div><div class="ind_share" id="bdshare"><span>分享到：</span></div></div><div class="content_18313" id="page_body"><div class="text_area" id="text_area"><div class="content_area" id="content_area"><p><strong>央视网消息</strong>：{FIRE.lines[0]}</p><p class="photo_img_20190808"><img src="1.jpg" /></p><p class="photo_alt_20190808" style="text-align: center;">火灾现场（视频截图）</p>'
        + ps(FIRE.lines[1:], "<p>　　{}</p>") + f'</div><div class="zebian"><span>编辑：周某</span> <span>责任编辑：刘某</span></div>{SHARE}<div class="zhongdian">点击图片进入专题</div></div></div></div>{cards("zhizhen")}{FOOT}',
        f"{FIRE.title}_新闻频道_央视网(cctv.com)", meta(author="央视网", source="央视网"),
    ),
    FIRE.title, "2024-08-18T20:11", ("央视网消息：" + FIRE.lines[0], *FIRE.lines[1:]), url="https://news.cctv.com/2024/08/18/ARTIAAAA.shtml",
)  # fmt: skip

CHINANEWS = Replica(
    "chinanews_2023", "portal",
    page(
        f'<div class="nav_navcon">{nav("首页", "时政", "东西问", "大湾区", "华人", "财经", cls="nav_navcon_ul")}</div><div class="content_maincontent"><div class="content_maincontent_more"><div class="path"><a href="/">首页</a>→<a href="/sh">社会新闻</a></div><div class="content_maincontent_content"><h1 class="content_left_title">\n {WORKERS.title}</h1><div class="content_left_time">\n2023年01月14日 10:20　来源：<a href="http://www.chinanews.com.cn/" class="source">中国新闻网</a><a href="#comment" id="gocomm">参与互动</a><div class="font_size"><span>大字体</span><span>小字体</span></div></div><div class="editor">'
        f'</div><div class="left_zw"><p>　　<strong>{WORKERS.title}</strong></p>' + ps(WORKERS.lines, "<p>　　{}</p>") + f'<p>　　(完)</p></div><div class="adEditor"><div class="left_name right">【编辑:陈某】</div></div>{AD}<div class="left_bt">更多精彩内容请进入社会新闻</div></div></div>{ranking("right_content", "社会新闻精选")}</div>{FOOT}',
        f"{WORKERS.title}-中新网", meta(source="中国新闻网"), charset="utf-8",
    ),
    WORKERS.title, "2023-01-14T10:20", (*WORKERS.lines, "(完)"), url="https://www.chinanews.com.cn/sh/2023/01-14/9930001.shtml",
)  # fmt: skip

GMW = Replica(
    "gmw_2020", "portal",
    page(
        f'<div class="g-header">{nav("首页", "时政", "国际", "时评", "理论", "文化")}</div><div class="g-main"><div class="m-title-box"><div class="m-crumbs">光明网>地方频道>要闻></div><h1 class="u-title">\n{SCHOOL.title}\n</h1><div class="m-con-info"><span class="m-con-time">2020-09-08 09:47</span><span class="m-con-source">来源：<a href="#">云溪日报</a></span><span class="u-code">用手机看</span></div></div><div class="m-article"><div class="u-mainText">' + ps(SCHOOL.lines, "<p>　　{}</p>")
        + f'<!-- --><p id="contentLiability">[ 责编：丁某 ]</p></div><div class="m-zbTool">阅读剩余全文（<span></span>）</div></div>{cards("m-recommend")}</div>{FOOT}',
        f"{SCHOOL.title} _光明网", meta(publishdate="2020-09-08", author="丁某"),
    ),
    SCHOOL.title, "2020-09-08T09:47", SCHOOL.lines, url="https://difang.gmw.cn/2020-09/08/content_34160001.htm",
)  # fmt: skip

CE = Replica(
    "ce_trs_2016", "portal",
    page(
        f'<table width="1000" align="center"><tr><td>{nav("中国经济网", "财经", "产经", "地方")}</td></tr></table><div class="wrapper"><div id="leftside"><h1 id="articleTitle">\n{RIVER.title}</h1><div class="laiyuan"><span id="articleTime">2016年10月14日 08:15</span>　　<span id="articleSource">来源： 石门日报</span>　　<span id="articleAuthor">　吴某</span></div><div class="content"><div class="TRS_Editor"><style type="text/css">.TRS_Editor P{{margin-top:1em;line-height:1.5;}}</style><div class=TRS_PreAppend style="overflow-x:hidden;word-break:break-all">'
        + ps(RIVER.lines, "<p align=\"justify\">　　{}</p>") + f'</div></div><div class="cont-xg"></div><div id="articleEditor" class="editor" style="text-align:right">（责任编辑：符某）</div><div class="zhengwen-xg"><h4>相关新闻</h4></div></div>{SHARE}</div>{ranking("rightside", "24小时排行")}</div>{FOOT}',
        f"{RIVER.title}_中国经济网——国家经济门户", charset="gb2312",
    ),
    RIVER.title, "2016-10-14T08:15", RIVER.lines, encoding="gb18030", url="http://district.ce.cn/newarea/roll/201610/14/t20161014_16780001.shtml",
)  # fmt: skip

THEPAPER = Replica(
    "thepaper_next", "portal",
    page(
        f'<div id="__next"><main class="ant-layout"><div class="index_wrapper__L_zqV"><div class="index_headerContent__sASF4"><h1 class="index_title__B8mhI">{FIRE.title}</h1><div class="index_headerWrap__Hp"><div class="index_left__LfzyH"><div>南塘观察记者 何某</div><div class="ant-space"><div class="ant-space-item"><span>2024-08-17 21:05</span></div><div class="ant-space-item"><span>来源：<span>澎湃新闻</span></span></div></div></div><div>字号</div></div></div><div class="index_cententWrap__Jv8jK">' + ps(FIRE.lines)
        + f'<p><br></p></div><div class="index_editor">责任编辑：<a href="/u">冯某</a></div><div>图片编辑：蒋某</div><div>校对：张某</div><div class="index_copyright__rPHm0">澎湃新闻报料：021-000000</div>{ranking("index_hot", "热新闻")}<div class="index_tag">#火灾#</div></div></main></div><script id="__NEXT_DATA__" type="application/json">'
        + js({"props": {"pageProps": {"detailData": {"contType": 0, "contentDetail": {"contId": 28400001, "name": FIRE.title, "pubTime": "2024-08-17 21:05", "publishTime": 1723899900000, "author": "南塘观察记者 何某", "source": "澎湃新闻", "content": ps(FIRE.lines), "responsibleEditor": "冯某", "summary": FIRE.lines[0]}}, "hot": [{"name": t, "pubTime": "3小时前"} for t in HEADLINES]}}, "page": "/detail/[id]"})
        + "</script>", f"{FIRE.title}_直击现场_澎湃新闻-The Paper", og(title=FIRE.title),
    ),
    FIRE.title, "2024-08-17T21:05", FIRE.lines, url="https://www.thepaper.cn/newsDetail_forward_28400001",
)  # fmt: skip

JIEMIAN = Replica(
    "jiemian_2024", "portal",
    page(
        f'<div class="header-bar">{nav("界面", "快讯", "财经", "科技")}</div><div class="article-view"><div class="article-main"><div class="article-header"><div class="news-tag">芯片</div><h1>{CHIP.title}</h1><p>供给收缩与需求回暖叠加，观望还是备货？</p></div><div class="article-info"><p><span class="author"><a href="/u/1">韩某</a></span> · <span data-article-publish-time="1720490100">2024/07/09 09:55</span> <span class="from">来源：界面新闻</span> <span class="hit">浏览 5.6w</span></p></div><div class="article-img"><img src="1.jpg"/><p>图片来源：视觉图库</p></div><div class="article-content"><p>界面新闻记者 | 韩某</p><p>界面新闻编辑 | 杨某</p>'
        + ps(CHIP.lines) + f'</div><div class="article-source"><p>未经正式授权严禁转载本文，侵权必究。</p></div><div class="report-view">{SHARE}</div></div><div class="recommend-view">{cards()}</div>{remarks("comment-main", day="07/09")}</div>{FOOT}',
        f"{CHIP.title}|界面新闻 · 科技",
    ),
    CHIP.title, "2024-07-09T09:55", ("界面新闻记者 | 韩某", "界面新闻编辑 | 杨某", *CHIP.lines), url="https://www.jiemian.com/article/11400001.html",
)  # fmt: skip

KR36 = Replica(
    "kr36_relative", "portal",
    page(
        f'<div id="app"><div class="kr-layout"><div class="common-width content articleDetailContent kr-rich-text-wrapper-outer"><div class="article-detail-wrapper-box"><h1 class="article-title margin-bottom-20 common-width">{CHIP.title}</h1><div class="article-title-icon common-width margin-bottom-40"><a class="title-icon-item item-a" href="/user/1">远川财经</a><span class="title-icon-item item-time">·2天前</span></div><div class="summary">现货价格涨幅接近25%。</div><div><div class="common-width margin-bottom-20"><div class="articleDetailContent kr-rich-text-wrapper">'
        + ps(CHIP.lines) + f'<p>本文来自微信公众号“远川财经”，作者：韩某，36氪经授权发布。</p></div></div></div><p class="article-footer-txt">该文观点仅代表作者本人，36氪平台仅提供信息存储空间服务。</p></div></div>{ranking("hot-article", "热门文章")}{cards("article-mutual")}</div></div><script>window.initialState='
        + js({"articleDetail": {"articleDetailData": {"data": {"itemId": 2850001, "widgetTitle": CHIP.title, "publishTime": 1720331640000, "author": "远川财经", "widgetContent": ps(CHIP.lines)}}}, "hotlist": [{"widgetTitle": t, "publishTime": 1720500000000 + i * 60000} for i, t in enumerate(HEADLINES)]}).replace("</", "<\\/") + "</script>",
        f"{CHIP.title}-36氪",
    ),
    CHIP.title, "2024-07-07T13:54", CHIP.lines, url="https://36kr.com/p/2850001", fetched_at="2024-07-09T20:00",
)  # fmt: skip

CLS = Replica(
    "cls_flash", "portal",
    page(
        f'<div id="__next"><div class="header-content"></div><div class="detail-left"><div class="detail-header"></div><div class="m-b-20 clearfix detail-title"><span class="detail-title-content">{FLASH.title}</span></div><div class="clearfix m-b-15 f-s-12 c-999"><div class="f-l m-r-10">2024年07月09日 16:42:51</div><div class="f-l m-r-10">财闻社 </div><div class="f-l">阅 31.2W</div></div><div class="m-b-40 detail-content"><div>{FLASH.lines[0]}</div></div><div class="detail-tag">房地产 公积金</div></div>{ranking("detail-right", "热门文章")}</div><script id="__NEXT_DATA__" type="application/json">'
        + js({"props": {"initialState": {"detail": {"articleDetail": {"id": 1720001, "ctime": 1720514571, "title": FLASH.title, "content": FLASH.lines[0], "author": ""}}, "telegraph": [{"ctime": 1720510000 + i, "content": t} for i, t in enumerate(HEADLINES)]}}})
        + "</script>" + FOOT, FLASH.title,
    ),
    FLASH.title, "2024-07-09T16:42", FLASH.lines, url="https://www.cls.cn/detail/1720001",
)  # fmt: skip

CAIXIN = Replica(
    "caixin_paged", "portal",
    page(
        f'<div class="navBottom">{nav("财新网", "财新周刊", "数据通", "国际")}</div><div class="contentMain"><div class="comMain"><div class="conlf"><div id="the_content"><div id="conTitle"><h1>\n{MARKET.title}\n</h1><div id="artInfo">\n来源于 <a href="/w">《北关周刊》</a> 2021年09月21日 10:08\n</div><div class="share">{SHARE}</div></div><div id="subhead" class="subhead">附近的摊位费前半年全免，后半年减半</div><div class="media_pic"><dl class="media_pic"><dt><img src="1.jpg"></dt><dd>9月20日，新建的便民市场内，摊主在整理蔬菜。图：沈某/视觉</dd></dl></div><div id="Main_Content_Val" class="text">'
        + ps(MARKET.lines[:4], "<p>　　{}</p>") + f'</div><div class="pageNavBox" id="pageNext"><div class="pages"><span>上一页</span><a class="current">1</a><a href="?p2">2</a><a href="?p2" class="next">下一页</a><a href="?p0">余下全文</a></div></div><div class="content-tag">责任编辑：许某 | 版面编辑：曹某</div><div class="moreReport">更多报道详见：《早市往事》（2021-08-02）</div></div></div>{ranking("conri", "最新文章")}</div></div>{remarks("comment_wrap")}{FOOT}',
        f"{MARKET.title}_社会频道_财新网",
    ),
    MARKET.title, "2021-09-21T10:08", MARKET.lines[:4], url="https://www.caixin.com/2021-09-21/101700001.html",
)  # fmt: skip

YICAI_PLAIN = Replica(
    "mobile_spa_state_only", "portal",
    "<!doctype html><html><head><meta charset=utf-8><title>" + HOSPITAL.title + "</title>" + meta(keywords="社区,门诊") + "</head><body><div id=app><div class=loading>加载中…</div></div><noscript>请开启JavaScript以获得更好的体验</noscript><script>window.__INITIAL_STATE__="
    + js({"user": None, "article": {"info": {"newsId": "77001", "newsTitle": HOSPITAL.title, "newsBody": ps(HOSPITAL.lines, "<p>　　{}</p>"), "newsSource": "东湖时报", "createTime": "2025-06-19 22:30:11", "publishDate": "2025-06-20 07:05:00", "updateTime": "2025-06-20 09:00:00"}, "recommend": [{"newsTitle": t, "publishDate": f"2025-06-2{i % 9} 10:00:00", "summary": t} for i, t in enumerate(HEADLINES)]}}).replace("</", "\\u003C/")
    + ";(function(){var s;(s=document.currentScript||document.scripts[document.scripts.length-1]).parentNode.removeChild(s);}());</script>" + STATS + "</body></html>",
    HOSPITAL.title, "2025-06-20T07:05", HOSPITAL.lines, url="https://m.donghu.example/news/77001",
)  # fmt: skip

ALL = (
    NETEASE,
    SINA_OLD,
    SOHU,
    QQ,
    IFENG,
    HUANQIU,
    PEOPLE,
    XINHUA,
    CCTV,
    CHINANEWS,
    GMW,
    CE,
    THEPAPER,
    JIEMIAN,
    KR36,
    CLS,
    CAIXIN,
    YICAI_PLAIN,
)
TOOLBAR = TOOLS
