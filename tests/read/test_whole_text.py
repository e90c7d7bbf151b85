"""Nothing of an article's own is lost to the rules that take the page's furniture off, and the furniture goes."""

import pytest

from qzetl.errors import InputError
from qzetl.read.page import read_page

URI = "http://news.example/a.html"
TITLE = "去年全市生产总值增长6.6%"
PROSE = "2023年,全市生产总值2168.4亿元,比上年增长6.6%,增速高于全省平均。其中,第三产业增加值增长7.1%,比重继续提高。"
MORE = "全年规模以上工业增加值增长8.2%,其中高新技术产业增加值增长10.4%,数字经济核心产业制造业增加值增长12.9%。"


def _read(body: str, title: str = TITLE) -> list[str]:
    page = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    return read_page(page, URI).text.split("\n")


def _paragraphs(*lines: str) -> str:
    return "<div class='c'>" + "".join(f"<p>{line}</p>" for line in lines) + "</div>"


@pytest.mark.parametrize(
    "line",
    [
        "时间:2月19日上午9时至11时30分",
        "日期:2月19日至21日,共三天",
        "来源:省外务工人员1200人,本地劳动者800人",
        "审核:乡镇(街道)在5个工作日内审核申请材料",
        "作者:三位作者都来自基层,最大的78岁",
        "附件:1.补助资金分配表",
        "分享改革发展成果",
        "返回家乡创业",
    ],
)
def test_line_between_paragraphs_that_begins_like_a_label_is_text(line):
    assert _read(_paragraphs(PROSE, line, MORE)) == [PROSE, line, MORE]


@pytest.mark.parametrize(
    "line",
    ["责任编辑:王小明", "审核:李大江", "编辑:王小明 校对:李大江", "【字号:大 中 小】", "分享到:微信 微博", "返回顶部"],
)
def test_labels_and_buttons_are_taken_off_wherever_they_stand(line):
    assert _read(_paragraphs(PROSE, line, MORE)) == [PROSE, MORE]
    assert _read(_paragraphs(PROSE, MORE, line)) == [PROSE, MORE]


@pytest.mark.parametrize("line", ["来源:示例日报", "日期:2024-02-19", "作者:王小明", "标签:经济 增长"])
def test_credits_below_the_prose_are_taken_off(line):
    assert _read(_paragraphs(PROSE, MORE, line)) == [PROSE, MORE]


@pytest.mark.parametrize(
    "line",
    [
        "文字:袁小霞;编辑:谢小恬;审核:郭永、关小锋、房海",
        "(记者 王小明 通讯员 李大江 文/图)",
        "一审:王小明 二审:李大江 三审:赵小江",
        "图文:示例县融媒体中心",
        "供稿丨市统计局",
        "欢迎分享、点赞、在看",
        "识别二维码关注我们",
        "▼",
    ],
)
def test_who_made_the_article_and_calls_to_readers_are_taken_off_below_the_prose(line):
    assert _read(_paragraphs(PROSE, MORE, line)) == [PROSE, MORE]


@pytest.mark.parametrize("line", ["示例市统计局", "记者 站点由8个增加到12个", "视频 展示了园区建设", "图1 各县增速"])
def test_other_last_lines_stay(line):
    assert _read(_paragraphs(PROSE, MORE, line)) == [PROSE, MORE, line]


def test_names_below_the_prose_are_the_byline_where_none_stands_above():
    lines = "".join(f"<p>{line}</p>" for line in (PROSE, MORE, "(记者 王小明)"))
    page = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div>{lines}</div></body></html>"

    assert read_page(page, URI).byline == "王小明"


def test_last_sentence_beside_a_picture_is_no_caption():
    line = (
        "下一步,全市将聚焦主导产业,强化服务保障,推动项目早开工、早投产,优化营商环境,完善要素配置,为高质量发展提供支撑。"
    )

    assert _read(_paragraphs(PROSE, MORE, "<img src='1.jpg'>", line)) == [PROSE, MORE, line]
    assert (
        _read(_paragraphs(PROSE, "<img src='1.jpg'>", "多家企业正试图联合起来。", MORE))[1]
        == "多家企业正试图联合起来。"
    )


