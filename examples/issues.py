"""Write the example site with many issues of its newspaper.

``python examples/issues.py FOLDER [DAYS] [LAST-DAY] [ARTICLES]``: the folder then holds the example's hosts, with one
issue of ARTICLES (2) for each of the last DAYS days (30, up to 2024-03-01). Every figure is invented and follows from
the day, so that two such folders are alike. Serve it by ``EXAMPLE_SITE=FOLDER python examples/run.py COMMAND…``.
"""

from __future__ import annotations

import shutil
import sys
from datetime import date, timedelta
from pathlib import Path

__all__ = ["write_issues"]

_SITE = Path(__file__).resolve().parent / "site"
_PAPER = Path("epaper.example/qzrb")

_NODE = """<html xmlns:founder="http://www.founder.com">
<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>示例日报</title></head>
<body>
<table width="1000"><tr><td>{day:%Y年%m月%d日} <a href="/qzrb/paperindex.htm">返回首页</a></td></tr></table>
<div class="main-ed"><strong>第01版:要闻</strong>
<ul class="main-ed-articlenav-list">
{links}
</ul>
</div>
<table id="bmdhTable"><tr><td class="default"><a id="pageLink" href="node_1.htm">第01版:要闻</a></td></tr></table>
<p>示例日报社版权所有 示例站点,文字与数字均为虚构</p>
</body>
</html>
"""
_ARTICLE = """<html xmlns:founder="http://www.founder.com">
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>示例日报--{title}</title>
<!--enpproperty <date>{day} 07:12:00.0</date><author>编辑部</author><title>{title}</title>/enpproperty-->
</head>
<body>
<table width="1000"><tr><td>示例日报 {day:%Y年%m月%d日}</td><td><a href="node_1.htm">返回版面</a></td></tr></table>
<table width="560"><tr><td class="bt2" align="center"><strong>{title}</strong></td></tr>
<tr><td class="bt3" align="center">编辑部</td></tr></table>
<div id="ozoom" style="ZOOM: 100%">
<founder-content>
{text}
</founder-content>
</div>
<p>示例日报社版权所有 地址:示例路1号 邮编:000000 示例站点,文字与数字均为虚构</p>
</body>
</html>
"""
_INDEX = """<html>
<head><META HTTP-EQUIV="REFRESH" CONTENT="0; URL=html/{day:%Y-%m/%d}/node_1.htm"></head>
<body></body>
</html>
"""


def write_issues(folder: Path, days: int, last: date, articles: int = 2) -> None:
    """Copy the example site to `folder`, and write an issue of each of the `days` days up to `last` into it.

    An issue has so many `articles`, at most 97.
    """
    shutil.copytree(_SITE, folder, dirs_exist_ok=True)
    shutil.rmtree(folder / _PAPER / "html")
    for number in range(days):
        _write_issue(folder / _PAPER, last - timedelta(days=number), articles)
    (folder / _PAPER / "paperindex.htm").write_text(_INDEX.format(day=last), "utf-8")


def _write_issue(paper: Path, day: date, articles: int) -> None:
    issue = paper / f"html/{day:%Y-%m/%d}"
    issue.mkdir(parents=True)
    links = []
    for number in range(articles):
        title, text = (_orders, _market)[number % 2](day.toordinal() + number // 2, day)
        name = f"content_{day:%m%d}{number + 1:02}.htm"
        (issue / name).write_text(_ARTICLE.format(title=title, day=day, text=text), "utf-8")
        links.append(f'<li><a href="{name}"><div style="display:inline">{title}</div></a></li>')
    (issue / "node_1.htm").write_text(_NODE.format(day=day, links="\n".join(links)), "utf-8")


def _orders(number: int, day: date) -> tuple[str, str]:
    turn = number % 97
    count, total = 3 + turn % 9, f"{12 + turn}.{turn % 10}"
    title = f"示例园区签下{count}个项目 总投资{total}亿元"
    first = f"本报讯 {day.month}月{day.day}日,示例园区举行项目签约仪式,{count}个项目落户,总投资{total}亿元。"
    second = f"其中最大的一个项目计划投资{4 + turn % 7}.5亿元,投产后预计年产值可达{9 + turn % 11}亿元。"
    third = f"据介绍,去年示例园区规上工业增加值同比增长{5 + turn % 6}.{turn % 9}%,新增就业{120 + turn}人。"
    return title, _paragraphs(first, second, third)


def _market(number: int, day: date) -> tuple[str, str]:  # noqa: ARG001 - its figures are of no day
    turn = number % 89
    title = f"农贸市场供应充足 日均上市蔬菜{180 + turn}吨"
    first = f"本报讯 记者从市商务局获悉,本周全市{20 + turn % 9}家农贸市场日均上市蔬菜{180 + turn}吨,供应充足。"
    second = f"据监测,猪肉平均零售价每公斤{24 + turn % 5}.{turn % 10}元,较上周下降{1 + turn % 3}.{turn % 7}%。"
    third = f"去年全市社会消费品零售总额{900 + turn}.{turn % 10}亿元,同比增长{6 + turn % 3}.{turn % 9}%。"
    return title, _paragraphs(first, second, third)


def _paragraphs(*texts: str) -> str:
    return "\n".join(f"<P> {text}</P>" for text in texts)


def main() -> None:
    """Write what stands on the command line."""
    folder, days, last, articles = (sys.argv[1:] + ["", "30", "2024-03-01", "2"][len(sys.argv) - 1 :])[:4]
    if not folder:
        print("usage: python examples/issues.py FOLDER [DAYS] [LAST-DAY] [ARTICLES]", file=sys.stderr)
        sys.exit(2)
    write_issues(Path(folder), int(days), date.fromisoformat(last), int(articles))


if __name__ == "__main__":
    main()
