// An indicator: a chart and its table, for the measure, places and kind of period that the reader chooses.
const MOST_LINES = 6;
const MEASURE_ORDER = ["LEVEL", "GROWTH_YOY", "GROWTH_QOQ", "GROWTH_AVG", "GROWTH_BASE", "CHANGE", "SHARE", "COMPLETION", "RANK", "DIFF", "MULTIPLE", "CONTRIBUTION"];

async function indicatorPage(code) {
  const about = codes.indicators.get(code);
  if (!about) return missing(code);
  const parts = [indicatorHead(about)];
  if (about.n_series) parts.push(seriesPart(about, seriesRows(await load(`series/${code}`))));
  if (about.n_happenings) parts.push(happeningsPart(about, rowsOf(await load(`happenings/${code}`))));
  return parts;
}

function indicatorHead(about) {
  const other = lang === "zh" ? about.name_en : about.name_zh;
  return h("header", { class: "page-head" },
    h("p", { class: "kicker" }, h("a", { href: address("") }, t("nav.indicators")), " / ", named("themes", about.theme)),
    h("h1", null, named("indicators", about.code)),
    h("p", { class: "quiet" }, other, " · ", h("code", null, about.code), " · ", t(`nature.${about.nature || "flow"}`), about.aliases && [" · ", chinese(about.aliases.replaceAll("|", "、"))]));
}

const prepared = new WeakMap();
function seriesRows(chunk) {
  if (!prepared.has(chunk)) {
    const rows = rowsOf(chunk);
    for (const row of rows) [row.start, row.end] = bounds(row.period);
    prepared.set(chunk, rows);
  }
  return prepared.get(chunk);
}

const countBy = (rows, key) => {
  const counts = new Map();
  for (const row of rows) for (const value of [key(row)].flat()) counts.set(value, (counts.get(value) || 0) + 1);
  return counts;
};
const fullest = (counts, order) => [...counts].sort((one, other) => other[1] - one[1] || order.indexOf(one[0]) - order.indexOf(other[0]))[0]?.[0];

// What is chosen: as the address says, else what shows most.
function chosen(rows, query) {
  const measures = [...countBy(rows, (row) => row.measure).keys()];
  const order = [...MEASURE_ORDER, ...measures];
  measures.sort((one, other) => order.indexOf(one) - order.indexOf(other));
  const pick = (asked, counts, ranking) => (counts.has(asked) ? asked : fullest(counts, ranking));
  const measure = pick(query.get("m"), countBy(rows, (row) => row.measure), order);
  const ofMeasure = rows.filter((row) => row.measure === measure);
  const status = pick(query.get("s") || "actual", countBy(ofMeasure, (row) => row.status), ["actual"]);
  const ofStatus = ofMeasure.filter((row) => row.status === status);
  const unit = pick(query.get("u"), countBy(ofStatus, (row) => row.unit), []);
  const ofUnit = ofStatus.filter((row) => row.unit === unit);
  const kinds = countBy(ofUnit, (row) => kindsOf(row.period));
  const kind = pick(query.get("k"), kinds, KINDS);
  const basis = pick(query.get("b"), countBy(ofUnit, (row) => row.basis), ["_Z"]);
  const shown = ofUnit.filter((row) => row.basis === basis && kindsOf(row.period).includes(kind));
  return { measures, measure, statuses: [...countBy(ofMeasure, (row) => row.status).keys()], status, units: [...countBy(ofStatus, (row) => row.unit).keys()], unit, kinds: KINDS.filter((each) => kinds.has(each)), kind, bases: [...countBy(ofUnit, (row) => row.basis).keys()], basis, shown };
}