@pytest.mark.parametrize(
    "line", ["图片由示例县融媒体中心提供。", "新厂区一角。李大江摄", "新华社发(王小明摄)", "(资料图片)"]
)
def test_line_beside_a_picture_that_credits_it_is_a_caption(line):
    assert _read(_paragraphs(PROSE, "<img src='1.jpg'>", line, MORE)) == [PROSE, MORE]


def test_article_goes_on_below_an_inset_of_links():
    inset = ["推荐阅读", *(f"<a href='/{i}'>一季度重大项目集中开工</a>" for i in range(3))]
    lines = [PROSE, MORE] * 4

    assert _read(_paragraphs(*lines, *inset, PROSE, MORE)) == [*lines, PROSE, MORE]
    assert _read(_paragraphs(*lines, *inset, PROSE, inset[1])) == lines


def test_time_and_place_of_an_event_stay_at_the_end():
    lines = [PROSE, MORE, "时间:2024年2月24日上午9时", "地点:市人力资源市场一楼"]

    assert _read(_paragraphs(*lines)) == lines


def test_linked_files_are_taken_off_and_listed_ones_stay():
    files = "附件:<a href='1.doc'>补助资金分配表.doc</a>"
    listed = ["附件:1.补助资金分配表", "2.绩效目标表"]

    assert _read(_paragraphs(PROSE, MORE, files)) == [PROSE, MORE]
    assert _read(_paragraphs(PROSE, MORE, *listed)) == [PROSE, MORE, *listed]


@pytest.mark.parametrize(
    "line",
    [
        "特别提示:2月份工业生产者出厂价格同比下降2.1%,仍处低位。",
        "声明:公司2023年营业收入12.3亿元,数据未经审计。",
        "更多精彩活动将在春节期间举行,预计接待游客120万人次。",
        "第四条 补助资金专款专用,任何单位和个人不得截留、挪用或者擅自使用。",
        "第五条 统计调查取得的资料未经同意不得对外提供、复制或者转载。",
    ],
)
def test_sentence_that_begins_or_sounds_like_a_notice_does_not_end_the_article(line):
    lines = [PROSE, MORE, PROSE, MORE, line, "全市经济总体平稳。"]

    assert _read(_paragraphs(*lines)) == lines


@pytest.mark.parametrize(
    "line",
    [
        "更多精彩内容请关注“示例发布”微信公众号。",
        "声明:本文不代表本站观点。",
        "凡本网注明来源的稿件,未经授权不得使用。",
        "未经许可不得转载",
        "凡本站注明“原创”的作品,版权属于本站所有,其他媒体转载使用时必须注明来源。",
        "版权与免责声明",
        "Copyright © 2024 示例网 版权所有",
        "热门推荐",
        "延伸閱讀",
        "相关阅读",
        "上一篇:一季度重大项目集中开工",
    ],
)
def test_notice_ends_the_article(line):
    link = "<a href='/b.html'>一季度重大项目集中开工</a>"

    assert _read(_paragraphs(PROSE, MORE, PROSE, line, link, "联系电话:0570-1234567")) == [PROSE, MORE, PROSE]


def test_heading_that_announces_is_the_articles_own_where_much_prose_follows():
    lines = [PROSE, MORE, PROSE, "新闻链接", MORE, PROSE]

    assert _read(_paragraphs(*lines)) == lines
    assert _read(_paragraphs(*lines[:3], "相关新闻", *lines[4:])) == [*lines[:3], "相关新闻", *lines[4:]]
    assert _read(_paragraphs(*lines[:3], "网友评论", *lines[4:])) == lines[:3]


_NAV = "<div class='top'><a href='/1'>首页</a> <a href='/2'>新闻中心</a> <a href='/3'>政务公开</a></div>"
_FOOT = "<div class='bottom'>主办单位:示例市统计局 建议使用1024*768以上分辨率浏览</div>"
_CELLS = [
    ("指标", "12月", "累计"),
    ("规模以上工业增加值", "12.3", "123.4"),
    ("社会消费品零售总额", "23.4", "345.6"),
    ("固定资产投资", "", "6.3"),
    ("居民人均可支配收入", "", "48210"),
]
_TABLE = "<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in _CELLS) + "</table>"
_ROWS = ["\t".join(row) for row in _CELLS]


