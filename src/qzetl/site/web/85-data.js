// The files of the release, how to load them, how to cite them.
const TABLES = ["observations", "series", "vintages", "happenings", "articles", "coverage", "rejects", "publishers"];
const CODE_LISTS = ["indicators", "areas", "measures", "units", "themes"];
const DOCUMENTS = ["README.md", "DICTIONARY.md", "DICTIONARY.zh.md", "METHODOLOGY.md", "datapackage.json", "croissant.json", "dcat.jsonld", "CITATION.cff", "LICENCES.md", "sdmx/structure.json", "sdmx/observations.csv", "SHA256SUMS"];

function dataPage(overview) {
  const { release } = overview;
  const files = (names, folder) => h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("data.title") }, h("table", null, h("thead", null, h("tr", null, [t("data.table"), t("data.rows"), t("data.files")].map((label, at) => h("th", { scope: "col", class: at === 1 ? "numeric" : null }, label)))),
    h("tbody", null, names.filter((name) => name in release.rows).map((name) => h("tr", null, h("td", null, h("code", null, name), h("div", { class: "quiet" }, t(`table.${name}`))), h("td", { class: "numeric" }, number(release.rows[name])), h("td", null, h("div", { class: "ways" }, [["Parquet", `../${folder}${name}.parquet`], ["CSV", `../${folder}${name}.csv`], [t("data.excel"), `../excel/${name}.csv`]].map(([label, href]) => h("a", { href, download: true }, label)))))))));
  const code = (text) => h("pre", { tabindex: 0 }, h("code", null, text));
  return [
    pageHead("data"),
    files(TABLES, ""),
    h("h2", null, t("data.codes")),
    files(CODE_LISTS, "codelists/"),
    h("h2", null, t("data.load")),
    code(`import qzetl\n\nds = qzetl.open("…/releases/${release.version}")\nds.series(indicator="GDP", area="330800").collect()`),
    code(`import duckdb\n\nduckdb.sql("SELECT area, period, value, unit FROM 'series.parquet' WHERE indicator = 'GDP'").show()`),
    code(`import pandas as pd\n\npd.read_parquet("series.parquet").query("indicator == 'GDP'")`),
    h("h2", null, t("data.documents")),
    h("ul", { class: "documents" }, DOCUMENTS.map((name) => h("li", null, h("a", { href: `../${name}` }, name)))),
    overview.charts.length > 0 && [h("h2", null, t("data.charts")), h("p", { class: "quiet" }, t("data.charts.lead")), h("ul", { class: "documents" }, overview.charts.map(([indicator, measure, stem]) => h("li", null, h("a", { href: `../charts/${stem}.svg` }, `${named("indicators", indicator)} · ${named("measures", measure)}`), " ", h("a", { href: `../charts/${stem}.vl.json`, class: "quiet" }, "Vega-Lite"))))],
    h("h2", null, t("data.cite")),
    h("blockquote", { class: "cite" }, t("data.citation", { version: release.version })),
    h("h2", null, t("data.licence")),
    h("p", null, t("data.licence.lead")),
    h("ul", { class: "documents" }, [...codes.publishers.values()].map(([, name, kind, , licence, home]) => h("li", null, /^https?:\/\//i.test(home || "") ? h("a", { href: home, rel: "noopener noreferrer", lang: "zh-CN" }, name) : chinese(name), " ", h("span", { class: "quiet" }, STRINGS[`kind.${kind}`] ? t(`kind.${kind}`) : kind, licence && ` · ${licence}`)))),
    release.revision && h("p", { class: "quiet" }, t("data.code"), " ", h("code", null, release.revision)),
  ];
}
