# ruff: noqa: E501 - markup reads best as the lines it is served in
"""What stands round an article on real sites: navigation, rankings, sharing, remarks, small print."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tests.quality.replicas.texts import HEADLINES, REPLIES


@dataclass(frozen=True)
class Replica:
    """One page as its system serves it, and what a reader would say it holds.

    `time` is ISO without an offset (China's), a bare date where the page shows no minutes, or None.
    `links` are the addresses of a list page, as written in it.
    """

    name: str
    sort: str
    html: str
    title: str = ""
    time: str | None = None
    text: tuple[str, ...] = ()
    kind: str = "article"
    url: str | None = None
    encoding: str = "utf-8"
    content_type: str | None = None
    also_times: tuple[str, ...] = ()
    also_titles: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    media: str | None = None
    fetched_at: str | None = None

    @property
    def raw(self) -> bytes:
        return self.html.encode(self.encoding, "xmlcharrefreplace")


def js(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def ps(lines: Sequence[str], form: str = "<p>{}</p>") -> str:
    return "\n".join(form.format(line) for line in lines)


def nav(*names: str, cls: str = "nav") -> str:
    items = names or ("首页", "国内", "国际", "社会", "财经", "体育", "娱乐", "科技", "健康", "视频")
    cells = "".join(
        f'<li><a href="/{i}/index.html" target="_blank">{n}</a></li>' for i, n in enumerate(items)
    )
    return f'<div class="{cls}"><ul class="clearfix">{cells}</ul></div>'


def ranking(
    cls: str = "hot-rank", name: str = "24小时热榜", items: Sequence[str] = HEADLINES[:10], at: str = "/a"
) -> str:
    cells = "".join(
        f'<li><em class="n{i + 1}">{i + 1}</em><a href="{at}/{3000 + i}.html" title="{t}">{t}</a></li>'
        for i, t in enumerate(items)
    )
    return f'<div class="{cls}"><div class="hd"><h2>{name}</h2><a href="{at}/more">更多</a></div><ul>{cells}</ul></div>'


def cards(cls: str = "feed-list", items: Sequence[str] = HEADLINES[4:14]) -> str:
    """Recommended articles with a summary each, as under most portals' articles."""
    return (
        f'<div class="{cls}">'
        + "".join(
            f'<div class="item"><a class="img" href="/r/{i}"><img src="//img.example/{i}.jpg" alt="{t}"></a><div class="txt"><h3><a href="/r/{i}">{t}</a></h3><p class="sum">记者从有关部门获悉，{t}，相关工作正在有序推进，具体安排以官方发布为准。</p><span class="src">晚报客户端</span><span class="time">{i + 1}小时前</span><span class="cmt">{i * 17 + 3}评论</span></div></div>'
            for i, t in enumerate(items)
        )
        + "</div>"
    )


def remarks(cls: str = "comment-list", texts: Sequence[str] = REPLIES, day: str = "06-04") -> str:
    return (
        f'<div class="{cls}"><div class="hd">网友评论 <span>{len(texts)}条</span> 文明上网理性发言，请遵守评论服务协议</div>'
        + "".join(
            f'<div class="cmt-item"><div class="avatar"><img src="/u{i}.png"></div><div class="r"><div class="nick">流水不腐{i}</div><div class="c">{t}</div><div class="ft"><span>{day} {8 + i:02d}:1{i % 6}</span><a href="javascript:;">赞({i * 3})</a><a href="javascript:;">回复</a></div></div></div>'
            for i, t in enumerate(texts)
        )
        + "</div>"
    )


SHARE = '<div class="share"><span>分享到：</span><a class="wx" href="javascript:;">微信</a><a class="wb" href="javascript:;">微博</a><a class="qq" href="javascript:;">QQ空间</a><div class="qr"><p>用微信扫码二维码</p><p>分享至好友和朋友圈</p></div></div>'
TOOLS = '<div class="tools">字号：<a href="javascript:doZoom(18)">大</a> <a href="javascript:doZoom(16)">中</a> <a href="javascript:doZoom(14)">小</a> <a href="javascript:window.print()">打印</a></div>'
AD = '<div class="ad_wrap"><script>var cpro_id="u1234567";(window.slotbydup=window.slotbydup||[]).push({id:"7654321",container:"s1",size:"640,90"});</script><ins class="adsbygoogle"></ins><span class="ad-tip">广告</span></div>'
STATS = '<script>var _hmt=_hmt||[];(function(){var hm=document.createElement("script");hm.src="//hm.example/hm.js?0a1b";var s=document.getElementsByTagName("script")[0];s.parentNode.insertBefore(hm,s);})();</script>'
FOOT = '<div class="footer"><p><a href="/about">关于我们</a> | <a href="/ad">广告服务</a> | <a href="/law">法律声明</a> | <a href="/job">招聘信息</a> | <a href="/map">网站地图</a></p><p>互联网新闻信息服务许可证：13120200001　增值电信业务经营许可证：冀B2-20200001　违法和不良信息举报电话：0300-12345678</p><p>Copyright © 2008-2026 All Rights Reserved 版权所有 未经书面授权不得复制或建立镜像</p></div>'
GOV_FOOT = '<div class="foot"><p>主办单位：柳林区人民政府办公室　承办单位：柳林区数据局</p><p>网站标识码：1301990001　冀ICP备05000001号-1　冀公网安备 13019902000001号</p><p>联系电话：0300-8601234　地址：柳林区府前街1号　技术支持：某某软件</p></div>'


def page(body: str, title: str, head: str = "", charset: str | None = "utf-8", lang: str = "zh-CN") -> str:
    declared = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n{declared}<title>{title}</title>\n'
        f'<meta name="viewport" content="width=device-width">\n{head}\n'
        f'<link rel="stylesheet" href="/s/main.css"><script src="/s/jquery.min.js"></script>\n</head>\n<body>\n{body}\n{STATS}</body>\n</html>\n'
    )


def meta(**names: str) -> str:
    return "".join(f'<meta name="{k.replace("_", ":")}" content="{v}">\n' for k, v in names.items())


def og(**names: str) -> str:
    return "".join(
        f'<meta property="{"og" if k != "published_time" else "article"}:{k}" content="{v}">\n'
        for k, v in names.items()
    )
