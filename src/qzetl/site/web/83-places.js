// A place: of every indicator the newest figure. An article: every figure, in the order of its text.
async function areaPage(code) {
  if (!codes.areas.has(code)) return missing(code);
  let places = {};
  try {
    places = await load(`areas/${code.slice(0, 2)}`);
  } catch {
    // No series in this province: the page says so below.
  }
  const rows = places[code] ? rowsOf(places[code]) : [];
  const inside = [...codes.areas.values()].filter((row) => row[4] === code && row[0] !== code && row[5]);
  return [
    h("header", { class: "page-head" }, h("p", { class: "kicker" }, chinese(areaPath((codes.areas.get(code) || [])[4]) || "")), h("h1", null, chinese(named("areas", code))), h("p", { class: "quiet" }, `GB/T 2260 ${code} · `, t("area.lead"))),
    inside.length > 0 && h("p", { class: "inside" }, t("area.inside"), " ", inside.map((row) => [h("a", { href: address("area", row[0]), lang: "zh-CN" }, row[1]), " "])),
    rows.length ? codesOfThemes().map((theme) => themeOfPlace(theme, code, rows)) : h("p", null, t("area.empty")),
  ];
}

const codesOfThemes = () => [...codes.themes.keys()];

function themeOfPlace(theme, area, rows) {
  const own = rows.filter((row) => codes.indicators.get(row.indicator)?.theme === theme);
  if (!own.length) return null;
  const heads = [
    { key: "indicator", label: t("field.indicator"), cell: (row) => h("a", { href: address("indicator", row.indicator, { m: row.measure, a: area }) }, named("indicators", row.indicator)) },
    { key: "measure", label: t("field.measure"), cell: (row) => named("measures", row.measure) },
    { key: "period", label: t("field.period"), cell: (row) => periodName(row.period) },
    { key: "value", label: t("field.value"), numeric: true, cell: (row) => opens(row.n, figure(row)) },
  ];
  return h("section", { class: "theme" }, h("h2", null, named("themes", theme)), dataTable(named("themes", theme), heads, own, {}));
}

async function articlePage(id, overview) {
  const found = await findArticle(id, overview);
  if (!found) return missing(id);
  const figures = [];
  for (let n = found.first; n < found.first + found.count; n += 1) figures.push(await observation(n));
  const { article } = figures[0];
  const bySentence = new Map();
  for (const each of figures) bySentence.set(each.sentence, [...(bySentence.get(each.sentence) || []), each]);
  const link = /^https?:\/\//i.test(article.uri) ? h("a", { href: article.uri, target: "_blank", rel: "noopener noreferrer", class: "button" }, t("article.open")) : h("span", { class: "quiet" }, article.uri);
  return [
    h("header", { class: "page-head" }, h("p", { class: "kicker" }, chinese(named("publishers", article.publisher)), " · ", dayName(article.published)), h("h1", { lang: "zh-CN" }, article.title || t("article.untitled")),
      h("p", { class: "quiet" }, t("article.lead", { n: number(found.count) })), h("p", { class: "ways" }, link, article.duplicate_of && h("span", { class: "tag" }, t("article.reprint")))),
    h("ol", { class: "sentences" }, [...bySentence].map(([sentence, held]) => h("li", null, h("blockquote", { lang: "zh-CN" }, manyMarked(sentence, held)), h("ul", null, held.map(readingLine))))),
  ];
}

function readingLine(found) {
  const what = found.indicator ? h("a", { href: address("indicator", found.indicator, { m: found.measure }) }, named("indicators", found.indicator)) : chinese(found.subject || t("indicator.none"));
  return h("li", null, opens(found.n, figure(found)), h("span", null, what, " · ", named("measures", found.measure), " · ", areaName(found.area), " · ", periodName(found.period)));
}

function manyMarked(sentence, held) {
  const points = Array.from(sentence);
  const parts = [];
  let from = 0;
  for (const each of [...held].sort((one, other) => one.at - other.at)) {
    if (each.at < from) continue;
    parts.push(points.slice(from, each.at).join(""), h("mark", null, points.slice(each.at, each.at + each.length).join("")));
    from = each.at + each.length;
  }
  return [...parts, points.slice(from).join("")];
}

const ARTICLES_SIZE = 10000;
async function findArticle(id, overview) {
  for (let at = 0; at * ARTICLES_SIZE < overview.articles; at += 1) {
    const chunk = await load(`articles/${at}`);
    const place = chunk.id.indexOf(id);
    if (place >= 0) return { first: chunk.first[place], count: chunk.count[place] };
  }
  return null;
}
