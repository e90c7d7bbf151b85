// The two languages, and the names of codes in them.
let lang = recall("lang") || (/^zh/i.test(navigator.language || "zh") ? "zh" : "en");
if (lang !== "zh" && lang !== "en") lang = "zh";

function t(key, values) {
  const words = STRINGS[key];
  const text = words ? words[lang === "zh" ? 0 : 1] : key;
  return values ? text.replace(/\{(\w+)\}/g, (_, name) => values[name]) : text;
}

const chinese = (text, attributes) => h("span", { lang: "zh-CN", ...attributes }, text);
const number = (value) => value.toLocaleString("en-US", { maximumFractionDigits: 6 });

const codes = {};
function readOverview(overview) {
  const byFirst = (rows) => new Map(rows.map((row) => [row[0], row]));
  codes.indicators = new Map(rowsOf(overview.indicators).map((row) => [row.code, row]));
  codes.themes = byFirst(overview.themes);
  codes.areas = byFirst(overview.areas);
  codes.publishers = byFirst(overview.publishers);
  codes.units = byFirst(overview.units);
  codes.measures = byFirst(overview.measures);
}

function named(kind, code) {
  if (code === null || code === undefined) return t("unknown");
  const row = codes[kind].get(code);
  if (!row) return code;
  if (kind === "indicators") return lang === "zh" ? row.name_zh : row.name_en;
  if (kind === "themes") return row[lang === "zh" ? 2 : 1];
  if (kind === "measures") return STRINGS[`measure.${code}`] ? t(`measure.${code}`) : row[lang === "zh" ? 2 : 1] || code;
  return row[1];
}

const areaName = (code) => (code === null ? chinese(t("area.none"), { lang: lang }) : chinese(named("areas", code), { title: code }));
const shortArea = (code) => (codes.areas.get(code) || [])[2] || named("areas", code);

function areaPath(code) {
  const names = [];
  for (let at = code; at && at !== "100000"; at = (codes.areas.get(at) || [])[4]) names.unshift(named("areas", at));
  return names.join(" ");
}