function seriesPart(about, rows) {
  const { query } = route();
  const choice = chosen(rows, query);
  const byArea = countBy(choice.shown, (row) => row.area);
  const ordered = [...byArea].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).map(([area]) => area);
  const asked = (query.get("a") || "").split(",").filter((area) => byArea.has(area));
  const areas = asked.length ? asked : ordered.slice(0, Math.min(4, MOST_LINES));
  const periods = [...new Set(choice.shown.map((row) => row.period))].sort((one, other) => (bounds(one)[1] < bounds(other)[1] ? 1 : -1));
  const overTime = query.get("v") ? query.get("v") === "time" : areas.some((area) => byArea.get(area) > 1);
  const period = periods.includes(query.get("p")) ? query.get("p") : fullest(countBy(choice.shown, (row) => row.period), periods);
  const drawn = overTime ? choice.shown.filter((row) => areas.includes(row.area)) : choice.shown.filter((row) => row.period === period);
  const label = `${about.code}-${choice.measure}`;
  const figureOf = h("div", { class: "chart-holder" });
  const part = h("section", { class: "explore", "aria-label": t("explore") },
    h("div", { class: "controls" },
      tabs(t("field.measure"), "m", choice.measures, choice.measure, (each) => named("measures", each)),
      choice.kinds.length > 1 && select(t("choose.kind"), "k", choice.kinds, choice.kind, (each) => t(`kind.${each}`)),
      choice.units.length > 1 && select(t("field.unit"), "u", choice.units, choice.unit, (each) => unitWord(each).trim() || t("unit.count")),
      choice.statuses.length > 1 && select(t("field.status"), "s", choice.statuses, choice.status, (each) => t(`status.${each}`)),
      choice.bases.length > 1 && select(t("choose.basis"), "b", choice.bases, choice.basis, basisName),
      tabs(t("choose.view"), "v", ["time", "areas"], overTime ? "time" : "areas", (each) => t(`view.${each}`)),
      !overTime && periods.length > 1 && select(t("field.period"), "p", periods, period, periodName)),
    overTime && areaChooser(ordered, areas),
    drawn.length ? figureOf : h("p", { class: "quiet" }, t("chart.none")),
    h("div", { class: "ways" },
      h("button", { type: "button", onclick: () => saveCsv(label, ["indicator", ...CSV_COLUMNS], inView(part).map((row) => ({ indicator: about.code, ...row, area_name: named("areas", row.area) }))) }, t("save.csv")),
      h("button", { type: "button", onclick: () => saveSvg(label, figureOf.querySelector("svg")) }, t("save.svg")),
      h("button", { type: "button", onclick: () => saveVega(label, drawn, overTime, named("indicators", about.code)) }, t("save.vega")),
      h("a", { href: `files/${about.code}.parquet`, download: `${about.code}.parquet` }, t("save.parquet")),
      h("a", { href: `files/${about.code}.csv`, download: `${about.code}.csv` }, t("save.csv.whole"))),
    seriesTable(choice, overTime ? areas : null, overTime ? null : period));
  if (drawn.length) keepDrawn(figureOf, (width) => drawing(drawn, areas, overTime, choice.unit, width));
  return part;
}

const CSV_COLUMNS = ["measure", "area", "area_name", "period", "status", "unit", "basis", "value", "value_low", "value_high", "bound", "publisher", "as_of", "n_reports", "n_publishers", "agreement"];
const inView = (part) => part.querySelector("[data-rows]").rowsInView;
const basisName = (basis) => (basis === "_Z" ? t("basis.none") : basis === "_X" ? t("basis.unknown") : /^\d{6}$/.test(basis) ? named("areas", basis) : periodName(basis));

function drawing(rows, areas, overTime, unit, width) {
  if (!overTime) return barChart([...rows].sort((one, other) => middle(other) - middle(one)).slice(0, 40), width, unit);
  const lines = areas.slice(0, MOST_LINES).map((area) => ({ area, rows: rows.filter((row) => row.area === area) })).filter((line) => line.rows.length);
  return lineChart(lines, width, unit);
}

// Draws anew where the holder's width changes; words keep their size on a phone.
function keepDrawn(holder, draw) {
  let drawnFor = 0;
  const watcher = new ResizeObserver(([entry]) => {
    const width = Math.floor(entry.contentRect.width);
    if (!width || Math.abs(width - drawnFor) < 8) return;
    drawnFor = width;
    holder.replaceChildren(draw(width));
  });
  watcher.observe(holder);
}

function tabs(label, key, values, present, name) {
  return h("div", { class: "tabs", role: "group", "aria-label": label }, values.map((value) => h("button", { type: "button", "aria-pressed": String(value === present), onclick: () => turn(here({ [key]: value, o: null })) }, name(value))));
}

function select(label, key, values, present, name) {
  return h("label", { class: "select" }, h("span", null, label), h("select", { onchange: (event) => turn(here({ [key]: event.target.value, o: null })) }, values.map((value) => h("option", { value, selected: value === present }, name(value)))));
}

function areaChooser(all, present) {
  const change = (areas) => turn(here({ a: areas.join(","), o: null }));
  const chips = present.map((area, at) => h("li", null, h("button", { type: "button", class: `chip c${at % SERIES_COLOURS}`, "aria-label": t("area.remove", { area: named("areas", area) }), onclick: () => change(present.filter((each) => each !== area)) }, h("i", { "aria-hidden": "true" }), chinese(named("areas", area)), present.length > 1 && h("span", { "aria-hidden": "true" }, " ×"))));
  const others = all.filter((area) => !present.includes(area));
  const add = others.length > 0 && present.length < MOST_LINES && h("input", { type: "search", list: "area-list", placeholder: t("area.add", { n: number(others.length) }), "aria-label": t("area.add", { n: number(others.length) }), onchange: (event) => {
    const found = others.find((area) => [named("areas", area), shortArea(area), area].includes(event.target.value.trim()));
    if (found) change([...present, found]);
  } });
  return h("div", { class: "areas" }, h("ul", { class: "chips" }, chips), add, h("datalist", { id: "area-list" }, others.slice(0, 500).map((area) => h("option", { value: named("areas", area) }, areaPath(area)))));
}

