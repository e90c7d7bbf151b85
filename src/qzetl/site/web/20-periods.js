// Periods as SDMX writes them: what kind, from when to when, and how people say them.
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const QUARTERS = "一二三四";
const KINDS = ["A", "C", "Q", "M", "S", "D", "R"];
const pad = (part) => String(part).padStart(2, "0");
const lastDay = (year, month) => `${year}-${pad(month)}-${new Date(Date.UTC(year, month, 0)).getUTCDate()}`;

function bounds(period) {
  const slash = period.indexOf("/");
  if (slash > 0) return [bounds(period.slice(0, slash))[0], bounds(period.slice(slash + 1))[1]];
  const year = Number(period.slice(0, 4));
  const rest = period.slice(5);
  if (!rest) return [`${year}-01-01`, `${year}-12-31`];
  if (rest[0] === "S") return rest[1] === "1" ? [`${year}-01-01`, `${year}-06-30`] : [`${year}-07-01`, `${year}-12-31`];
  if (rest[0] === "Q") return [`${year}-${pad(rest[1] * 3 - 2)}-01`, lastDay(year, rest[1] * 3)];
  if (rest.length === 2) return [`${year}-${rest}-01`, lastDay(year, Number(rest))];
  return [period, period];
}

// A year, months from January on (as Chinese statistics are told within a year), a quarter, a month …
function kindsOf(period) {
  if (period.includes("/")) {
    const [from, to] = period.split("/");
    return [from.slice(0, 4) === to.slice(0, 4) && from.length === 7 && from.endsWith("-01") && to.length === 7 ? "C" : "R"];
  }
  if (period.length === 4) return ["A"];
  if (period[5] === "S") return period[6] === "1" ? ["S", "C"] : ["S"];
  if (period[5] === "Q") return period[6] === "1" ? ["Q", "C"] : ["Q"];
  return [period.length === 7 ? "M" : "D"];
}

function periodName(period) {
  if (period === null) return t("period.none");
  if (period.includes("/")) return rangeName(...period.split("/"));
  const year = period.slice(0, 4);
  const rest = period.slice(5);
  if (!rest) return lang === "zh" ? `${year}年` : year;
  if (rest[0] === "S") return lang === "zh" ? `${year}年${rest[1] === "1" ? "上" : "下"}半年` : `H${rest[1]} ${year}`;
  if (rest[0] === "Q") return lang === "zh" ? `${year}年${QUARTERS[rest[1] - 1]}季度` : `Q${rest[1]} ${year}`;
  const month = Number(rest.slice(0, 2));
  const day = rest.length > 2 ? Number(rest.slice(3)) : 0;
  if (lang === "zh") return `${year}年${month}月${day ? `${day}日` : ""}`;
  return `${day ? `${day} ` : ""}${MONTHS[month - 1]} ${year}`;
}

function rangeName(from, to) {
  const oneYear = from.length === 7 && to.length === 7 && from.slice(0, 4) === to.slice(0, 4) && !/[SQ]/.test(from + to);
  if (oneYear && lang === "zh") return `${from.slice(0, 4)}年${Number(from.slice(5))}—${Number(to.slice(5))}月`;
  if (oneYear) return `${MONTHS[from.slice(5) - 1]}–${MONTHS[to.slice(5) - 1]} ${from.slice(0, 4)}`;
  if (from.length === 4 && to.length === 4) return lang === "zh" ? `${from}—${to}年` : `${from}–${to}`;
  return lang === "zh" ? `${periodName(from)}至${periodName(to)}` : `${periodName(from)} – ${periodName(to)}`;
}

const dayName = (day) => (day ? periodName(day) : t("day.none"));