def test_page_of_one_table_of_figures_is_read_with_its_unit_and_notes():
    body = f"{_NAV}<div class='b'><p>单位:亿元、%、元</p>{_TABLE}<p>注:固定资产投资为增速</p></div>{_FOOT}"

    assert _read(body, "12月主要经济指标") == ["单位:亿元、%、元", *_ROWS, "注:固定资产投资为增速"]


def test_large_table_below_a_short_paragraph_is_read():
    rows = "".join(f"<tr><td>示例镇第{i}村民委员会</td><td>{i}3.5</td></tr>" for i in range(1, 60))
    lead = "现将各村集体经济收入公布如下,欢迎监督。"

    lines = _read(f"{_NAV}<div class='b'><p>{lead}</p><div><table>{rows}</table></div></div>{_FOOT}")

    assert lines[0] == lead
    assert lines[-1] == "示例镇第59村民委员会\t593.5"


def test_calendar_is_no_table_of_figures():
    days = "".join("<tr>" + "".join(f"<td>{7 * w + d}</td>" for d in range(1, 8)) + "</tr>" for w in range(4))

    with pytest.raises(InputError, match="no article"):
        _read(f"{_NAV}<div class='b'><table>{days}</table></div>{_FOOT}")


def test_what_stands_beside_one_long_paragraph_is_kept():
    lines = [PROSE + MORE + PROSE, "全市经济总体平稳。"]

    assert _read(f"{_NAV}{_paragraphs(*lines)}{_FOOT}") == lines
    assert _read(f"{_NAV}<div class='c'><p>{lines[0]}</p>{_TABLE}</div>{_FOOT}") == [lines[0], *_ROWS]


def test_table_beside_the_element_with_the_prose_is_kept():
    lines = [PROSE, MORE] * 3
    prose = _paragraphs(*lines)

    assert _read(f"{_NAV}<div class='d'>{prose}<div class='e'>{_TABLE}</div></div>{_FOOT}") == [*lines, *_ROWS]


def test_small_table_below_one_paragraph_is_kept():
    table = "<table><tr><th>姓名</th><th>得票</th></tr><tr><td>王小明</td><td>120</td></tr></table>"

    assert _read(f"{_NAV}<div class='c'><p>{PROSE}</p>{table}</div>{_FOOT}") == [PROSE, "姓名\t得票", "王小明\t120"]


def test_table_of_other_articles_is_taken_off_with_its_dates():
    row = "<tr><td><a href='/1'>一季度重大项目集中开工</a></td><td>2024-01-01</td></tr>"
    body = f"<div><p>{PROSE}</p><p>{MORE}</p><table>{4 * row}</table></div>"

    article = read_page(f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{body}</body></html>", URI)

    assert (article.text, article.published) == (f"{PROSE}\n{MORE}", None)


def test_board_of_quotations_does_not_draw_in_what_stands_beside_the_article():
    board = "".join(f"<tr><td>示例{i}号</td><td>{i}.35</td><td>+{i}.2%</td></tr>" for i in range(1, 30))
    lines = [PROSE, MORE] * 4

    assert _read(f"{_NAV}{_paragraphs(*lines)}<div><table>{board}</table></div>{_NAV}") == lines


def test_sentence_about_origins_names_no_source():
    lines = "".join(f"<p>{line}</p>" for line in (PROSE, MORE, "来源：省外占三成，本地占七成。"))
    page = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div>{lines}</div></body></html>"

    assert read_page(page, URI).source is None


def test_heading_of_a_table_is_kept():
    table = _TABLE.replace("<table>", "<table><caption>表1 主要指标(单位:亿元)</caption>")

    assert _read(f"<div class='c'><p>{PROSE}</p>{table}</div>") == [PROSE, "表1 主要指标(单位:亿元)", *_ROWS]


def test_lines_of_preformatted_text_are_paragraphs():
    assert _read(f"<pre>  {PROSE}\n  {MORE}\n\n  {PROSE}</pre>") == [PROSE, MORE, PROSE]


def test_headline_broken_over_lines_is_read_whole_and_taken_off():
    title = "示例市2023年经济运行情况新闻发布会实录"
    body = f"<div class='c'><h2>{title[:16]}<br>{title[16:]}</h2><p>{PROSE}</p><p>{MORE}</p></div>"
    page = f"<html><head><title>{title}_示例市人民政府</title></head><body>{body}</body></html>"

    article = read_page(page, URI)

    assert (article.title, article.text) == (title, f"{PROSE}\n{MORE}")


def test_pieces_of_a_cell_are_not_parted_and_its_lines_are():
    cells = [
        ("<p>示例<br>单位</p>", "<b>处罚</b><br>结果"),
        ("<span>示例</span><span>公司</span>", "<p>罚款<span>56</span>万元</p><p>警告</p>"),
    ]
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells)

    lines = _read(f"<div class='c'><p>{PROSE}</p><table>{rows}</table><p>{MORE}</p></div>")

    assert lines == [PROSE, "示例 单位\t处罚结果", "示例公司\t罚款56万元 警告", MORE]


