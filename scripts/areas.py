"""Build schemas/codelists/areas.csv from the facts in npm's china-division (MIT; 2.7.0 holds 2023-06-30).

    python scripts/areas.py DIST    where DIST is the package's dist/ folder

Columns: code (GB/T 2260, six digits), name, short (the name without its kind), level, parent. Counties that a
province governs directly have the province as parent. Hong Kong, Macao and Taiwan stand as provinces.
"""

import csv
import re
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "schemas" / "codelists" / "areas.csv"
COUNTRY = ("100000", "中国", "中国", "country", "")
OUTSIDE = (("710000", "台湾省"), ("810000", "香港特别行政区"), ("820000", "澳门特别行政区"))
MADE_UP = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
PEOPLES = [
    "蒙古族",
    "蒙古",
    "回族",
    "藏族",
    "维吾尔族",
    "维吾尔",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克族",
    "哈萨克",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜族",
    "柯尔克孜",
    "土族",
    "达斡尔族",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯族",
    "锡伯",
    "塔吉克族",
    "塔吉克",
    "怒族",
    "俄罗斯族",
    "鄂温克族",
    "德昂族",
    "保安族",
    "裕固族",
    "鄂伦春族",
    "独龙族",
    "门巴族",
    "珞巴族",
    "基诺族",
    "各族",
]
SHORTEST, LONG = 2, 3
KIND = re.compile(r"(?:特别行政区|新区|自治区|自治州|自治县|自治旗|地区|特区|省|市|区|县|州|盟|旗)$")
PEOPLE = re.compile("(?:" + "|".join(sorted(PEOPLES, key=len, reverse=True)) + ")+$")


def short_of(name: str) -> str:
    """The name as people say it: 恩施土家族苗族自治州 → 恩施; never less than two characters (吉县 stays)."""
    bare = KIND.sub("", name)
    if bare.endswith(("林", "矿")) and len(bare) > LONG and name.endswith("区"):  # 神农架林区, 鹰手营子矿区
        bare = bare[:-1]
    if name.endswith(("自治区", "自治州", "自治县", "自治旗")):
        without = PEOPLE.sub("", bare)
        bare = without if len(without) >= SHORTEST else bare.removesuffix("族")
    return bare if len(bare) >= SHORTEST else name


def read(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of one of the package's tables."""
    with (folder / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def areas(dist: Path) -> list[tuple[str, str, str, str, str]]:
    """Every area as a row, ordered by code."""
    rows = [COUNTRY]
    rows += [
        (row["code"] + "0000", row["name"], short_of(row["name"]), "province", "100000")
        for row in read(dist, "provinces.csv")
    ]
    rows += [(code, name, short_of(name), "province", "100000") for code, name in OUTSIDE]
    parent_of = {}
    for row in read(dist, "cities.csv"):
        province = row["provinceCode"] + "0000"
        if row["name"] in MADE_UP:
            parent_of[row["code"]] = province
        else:
            parent_of[row["code"]] = row["code"] + "00"
            rows.append((row["code"] + "00", row["name"], short_of(row["name"]), "prefecture", province))
    for row in read(dist, "areas.csv"):
        if row["code"].endswith("00") or "71" <= row["code"][4:] <= "79":
            continue  # a city without districts listed again; a development zone, which GB/T 2260 does not code
        rows.append((row["code"], row["name"], short_of(row["name"]), "county", parent_of[row["cityCode"]]))
    return sorted(rows)


def main() -> int:
    """Write the code list."""
    if not sys.argv[1:]:
        print(__doc__)
        return 2
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "name", "short", "level", "parent"))
        writer.writerows(areas(Path(sys.argv[1])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