const tableStates = new Map();
function seriesTable(choice, areas, period) {
  const key = [choice.measure, choice.kind, choice.unit, choice.status].join();
  if (!tableStates.has(key)) tableStates.set(key, { text: "", whole: false });
  const state = tableStates.get(key);
  const holder = h("div", { "data-rows": true });
  const pool = [...choice.shown].sort((one, other) => (one.end < other.end ? 1 : one.end > other.end ? -1 : one.area < other.area ? -1 : 1));
  const draw = () => {
    const wanted = state.text.trim();
    const held = state.whole ? pool : pool.filter((row) => (areas ? areas.includes(row.area) : row.period === period));
    const rows = wanted ? pool.filter((row) => areaPath(row.area).includes(wanted) || row.period.startsWith(wanted) || named("publishers", row.publisher).includes(wanted)) : held;
    holder.rowsInView = rows;
    holder.replaceChildren(h("p", { class: "quiet", role: "status" }, t("table.count", { shown: number(rows.length), all: number(pool.length) })), dataTable(t("table.title"), SERIES_HEADS(), rows, state));
  };
  const filter = h("input", { type: "search", value: state.text, id: "table-filter", placeholder: t("table.filter"), "aria-label": t("table.filter"), oninput: (event) => { state.text = event.target.value; state.shown = 0; draw(); } });
  const all = h("label", { class: "check" }, h("input", { type: "checkbox", checked: state.whole, onchange: (event) => { state.whole = event.target.checked; draw(); } }), t("table.whole"));
  draw();
  return h("div", null, h("div", { class: "title-row" }, h("h2", null, t("table.title")), h("div", { class: "filters" }, all, filter)), holder);
}

const SERIES_HEADS = () => [
  { key: "area", label: t("field.area"), order: (row) => row.area, cell: (row) => h("a", { href: address("area", row.area), lang: "zh-CN" }, named("areas", row.area)) },
  { key: "period", label: t("field.period"), order: (row) => row.end, cell: (row) => periodName(row.period) },
  { key: "value", label: t("field.value"), numeric: true, order: middle, cell: (row) => [opens(row.n, figure(row)), split(row)] },
  { key: "publisher", label: t("field.publisher"), order: (row) => row.publisher, cell: (row) => chinese(named("publishers", row.publisher)) },
  { key: "as_of", label: t("field.as_of"), order: (row) => row.as_of || "", cell: (row) => h("time", { datetime: row.as_of }, row.as_of) },
  { key: "reports", label: t("field.reports"), numeric: true, order: (row) => row.n_reports, cell: (row) => number(row.n_reports) },
];

// Where publishers disagree, the other figures stand beside the chosen one.
function split(row) {
  if (!row.losers) return null;
  return h("span", { class: "split" }, row.losers.map((each) => { const other = statement(each, row.unit, row.measure); return [" ", h("span", { class: "not-equal", "aria-label": t("others.differs") }, "≠"), " ", opens(other.n, figure(other))]; }));
}

function happeningsPart(about, rows) {
  const heads = [
    { key: "published", label: t("field.published"), order: (row) => row.published || "", cell: (row) => row.published || "–" },
    { key: "area", label: t("field.area"), order: (row) => row.area || "", cell: (row) => areaName(row.area) },
    { key: "value", label: t("field.value"), numeric: true, order: middle, cell: (row) => opens(row.n, figure(row)) },
    { key: "subject", label: t("field.subject"), cell: (row) => chinese(row.subject || "") },
    { key: "period", label: t("field.period"), order: (row) => row.period || "", cell: (row) => periodName(row.period) },
    { key: "publisher", label: t("field.publisher"), order: (row) => row.publisher, cell: (row) => chinese(named("publishers", row.publisher)) },
  ];
  return h("section", null, h("h2", null, t("happenings.title")), h("p", { class: "quiet" }, t("happenings.lead")), dataTable(t("happenings.title"), heads, rows, {}),
    h("p", { class: "ways" }, h("a", { href: `files/${about.code}.csv`, download: true }, t("save.csv.whole")), h("a", { href: `files/${about.code}.parquet`, download: true }, t("save.parquet"))));
}