def test_sentences_set_in_pieces_are_the_article_and_not_the_site_s_own_words():
    pieces = ("全市", "工业", "增加值", "同比", "增长", "8.9%", ",高于", "全省", "平均", "2.9", "个", "百分点", "。")
    paragraph = "<p>" + "".join(f"<span>{piece}</span>" for piece in pieces) + "</p>"
    about = "<div class='intro'><p>本局负责全市统计工作,发布统计数据,服务社会各界,欢迎监督。</p></div>"

    assert _read(f"{about}{_NAV}<div class='c'>{3 * paragraph}</div>{_NAV}") == ["".join(pieces)] * 3


def test_table_of_words_is_the_article_beside_the_site_s_own_words():
    row = "<tr><td>示例化工有限公司</td><td>未按规定公示年报</td><td>责令改正</td><td>市监局</td></tr>"
    about = "<div class='intro'><p>本局负责全市市场监管,维护市场秩序。</p></div>"

    lines = _read(f"{about}{_NAV}<div class='c'><table>{4 * row}</table></div>{_NAV}", "行政处罚信息公开表")

    assert lines == ["示例化工有限公司\t未按规定公示年报\t责令改正\t市监局"] * 4


def test_what_a_framework_hides_is_not_the_article():
    hidden = f"<div class='ng-hide'><p>{PROSE}</p><p>{PROSE}</p></div>"

    assert _read(f"{hidden}<div class='c'><p>{MORE}</p></div>") == [MORE]


def test_labels_of_a_document_are_taken_off_above_its_text():
    labels = ["索 引 号:000000/2024-1", "发文机关:示例市财政局", "成文日期:2024年2月1日", "文 号:示财〔2024〕3号"]

    assert _read(_paragraphs(*labels, PROSE, MORE)) == [PROSE, MORE]


def test_button_behind_the_last_sentence_is_taken_off():
    assert _read(_paragraphs(PROSE, f"{MORE}<a href='/'>返回搜狐,查看更多</a>")) == [PROSE, MORE]


_PARTS = [f"{area}项目建设全面提速" for area in ("柯城区", "衢江区", "龙游县", "江山市", "开化县")]


def test_report_in_parts_with_linked_headings_is_an_article():
    parts = "".join(f"<p><a href='/{i}'>{part}</a></p><p>{PROSE}</p><p>{MORE}</p>" for i, part in enumerate(_PARTS))

    lines = _read(f"<div class='c'>{parts}</div>", "各县(市、区)年中盘点")

    assert lines == [line for part in _PARTS for line in (part, PROSE, MORE)]


def test_headlines_with_their_first_lines_are_a_list():
    parts = "".join(f"<p><a href='/{i}'>{part}</a></p><p>{PROSE[:50]}…</p>" for i, part in enumerate(_PARTS))

    with pytest.raises(InputError) as caught:
        _read(f"<div class='c'>{parts}</div>", "要闻")

    assert caught.value.outcome == "list-page"
