// The first page: what this is, shown on one figure; what is in the release; indicators by theme.
function home(overview) {
  const { release } = overview;
  const facts = [
    ["facts.figures", release.rows.observations], ["facts.series", release.rows.series],
    ["facts.articles", release.rows.articles], ["facts.publishers", release.rows.publishers],
  ];
  return [
    h("section", { class: "hero" },
      h("div", null,
        h("h1", null, t("home.title")),
        h("p", { class: "lead" }, t("home.lead")),
        h("dl", { class: "facts" }, facts.map(([key, count]) => h("div", null, h("dt", null, t(key)), h("dd", null, number(count))))),
        h("p", { class: "quiet" }, release.from ? t("home.span", { from: dayName(release.from), to: dayName(release.to), version: release.version }) : t("home.version", { version: release.version }))),
      overview.example && example(overview.example)),
    h("section", { "aria-labelledby": "indicators-title" },
      h("div", { class: "title-row" }, h("h2", { id: "indicators-title" }, t("home.indicators")), themeFilter(overview)),
      h("div", { id: "themes" }, themes(overview, ""))),
  ];
}

function example(shown) {
  const readings = [["indicator", named("indicators", shown.indicator)], ["measure", named("measures", shown.measure)], ["area", chinese(named("areas", shown.area))], ["period", periodName(shown.period)], ["value", opens(shown.n, figure(shown))]];
  return h("figure", { class: "example" },
    h("blockquote", { lang: "zh-CN" }, marked(shown.sentence, shown.at, shown.length)),
    h("div", { class: "arrow", "aria-hidden": "true" }),
    h("dl", null, readings.map(([key, value]) => [h("dt", null, t(`field.${key}`)), h("dd", null, value)])),
    h("figcaption", null, chinese(named("publishers", shown.publisher)), " · ", dayName(shown.published)));
}

function themeFilter(overview) {
  const input = h("input", { type: "search", id: "indicator-filter", placeholder: t("home.filter"), "aria-label": t("home.filter"), autocomplete: "off" });
  input.addEventListener("input", () => document.getElementById("themes").replaceChildren(...[themes(overview, input.value)].flat()));
  return input;
}

const fold = (text) => (text || "").toLowerCase();
const fits = (row, wanted) => !wanted || [row.name_zh, row.name_en, row.aliases, row.code].some((text) => fold(text).includes(wanted));

function themes(overview, text) {
  const wanted = fold(text.trim());
  const rows = [...codes.indicators.values()].filter((row) => fits(row, wanted));
  if (!rows.length) return h("p", { class: "quiet", role: "status" }, t("search.none"));
  return overview.themes.filter(([code]) => rows.some((row) => row.theme === code)).map(([code]) =>
    h("section", { class: "theme" }, h("h3", null, named("themes", code)), h("ul", { class: "indicators" }, rows.filter((row) => row.theme === code).map(indicatorLine))));
}

function indicatorLine(row) {
  const latest = row.n !== null && { value: row.latest_value, value_low: row.latest_value_low, value_high: row.latest_value_high, bound: row.latest_bound, unit: row.latest_unit, measure: row.measure };
  const count = row.n_series ? t("count.series", { n: number(row.n_series), areas: number(row.n_areas) }) : t("count.happenings", { n: number(row.n_happenings) });
  return h("li", null,
    h("a", { href: address("indicator", row.code) }, named("indicators", row.code)),
    h("span", { class: "quiet" }, count),
    latest && h("span", { class: "latest" }, opens(row.n, figure(latest)), h("span", { class: "quiet" }, chinese(shortArea(row.area)), " ", periodName(row.period))));
}
