// What does not agree, what changed, how exact the reading is, and which days were looked at.
async function disagreementsPage() {
  const rows = rowsOf(await load("disagreements"));
  const heads = [
    { key: "indicator", label: t("field.indicator"), order: (row) => row.indicator, cell: (row) => [h("a", { href: address("indicator", row.indicator, { m: row.measure, a: row.area }) }, named("indicators", row.indicator)), h("div", { class: "quiet" }, named("measures", row.measure))] },
    { key: "area", label: t("field.area"), order: (row) => row.area, cell: (row) => areaName(row.area) },
    { key: "period", label: t("field.period"), order: (row) => row.period, cell: (row) => periodName(row.period) },
    { key: "value", label: t("others.chosen"), cell: (row) => [opens(row.n, figure(row)), h("div", { class: "quiet" }, chinese(named("publishers", row.publisher)), " · ", h("time", null, row.as_of))] },
    { key: "others", label: t("others.others"), cell: (row) => (row.losers || []).map((each) => { const other = statement(each, row.unit, row.measure); return h("div", null, opens(other.n, figure(other)), h("div", { class: "quiet" }, chinese(named("publishers", other.publisher)), " · ", h("time", null, other.as_of), " · ", t(`reason.${other.reason}`))); }) },
    { key: "agreement", label: t("field.agreement"), numeric: true, order: (row) => row.agreement, cell: (row) => percent(row.agreement, 1) },
  ];
  return [pageHead("disagreements"), rows.length ? dataTable(t("disagreements.title"), heads, rows, {}) : h("p", null, t("disagreements.none"))];
}

const pageHead = (name) => h("header", { class: "page-head" }, h("h1", null, t(`${name}.title`)), h("p", { class: "lead" }, t(`${name}.lead`)));

async function changesPage(overview) {
  if (overview.changes === null) return [pageHead("changes"), h("p", null, t("changes.none"))];
  const found = await load("changes");
  const heads = [...found.by, "n"].map((key, at) => ({ key, label: t(`changes.${key}`), numeric: key === "n", cell: (row) => (key === "n" ? number(row[at]) : row[at] === null ? "–" : h("code", null, String(row[at]))) }));
  const names = Object.keys(found.rows);
  const listed = names.map((key) => ({ key, label: key, cell: (row) => (row[key] === null ? "–" : String(row[key])) }));
  return [
    pageHead("changes"),
    found.total ? dataTable(t("changes.title"), heads, found.counts, {}) : h("p", null, t("changes.same")),
    found.total > 0 && [h("h2", null, t("changes.rows")), dataTable(t("changes.rows"), listed, rowsOf(found.rows), {})],
    h("p", { class: "ways" }, h("a", { href: "../CHANGES.md" }, "CHANGES.md"), h("a", { href: "../changes.parquet", download: true }, "changes.parquet")),
  ];
}

async function accuracyPage() {
  const found = await load("quality");
  const whole = found.confidence.reduce((sum, [, count]) => sum + count, 0);
  const shares = (rows, all, label) => h("table", { class: "shares" }, h("tbody", null, rows.map(([name, count, own]) => h("tr", null, h("th", { scope: "row" }, label(name)), h("td", null, bar(count, own || all)), h("td", { class: "numeric" }, percent(count, own || all)), h("td", { class: "numeric quiet" }, number(count))))));
  return [
    pageHead("accuracy"),
    measuredPart(found.measured),
    h("section", null, h("h2", null, t("accuracy.confidence")), h("p", { class: "quiet" }, t("accuracy.confidence.lead")), shares(found.confidence, whole, (name) => (name ? `${name}: ${t(`confidence.${name}`)}` : "–"))),
    h("section", null, h("h2", null, t("accuracy.bound")), h("p", { class: "quiet" }, t("accuracy.bound.lead")), shares(found.bound, whole, (name) => t(`field.${name}`))),
    h("section", null, h("h2", null, t("accuracy.rejects")), found.rejects.length ? shares(found.rejects, found.rejects.reduce((sum, [, count]) => sum + count, 0), (name) => h("code", null, name)) : h("p", null, t("accuracy.rejects.none"))),
  ];
}

// quality.json as it is: nested objects become tables of their own, whatever fields they hold.
function measuredPart(measured) {
  if (!measured) return h("section", null, h("h2", null, t("accuracy.measured")), h("p", null, t("accuracy.unmeasured")));
  return h("section", null, h("h2", null, t("accuracy.measured")), h("p", { class: "quiet" }, t("accuracy.measured.lead")), nested(measured), h("p", { class: "ways" }, h("a", { href: "../quality.json" }, "quality.json")));
}

