// The evidence of a figure: its sentence with the number marked, what it was bound to, and who else says what.
const EVIDENCE_SIZE = 1000;

async function observation(n) {
  const chunk = await load(`evidence/${Math.floor(n / EVIDENCE_SIZE)}`);
  const at = n - chunk.first;
  const row = { n };
  for (const name of Object.keys(chunk.rows)) row[name] = chunk.rows[name][at];
  const article = {};
  for (const name of Object.keys(chunk.articles)) article[name] = chunk.articles[name][row.article];
  return { ...row, sentence: chunk.sentences[row.sentence], article };
}

// Offsets count code points, as the tables do; a string's own index counts otherwise.
function marked(sentence, at, length, tail) {
  const points = Array.from(sentence);
  const part = (from, to) => points.slice(from, to).join("");
  return [part(0, at), h("mark", null, part(at, at + length), tail), part(at + length)];
}

// A link that scrolls a browser to the sentence (text fragment); only web addresses are links.
function original(uri, sentence) {
  if (!/^https?:\/\//i.test(uri)) return null;
  const points = Array.from(sentence.replace(/\s+/g, " ").trim());
  const encode = (part) => encodeURIComponent(part.join("").trim()).replace(/-/g, "%2D");
  const text = points.length > 40 ? `${encode(points.slice(0, 14))},${encode(points.slice(-14))}` : encode(points);
  return `${uri}${uri.includes("#") ? "" : "#"}:~:text=${text}`;
}

async function seriesOf(found) {
  if (!found.indicator || !codes.indicators.get(found.indicator)?.n_series) return null;
  const rows = rowsOf(await load(`series/${found.indicator}`));
  return rows.find((row) => row.n === found.n || (row.losers && row.losers.some(([n]) => n === found.n))) || null;
}

async function openEvidence(n) {
  const dialog = document.getElementById("evidence");
  const found = await observation(n);
  const series = await seriesOf(found);
  if (route().query.get("o") !== String(n)) return;
  const bodies = [evidenceHead(found), sentenceOf(found), sourceOf(found), boundTo(found), series && othersOf(found, series), series && pastOf(series)];
  const close = h("button", { type: "button", class: "close", "aria-label": t("close"), onclick: closeEvidence }, "×");
  dialog.replaceChildren(close, ...bodies.flat().filter(Boolean));
  dialog.setAttribute("aria-label", t("evidence.title"));
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
}

function closeEvidence() {
  const dialog = document.getElementById("evidence");
  if (dialog.open) dialog.close();
}

function evidenceHead(found) {
  const what = found.indicator ? h("a", { href: address("indicator", found.indicator, { m: found.measure, a: found.area }) }, named("indicators", found.indicator)) : chinese(found.subject || t("indicator.none"));
  return h(
    "header",
    null,
    h("p", { class: "kicker" }, what, " · ", named("measures", found.measure)),
    h("p", { class: "big" }, figure(found)),
    h("p", { class: "where" }, areaName(found.area), " · ", periodName(found.period), found.status === "target" && h("span", { class: "tag" }, t("status.target"))),
  );
}

function sentenceOf(found) {
  return h("blockquote", { lang: "zh-CN", cite: found.article.uri }, marked(found.sentence, found.at, found.length));
}

function sourceOf(found) {
  const { article } = found;
  const link = original(article.uri, found.sentence);
  return h(
    "div",
    { class: "source" },
    h("p", null, chinese(named("publishers", article.publisher)), " · ", h("time", { datetime: article.published }, dayName(article.published)), article.source && ["  ", chinese(t("source.from", { source: article.source }))]),
    h("p", { class: "headline" }, chinese(article.title || t("article.untitled"))),
    h(
      "p",
      { class: "ways" },
      link ? h("a", { href: link, target: "_blank", rel: "noopener noreferrer", class: "button" }, t("source.open")) : h("span", { class: "quiet" }, t("source.local", { uri: article.uri })),
      h("a", { href: address("article", article.article_id) }, t("source.article")),
    ),
  );
}

function boundTo(found) {
  const lines = [
    ["indicator", found.indicator && named("indicators", found.indicator)],
    ["subject", found.subject && chinese(found.subject)],
    ["measure", named("measures", found.measure)],
    ["area", found.area && chinese(areaPath(found.area) || named("areas", found.area))],
    ["period", found.period && `${periodName(found.period)} (${found.period})`],
    ["value", found.value === null ? `${number(found.value_low)} – ${number(found.value_high)}` : number(found.value)],
    ["unit", codes.units.get(found.unit)?.[lang === "zh" ? 1 : 2] || found.unit],
    ["scope", found.scope && chinese(named("areas", found.scope))],
    ["reference", found.reference && (/^\d{6}$/.test(found.reference) ? chinese(named("areas", found.reference)) : periodName(found.reference))],
    ["bound", t(`boundname.${found.bound}`)],
    ["status", t(`status.${found.status}`)],
    ["confidence", found.confidence && `${found.confidence}: ${t(`confidence.${found.confidence}`)}`],
    ["rule", found.rule && h("code", null, found.rule)],
    ["id", h("code", null, h("a", { href: address("observation", found.id) }, found.id))],
  ];
  const shown = lines.filter(([, value]) => value);
  return h("details", { open: true }, h("summary", null, t("evidence.bound")), h("dl", null, shown.map(([key, value]) => [h("dt", null, t(`field.${key}`)), h("dd", null, value)])));
}

const statement = (row, unit, measure) => {
  const [n, publisher, asOf, value, value_low, value_high, bound, reason] = row;
  return { n, publisher, as_of: asOf, value, value_low, value_high, bound, reason, unit, measure };
};

function othersOf(found, series) {
  if (!series.losers) {
    return series.n_publishers > 1 ? h("p", { class: "agree" }, t("others.agree", { publishers: series.n_publishers, reports: series.n_reports })) : null;
  }
  const winner = { ...series, reason: null };
  const rows = [winner, ...series.losers.map((row) => statement(row, series.unit, series.measure))];
  return h(
    "section",
    { class: "others" },
    h("h3", null, t("others.title")),
    h("ul", null, rows.map((row) => h(
      "li",
      { class: row.n === found.n ? "this" : null },
      row.n === found.n ? h("b", null, figure(row)) : opens(row.n, figure(row)),
      h("span", null, chinese(named("publishers", row.publisher)), " · ", dayName(row.as_of)),
      h("span", { class: "quiet" }, row.reason ? t(`reason.${row.reason}`) : t("reason.chosen")),
    ))),
  );
}

function pastOf(series) {
  if (!series.past) return null;
  return h(
    "section",
    { class: "others" },
    h("h3", null, t("past.title")),
    h("ul", null, series.past.map(([asOf, publisher, value, value_low, value_high, bound, n]) => h(
      "li",
      null,
      opens(n, figure({ value, value_low, value_high, bound, unit: series.unit, measure: series.measure })),
      h("span", null, t("past.since", { day: dayName(asOf) }), " · ", chinese(named("publishers", publisher))),
    ))),
  );
}

// From an observation's id to its number.
async function numberOf(id, firsts) {
  let at = 0;
  while (at + 1 < firsts.length && firsts[at + 1] <= id) at += 1;
  const { ids, n } = await load(`ids/${at}`);
  const found = ids.indexOf(id);
  return found < 0 ? null : n[found];
}
