#!/usr/bin/env python3
"""Cuts the two shipped fonts out of Noto Sans CJK: the characters Chinese shops print, as CFF ``.otf``, nothing else.

    python3 -m pip install fonttools==4.68.0
    python3 assets/fonts/subset.py                 # writes NotoSansSC-*.otf and checks their sums
    python3 assets/fonts/subset.py --source DIR    # where NotoSansCJK-Regular.ttc and NotoSansCJK-Bold.ttc lie

The source is the Debian package fonts-noto-cjk 1:20220127+repack1-1 (Noto Sans CJK 2.004). In its collections index 2
is Simplified Chinese; index 0 is Japanese, whose 骨, 直 and 角 look wrong in a Chinese shop.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
SC = 2
SOURCES = {
    "NotoSansCJK-Regular.ttc": "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a",
    "NotoSansCJK-Bold.ttc": "faa5f3656a78b2e2d450d27fe8382c778bc2b6bb5ea29c986664a6a435056ceb",
}
RESULTS = {
    "NotoSansSC-Regular.otf": "eeaba7bd650857d4e9fd670eb019ec551ed3c48c6fc588ccd3579a07b87a322e",
    "NotoSansSC-Bold.otf": "a77952fdbfee8ccbbab7bcbb0ef25b323a7032ecc672781ae345ebc14eb7f6d8",
}
SYMBOLS = (
    "¥￥€£$¢₩ ★☆✓•·—–…‥‧・「」『』【】〖〗《》〈〉“”‘’（）［］｛｝〔〕！？，。、；：％＋－＝×÷±≈≤≥≠∞°℃℉"
    "‰№℡㎡㎥㎏㎜㎝㎞㏄"
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳❶❷❸❹❺❻❼❽❾❿㊗㊙←↑→↓↗↘↙↖⇒■□▲△▼▽▶◀◆◇○●◎♠"
    "♣♥♡♦♪♫♀♂☀☁☂☎☏✂〜～〇※†‡§©®™"
)
NAMES = (
    # Given names, surnames and brands that GB 2312 (1980) lacks; 通用规范汉字表 (2013) has most of them.
    "喆堃昇玥珺彧晞祎翀翊燚犇骉垚烜焜炘珩琋瑀璟瓅甯禛芃苡荇菀蓁旻昉昀晗暘曈杺栩樾泓洺浛浥淏渟湉溱滢澍濛瀅頔颢颀颉韡靝靖雱霈霂陞闫闰锜锽镕镒钰钇铖铄"
    "鋆镠镡飏骍骎骕鸢鹮鹍麒麐黉龑龢亘亶伃佺侃俶倓倞偲傒僖儁冏凊劭劼勍勰匡卣吒咘哿唛啓啰喦嗲嘚嘭噻囍圳埕堉堯塬墉壵夌奡妤妘妧姈姞姵娅婳媄媖嫄嫚嬛孖宓宬"
    "寔尧屾岍岚峤峣峯崟崴嵊嵘嵩巘巽帡彣彤徕徵忞恺愔慜慥戬戭扞抟揆旂旸昇昕昪昳晅晊晙晫晳暄暐暻曌曦朏朤杕杙杻枥柃柘栎桄桢梣棂棪棽椲楙楠槿樨橦檀櫆欤欻毓氤沄沆沚"
    "沨泂泃泖洣洮浉浠浡浲涑涘涿淠淯淼湑湜湝湣溦滃滉滍滘漷潆潇潋潞潼澂澉澧澹濂濉瀍瀚灏炅炆炔炜炫烊烔烨烺焓焱煐煦熜熠熥燊燏燚燹爔爚牂牪猇玎玏玒玓玕玘玙玚玞玠玢玦玧玭玶"
    "玹珅珏珑珣珦珧珮珰珽琇琎琏琚琛琤琦琨琬琭琮琯琰琲琳琴瑄瑆瑑瑗瑛瑜瑢瑧瑨瑭瑱瑳瑷璁璆璇璈璋璘璟璠璥璩璪瓒瓘畇畯疃皎皓皛皞盉盱眄睍睿瞮矞砚硕祁祗祚祜祯祾禔禤秾穑窅竑竦笃筠"
    "筱箐箴篁粲絜絺綦縯纾绂绚绛绥绮缇缊缦缨缵羑羲翂翃翎翚翥翮翯耔聃聪胤胪膑臻舲舸艺芊芑芗芘芝芩芪芮芷苌苒苓苾茀茆茏茗茜茝茹荃荏荑荠荪荭莀莘莙莛莞莳菁菘菡萁萌萱葆葳蒨蓂蓉蔓蔚蕊"
    "蕖蕤薏薛薪藜藿蘅蘧虔虓蛟蜚衎衍衎袆袗裎襄觊訚詝詟誉諲譞诩诶谞谡谧豫贇赟赪趯跞踽轲轶辚迦迪迺逄逴遹邈邗邝邺郄郇郗郦郯鄄鄞鄢鄱酂酆釆金釚釪釱鈊鈺鉌鉴銎錞鎏钊钏钐钤钧钲钼铎铠铢锃锆锟"
    "锴锵镁镭镱镳闳闵阆阊阚陂陟隽雒雩霏霓霖霙靓靖鞮韫韬韶頫顼颋颖飐飔饴馥馨駪骁骅骏骐骢骥髙魏鮑鲲鲸鳌鸿鹄鹏鹤鹭麟黛鼐齐龄"
    "槑嘢咗嚟喺哋冇啲嘅咁脷煲焗炆焖馃粿粄粑餸籺鱻龘爨糍醪糟籼粳薯蓣芋莜莴苣荸荠藠蕹蕺菽豌豇苜蓿柚橙榴莲杧枇杷桑椹猕猴桃蓝莓蔓越莓蛏蛤蜊蛎蚬鲍鲳鲈鳜鲫鲶鳕鲷鲅鳗鳝鳅鱿魷"
)


def subset(source: Path) -> None:
    """Write both fonts beside this script.

    Args:
        source: the folder of the two collections.
    """
    for (collection, _), (result, _) in zip(SOURCES.items(), RESULTS.items(), strict=True):
        cut(source / collection, HERE / result)


def cut(collection: Path, result: Path) -> None:
    """Write the characters of :func:`characters` of one collection's Chinese face, without hints, to ``result``."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(collection, fontNumber=SC, recalcTimestamp=False)
    options = Options(
        hinting=False, layout_features=["halt", "vert"], name_IDs=[0, 1, 2, 3, 4, 5, 6, 7, 8, 11, 13, 14],
        name_languages=[0x409], notdef_outline=True, desubroutinize=False, drop_tables=["DSIG", "BASE"],
    )  # fmt: skip
    missing = sorted(characters() - set(map(chr, font.getBestCmap())))
    if missing:
        print(f"{collection.name} has no {''.join(missing)}", file=sys.stderr)  # noqa: T201  # a developer's script
    cutter = Subsetter(options)
    cutter.populate(unicodes=[ord(each) for each in characters()])
    cutter.subset(font)
    font.save(result)


def characters() -> set[str]:
    """Return what the fonts must cover: ASCII, Latin-1, GB 2312 with its symbols, and what shops write besides."""
    latin = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))}
    rows = {bytes((row, cell)).decode("gb2312", "ignore") for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF)}
    return {each for each in latin | rows | set(SYMBOLS) | set(NAMES) if len(each) == 1}


def check(folder: Path, sums: dict[str, str]) -> list[str]:
    """Return a sentence for every file whose SHA-256 is not the one recorded here."""
    actual = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in sums}
    return [f"{name}: {actual[name]}, recorded {sums[name]}" for name in sums if actual[name] != sums[name]]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, default=Path("/usr/share/fonts/opentype/noto"))
    parser.add_argument("--any", action="store_true", help="do not insist on the recorded sums")
    arguments = parser.parse_args()
    strangers = check(arguments.source, SOURCES)
    if not strangers or arguments.any:
        subset(arguments.source)
        strangers = [*strangers, *check(HERE, RESULTS)]
    sys.exit("\n".join(strangers) if strangers else 0)
