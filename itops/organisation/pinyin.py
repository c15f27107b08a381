"""Pinyin of names: keys to sort by, English names of places, initials for asset numbers."""

import re

from pypinyin import Style, lazy_pinyin

KINDS = {
    "特别行政区": "Special Administrative Region",
    "自治区": "Autonomous Region",
    "自治州": "Autonomous Prefecture",
    "自治县": "Autonomous County",
    "自治旗": "Autonomous Banner",
    "开发区": "Development Zone",
    "民族乡": "Ethnic Township",
    "街道": "Subdistrict",
    "地区": "Prefecture",
    "苏木": "Sumu",
    "林区": "Forestry District",
    "社区": "Community",
    "村": "Village",
    "镇": "Town",
    "乡": "Township",
    "县": "County",
    "区": "District",
    "市": "City",
    "省": "Province",
    "盟": "League",
    "旗": "Banner",
}
WELL_KNOWN = {
    "内蒙古自治区": "Inner Mongolia Autonomous Region",
    "广西壮族自治区": "Guangxi Zhuang Autonomous Region",
    "西藏自治区": "Xizang Autonomous Region",
    "宁夏回族自治区": "Ningxia Hui Autonomous Region",
    "新疆维吾尔自治区": "Xinjiang Uygur Autonomous Region",
    "陕西省": "Shaanxi Province",
    "长子县": "Zhangzi County",
}
PEOPLES = {
    "蒙古": "Mongol",
    "回": "Hui",
    "藏": "Tibetan",
    "维吾尔": "Uygur",
    "苗": "Miao",
    "彝": "Yi",
    "壮": "Zhuang",
    "布依": "Bouyei",
    "朝鲜": "Korean",
    "满": "Manchu",
    "侗": "Dong",
    "瑶": "Yao",
    "白": "Bai",
    "土家": "Tujia",
    "哈尼": "Hani",
    "哈萨克": "Kazakh",
    "傣": "Dai",
    "黎": "Li",
    "傈僳": "Lisu",
    "佤": "Va",
    "畲": "She",
    "拉祜": "Lahu",
    "水": "Shui",
    "东乡": "Dongxiang",
    "纳西": "Naxi",
    "景颇": "Jingpo",
    "土": "Tu",
    "达斡尔": "Daur",
    "仫佬": "Mulao",
    "羌": "Qiang",
    "布朗": "Blang",
    "撒拉": "Salar",
    "毛南": "Maonan",
    "仡佬": "Gelao",
    "锡伯": "Xibe",
    "普米": "Pumi",
    "怒": "Nu",
    "鄂温克": "Evenki",
    "裕固": "Yugur",
}
OF_PEOPLES = re.compile(f"((?:{'|'.join(sorted(PEOPLES, key=len, reverse=True))})族)+$")
IN_PLACES = {"长": "chang2", "朝": "chao2", "茈": "zi3"}  # read otherwise than pypinyin reads them alone
TONE = re.compile(r"(?<=[a-zü])[1-5]$")
SURNAMES = {  # read otherwise than in ordinary words
    "单": "shan4",
    "曾": "zeng1",
    "解": "xie4",
    "仇": "qiu2",
    "区": "ou1",
    "查": "zha1",
    "任": "ren2",
    "华": "hua4",
    "盖": "ge3",
    "朴": "piao2",
    "覃": "qin2",
    "冼": "xian3",
    "燕": "yan1",
    "宁": "ning4",
}


def sort_key(name: str) -> str:
    """A place's syllables with tones, so that names sort as in Chinese dictionaries: "qing1 tang2 pu4"."""
    return " ".join(_place(name))[:160]


def person_sort_key(name: str) -> str:
    """A person's, the first character read as a surname."""
    first, *rest = _read(name) or [""]
    return " ".join([SURNAMES.get(name[:1], first), *rest])[:160]


def english_name(name: str) -> str:
    """Pinyin and the kind of place: "Qingtangpu Town". No official English name."""
    if name in WELL_KNOWN:
        return WELL_KNOWN[name]
    for ending, kind in KINDS.items():
        if name.endswith(ending) and name != ending:
            return f"{_stem(name.removesuffix(ending))} {kind}"
    return _run_together(name)


def initials(name: str) -> str:
    """Capitals of the syllables: "QTP" for 清塘铺. Latin letters and digits stand for themselves."""
    letters = "".join(syllable[0] for syllable in _place(name)).upper()
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())


def run_together(name: str) -> str:
    """A person's name as it is typed without tones or spaces: "zhangwei"."""
    return "".join(TONE.sub("", syllable) for syllable in person_sort_key(name).split())


def _stem(name: str) -> str:
    """The name without its kind: "Tongdao Dong" for 通道侗族."""
    found = OF_PEOPLES.search(name)
    if not found or not found.start():
        return _run_together(name)
    peoples = [PEOPLES[people] for people in found.group().split("族") if people]
    return " ".join([_run_together(name[: found.start()]), *peoples])


def _run_together(name: str) -> str:
    """One capitalised word; an apostrophe keeps apart what would be read otherwise: "Le'an"."""
    first, *rest = (TONE.sub("", syllable) for syllable in _place(name))
    return (first + "".join(f"'{next_}" if next_[0] in "aoe" else next_ for next_ in rest)).capitalize()


def _place(name: str) -> list[str]:
    return [IN_PLACES.get(character, read) for character, read in zip(name, _read(name), strict=True)]


def _read(name: str) -> list[str]:
    """One syllable for each character; what is not Chinese stands for itself."""
    return lazy_pinyin(name, style=Style.TONE3, errors=_each, v_to_u=True)  # type: ignore[arg-type]  # documented


def _each(other: str) -> list[str]:
    return list(other)
