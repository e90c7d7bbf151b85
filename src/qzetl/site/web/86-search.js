// Search: indicators, places and headlines.
const MOST_FOUND = 60;
let headlines = null;

async function allHeadlines(overview) {
  if (headlines) return headlines;
  const parts = [];
  for (let at = 0; at * ARTICLES_SIZE < overview.articles; at += 1) parts.push(rowsOf(await load(`articles/${at}`)));
  headlines = parts.flat();
  for (const row of headlines) row.folded = fold(row.title);
  return headlines;
}

async function searchPage(text, overview) {
  const wanted = fold(text.trim());
  if (!wanted) return [h("h1", null, t("search.title")), h("p", { class: "lead" }, t("search.lead"))];
  const indicators = [...codes.indicators.values()].filter((row) => fits(row, wanted));
  const areas = [...codes.areas.values()].filter((row) => row[1].includes(wanted) || row[0].startsWith(wanted));
  const articles = (await allHeadlines(overview)).filter((row) => row.folded.includes(wanted));
  const total = indicators.length + areas.length + articles.length;
  const part = (key, rows, line) => rows.length > 0 && h("section", null, h("h2", null, t(key), h("span", { class: "quiet" }, ` ${number(rows.length)}`)), h("ul", { class: "found" }, rows.slice(0, MOST_FOUND).map((row) => h("li", null, line(row)))));
  return [
    h("h1", null, t("search.title")),
    h("p", { class: "quiet", role: "status" }, total ? t("search.found", { n: number(total), text }) : t("search.none")),
    part("search.indicators", indicators, (row) => [h("a", { href: address("indicator", row.code) }, named("indicators", row.code)), h("span", { class: "quiet" }, lang === "zh" ? row.name_en : row.name_zh)]),
    part("search.areas", areas, (row) => [h("a", { href: address("area", row[0]), lang: "zh-CN" }, row[1]), h("span", { class: "quiet" }, areaPath(row[4]))]),
    part("search.articles", articles, (row) => [h("a", { href: address("article", row.id), lang: "zh-CN" }, row.title || t("article.untitled")), h("span", { class: "quiet" }, chinese(named("publishers", row.publisher)), " · ", row.published || "")]),
  ];
}
