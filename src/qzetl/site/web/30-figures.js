// Values as people read them: 亿 and 万 in Chinese, bn and m in English; signs where a change is meant.
const SIGNED = new Set(["GROWTH_YOY", "GROWTH_QOQ", "GROWTH_AVG", "GROWTH_BASE", "CHANGE", "DIFF", "CONTRIBUTION"]);
const STEPS = { zh: [[1e8, "亿"], [1e4, "万"]], en: [[1e12, " tn"], [1e9, " bn"], [1e6, " m"]] };
const RATIOS = { PT: "%", PM: "‰" };

function stepFor(largest, unit) {
  const dimension = (codes.units.get(unit) || [])[3];
  if (dimension === "ratio" || dimension === "ordinal" || dimension === "index") return [1, ""];
  return STEPS[lang].find(([size]) => Math.abs(largest) >= size) || [1, ""];
}

function unitWord(unit) {
  if (unit === "COUNT" || unit === "OTHER") return "";
  if (unit === "PP") return lang === "zh" ? "个百分点" : " pp";
  if (unit === "CNY") return lang === "zh" ? "元" : " yuan";
  if (RATIOS[unit]) return RATIOS[unit];
  const row = codes.units.get(unit);
  if (!row) return ` ${unit}`;
  return lang === "zh" ? row[1] || row[2] : ` ${row[2].replace(/ \(.*/, "")}`;
}

function scaled(value, step) {
  return number(Number((value / step).toPrecision(12))).replace("-", "−");
}

function bare(value, unit, measure) {
  if (unit === "RANK") return lang === "zh" ? `第${number(value)}位` : `no. ${number(value)}`;
  const [step, word] = stepFor(value, unit);
  const sign = SIGNED.has(measure) && value > 0 ? "+" : "";
  return `${sign}${scaled(value, step)}${word}${unitWord(unit)}`;
}

// A figure with how exact it is; `row` has value, value_low, value_high, bound, unit and measure.
function figure(row) {
  if (row.value === null || row.value === undefined) {
    return `${bare(row.value_low, row.unit, row.measure)} – ${bare(row.value_high, row.unit, row.measure)}`;
  }
  const written = bare(row.value, row.unit, row.measure);
  return row.bound === "exact" || row.bound === "range" ? written : t(`bound.${row.bound}`, { value: written });
}

const middle = (row) => (row.value === null ? (row.value_low + row.value_high) / 2 : row.value);