const isPlain = (value) => value === null || typeof value !== "object";
const shownPlain = (value) => (typeof value === "number" ? number(Number(value.toFixed(4))) : value === null ? "–" : String(value));

function nested(value) {
  if (isPlain(value)) return h("p", null, shownPlain(value));
  const entries = Object.entries(value);
  if (entries.every(([, each]) => isPlain(each))) {
    return h("dl", { class: "pairs" }, entries.map(([key, each]) => [h("dt", null, key), h("dd", null, shownPlain(each))]));
  }
  const rows = entries.filter(([, each]) => !isPlain(each) && Object.values(each).every(isPlain));
  if (rows.length === entries.length && rows.length > 1) {
    const names = [...new Set(rows.flatMap(([, each]) => Object.keys(each)))];
    const heads = [{ key: "name", label: "", cell: ([key]) => key }, ...names.map((name) => ({ key: name, label: name, numeric: true, cell: ([, each]) => shownPlain(each[name] === undefined ? null : each[name]) }))];
    return dataTable(t("accuracy.measured"), heads, rows, {});
  }
  return entries.map(([key, each]) => (isPlain(each) ? h("p", null, h("b", null, key), " ", shownPlain(each)) : h("section", { class: "nested" }, h("h3", null, key), nested(each))));
}

const STATES = { r: "read", p: "partial", e: "empty", f: "failed", n: "never" };
async function coveragePage() {
  const found = await load("coverage");
  const legend = h("ul", { class: "legend" }, Object.values(STATES).map((state) => h("li", null, h("i", { class: `day ${state}`, "aria-hidden": "true" }), t(`state.${state}`))));
  return [pageHead("coverage"), legend, Object.entries(found).map(([publisher, calendar]) => publisherCalendar(publisher, calendar))];
}

function publisherCalendar(publisher, calendar) {
  const first = Date.parse(`${calendar.first}T00:00:00Z`);
  const counts = new Map(calendar.counts.map(([at, ...rest]) => [at, rest]));
  const years = new Map();
  for (let at = 0; at < calendar.states.length; at += 1) {
    const day = new Date(first + at * DAY);
    const year = day.getUTCFullYear();
    if (!years.has(year)) years.set(year, []);
    years.get(year).push({ day, state: STATES[calendar.states[at]], counts: counts.get(at) });
  }
  return h("section", { class: "calendar" }, h("h2", null, chinese(named("publishers", publisher))), calendarSummary(calendar, counts), [...years].reverse().filter(([, days]) => days.some(({ state }) => state)).map(([year, days]) => yearGrid(year, days)));
}

function calendarSummary(calendar, counts) {
  let articles = 0;
  let observations = 0;
  for (const [, , ofDay, figures] of counts.values()) {
    articles += ofDay;
    observations += figures;
  }
  const tally = Object.entries(STATES).map(([letter, state]) => [state, calendar.states.split(letter).length - 1]).filter(([, days]) => days);
  return h("p", null, t("coverage.summary", { articles: number(articles), observations: number(observations) }), " ", tally.map(([state, days]) => t("coverage.days", { state: t(`state.${state}`), days: number(days) })).join(lang === "zh" ? "，" : ", "));
}

function yearGrid(year, days) {
  const size = 11;
  const gap = 2;
  const start = Date.UTC(year, 0, 1);
  const offset = (new Date(start).getUTCDay() + 6) % 7;
  const width = 54 * (size + gap) + 4;
  const cells = days.filter(({ state }) => state).map(({ day, state, counts }) => {
    const place = Math.round((day - start) / DAY) + offset;
    const said = `${dayName(day.toISOString().slice(0, 10))}: ${t(`state.${state}`)}${counts ? `, ${t("coverage.day", { articles: counts[2], observations: counts[3] })}` : ""}`;
    return s("rect", { x: Math.floor(place / 7) * (size + gap), y: 16 + (place % 7) * (size + gap), width: size, height: size, rx: 2, class: `day ${state}` }, s("title", null, said));
  });
  const months = Array.from({ length: 12 }, (_, month) => s("text", { x: Math.floor((Math.round((Date.UTC(year, month, 1) - start) / DAY) + offset) / 7) * (size + gap), y: 11, class: "axis" }, lang === "zh" ? `${month + 1}月` : MONTHS[month]));
  return h("div", { class: "year" }, h("h3", null, String(year)), h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": String(year) }, s("svg", { viewBox: `0 0 ${width} 110`, width, height: 110, role: "img", "aria-label": t("coverage.year", { year, days: days.length }) }, months, cells)));
}
