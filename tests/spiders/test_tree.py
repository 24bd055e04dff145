"""The flat tree: what the parser writes is read back exactly, however odd the markup was."""

from __future__ import annotations

from spiders.tree import parse


def test_attributes_keep_their_signs() -> None:
    tree = parse(
        '<body><a href="/?a=1&amp;b=2" title="甲 > 乙 <丙> &quot;丁&quot;" data-href="/no">戊</a></body>'
    )
    link = tree.elements[1]
    assert link.attribute("href") == "/?a=1&b=2"
    assert link.attribute("title") == '甲 > 乙 <丙> "丁"'
    assert link.attribute("rel") == ""
    assert tree.text(link) == "戊"


def test_text_keeps_its_signs() -> None:
    tree = parse("<body><p>1 &lt; 2 &amp;amp; 3&nbsp;&gt; 2</p></body>")
    assert [line.text for line in tree.lines] == ["1 < 2 &amp; 3 > 2"]


def test_comments_and_scripts_are_no_text() -> None:
    tree = parse(
        "<body><p>前<!-- <p>藏 --><script>if (a < b) {}</script>后</p><button><svg></svg></button></body>"
    )
    assert [line.text for line in tree.lines] == ["前后"]
    assert [text for _, text in tree.scripts] == ["if (a < b) {}"]


def test_selectors_find_the_element_they_name() -> None:
    tree = parse('<body><nav><option>无</option></nav><div class="x"><br><p>一</p><p>二</p></div></body>')
    assert [tree.text(e) for e in tree.select("div.x > p")] == ["一", "二"]
    assert tree.select("div:::x") == []


def test_markup_that_never_closes_is_read_to_its_end() -> None:
    tree = parse("<body><div><p>一<div>二<a href=x>三<plaintext><p>四</div>")
    assert "".join(line.text for line in tree.lines).startswith("一二三")
    assert all(e.index < e.stop <= len(tree.elements) for e in tree.elements)
    assert all(e.line <= e.last_line <= len(tree.lines) for e in tree.elements)


def test_what_is_hidden_hides_all_it_holds() -> None:
    tree = parse('<body><div style="color:red; DISPLAY : none"><p>藏</p></div><p>显</p></body>')
    assert [e.hidden for e in tree.elements] == [False, True, True, False]
