"""The catalogue's codes about content, offers and rendering."""

from __future__ import annotations

from collections.abc import Mapping

from calendarkit.calendar.catalogue_entry import Entry, entry

CONTENT: Mapping[str, Entry] = {
    "CK401": entry(
        ("没有这个素材库", "No such content pool"),
        ("pool 写的是 pools/ 里的文件名，不带后缀。", "pool is the name of a file below pools/, without its ending."),
        ("改正名字，或新建文件。", "Correct the name, or write the file."),
    ),
    "CK402": entry(
        ("没有这个商品", "No such offer"),
        ("offer 写的 id 不在商品里。", "No offer has this id."),
        ("改正 id，或在 offers 里加上它。", "Correct the id, or add the offer."),
    ),
    "CK403": entry(
        ("没有这个模板文件", "No such template file"),
        (
            "以 .txt、.md、.j2 结尾的是 templates/ 里的文件。",
            "What ends in .txt, .md or .j2 is a file below templates/.",
        ),
        ("改正名字，或新建文件。", "Correct the name, or write the file."),
    ),
    "CK404": entry(
        ("没有这个海报版式", "No such poster layout"),
        ("posters/ 里和自带的版式里都没有。", "Neither posters/ nor the shipped layouts have it."),
        ("改正名字。", "Correct the name."),
    ),
    "CK405": entry(
        ("模板写法有误", "Not a template"),
        ("{{ }} 或 {% %} 没有配对，或用了没有的过滤器。", "{{ }} or {% %} do not match, or a filter does not exist."),
        ("见模板参考页。", "See the page on templates."),
    ),
    "CK406": entry(
        ("模板里没有这个值", "No such value for the template"),
        (
            "模板用了这个栏目的投放不会有的名字；发送时会发不出去。",
            "The template names what deliveries of this column will not have; they could not go out.",
        ),
        ("改正名字，补上数据，或用 default 过滤器。", "Correct the name, add the data, or use the default filter."),
    ),
    "CK407": entry(
        ("没有这张图片", "No such picture"),
        ("photo 写的文件不在 assets/ 里。", "photo names no file below assets/."),
        ("改正路径，或放进 assets/。", "Correct the path, or put the file there."),
    ),
    "CK408": entry(
        ("素材库没有可用的内容", "Nothing to show in the pool"),
        ("素材库是空的，或按日期挑选却没有日期。", "The pool is empty, or has no dates to pick by."),
        ("加一条素材，或补上日期。", "Add an item, or the dates."),
    ),
    "CK409": entry(
        ("没有写要发什么", "Nothing to send"),
        (
            "栏目没有 text、markdown、poster 或 link，或 parts 里写了没有的部分。",
            "The column has no text, markdown, poster or link, or parts names one that is missing.",
        ),
        ("写上内容。", "Write the content."),
    ),
    "CK410": entry(
        ("这个栏目没有它", "The column has none of it"),
        (
            "模板用了 item、offer 或 group，但这个栏目不会有。",
            "The template uses item, offer or group, which this column does not have.",
        ),
        ("写上 pool 或 offer，或用 {% if offer %} 包住。", "Give a pool or offer, or wrap it in an if."),
    ),
    "CK412": entry(
        ("售价低于底价", "Priced below its floor"),
        (
            "折扣管控：低于商品自己的 floor 或 policy.toml 里的 floor。",
            "Discount guard: below the floor of the offer or of policy.toml.",
        ),
        ("改价，或登记有人批准的例外。", "Change the price, or enter an approved exception."),
    ),
    "CK413": entry(
        ("商品在栏目开始前已结束", "The offer ends before the column begins"),
        ("栏目只会展示一个已经结束的商品。", "The column would only show an offer that is over."),
        ("延长商品，或换一个。", "Extend the offer, or choose another."),
    ),
    "CK414": entry(
        ("划线价不成立", "No true list price"),
        ("原价没有高于售价。", "The list price is not above the price."),
        ("写真实的原价，或删掉。", "Write the true list price, or none."),
    ),
    "CK415": entry(
        ("模板不允许这样做", "Templates may not do this"),
        (
            "模板在沙箱里运行：不能调用函数，循环、长度和数字都有上限。",
            "Templates run in a sandbox: no calls, and limits on loops, lengths and numbers.",
        ),
        ("用过滤器，或把内容拆短。", "Use filters, or make it shorter."),
    ),
    "CK416": entry(
        ("这周轮到的商品卖不了", "An offer of the coming week is over"),
        (
            "轮到的那一档，商品已经结束、还没开始，或 stock = 0：到点会被挡下。",
            "When its slot comes the offer has ended, has not begun, or is sold out: it will be withheld.",
        ),
        ("改商品的 until、from、stock，或换一个商品。", "Change until, from or stock, or show another offer."),
    ),
    "CK417": entry(
        ("这周有一档没有内容", "A slot of the coming week has nothing to show"),
        (
            "素材库里没有那一天的素材，或都在 no_repeat 之内。",
            "The pool has no item for the day, or all were shown within no_repeat.",
        ),
        ("再加几条素材。", "Add items to the pool."),
    ),
    "CK418": entry(
        ("图片用不了", "A picture that cannot be shown"),
        (
            "不是 JPEG、PNG 或 WebP，超过 2500 万像素或 40 MB，或没有复制完整。",
            "It is no JPEG, PNG or WebP, is larger than 25 megapixels or 40 MB, or was cut off.",
        ),
        ("重新导出一张 JPEG 或 PNG。", "Export it again as JPEG or PNG."),
    ),
    "CK419": entry(
        ("花括号会原样发出去", "Braces that would go out as they stand"),
        (
            "values、素材和商品里的文字不是模板；里面的 {{ }} 会原样出现在群里。",
            "The words of values, items and offers are no templates; {{ }} in them would be shown as it is.",
        ),
        ("把 {{ }} 写在 text 或模板文件里。", "Write {{ }} into the text or a template file."),
    ),
    "CK450": entry(
        ("没有这个样式", "No such style"),
        ("图层用了版式里没有的 [style.NAME]。", "A layer names a [style.NAME] the layout does not have."),
        ("改正名字。", "Correct the name."),
    ),
    "CK451": entry(
        ("海报版式有误", "A mistake in a poster layout"),
        ("版式的某个值画不出来。", "A value of the layout cannot be drawn."),
        ("按提示改。", "Change it as suggested."),
    ),
    "CK452": entry(
        ("没有这种图层", "No such kind of layer"),
        ("图层的 type 不是已知的种类。", "The type of a layer is no known kind."),
        ("按提示选一种。", "Choose one of the kinds named."),
    ),
    "CK453": entry(
        ("图层的位置写法不对", "Not a box"),
        ("box 是 [x, y, 宽, 高]，单位像素。", "A box is [x, y, width, height] in px."),
        ("例如 [60, 60, 960, 170]。", "Such as [60, 60, 960, 170]."),
    ),
    "CK454": entry(
        ("没有这个主题名", "No such name in the theme"),
        (
            "图层写了 $NAME，但版式的 [theme] 里没有它。",
            "A layer says $NAME, which the layout's [theme] does not have.",
        ),
        ("改正名字，或在 [theme] 里加上它。", "Correct the name, or add it to [theme]."),
    ),
    "CK455": entry(
        ("没有这个尺寸或主题", "No such shape or theme"),
        (
            "海报名写成 版式.尺寸@主题；版式没有这个尺寸，或没有这个主题文件。",
            "A poster is called LAYOUT.SHAPE@THEME; the layout has no such shape, or there is no such theme.",
        ),
        (
            "改正名字；calendarkit poster list 列出全部版式、尺寸和主题。",
            "Correct the name; calendarkit poster list names every layout, shape and theme.",
        ),
    ),
    "CK456": entry(
        ("没有字体能显示", "No font can show it"),
        (
            "海报上要印的字，版式的字体、自带字体和系统字体里都没有；到时候海报画不出来。",
            "Words for a poster hold a character that neither the layout's fonts nor the shipped ones have; the poster "
            "will not be drawn.",
        ),
        (
            "换一个字，或把有这个字的字体放进 assets/fonts，并在版式的 [fonts] 里写上。",
            "Use another character, or put a font that has it into assets/fonts and name it in the layout's [fonts].",
        ),
    ),
    "CK701": entry(
        ("内容已不在日历里", "Gone from the calendar"),
        ("计划之后，栏目、门店、素材或商品被删掉了。", "The column, store, item or offer was removed after planning."),
        (
            "这一条不会发送，其他照常；改好后用 calendarkit ledger retry 重试。",
            "Only this delivery fails; mend it and run calendarkit ledger retry.",
        ),
    ),
    "CK702": entry(
        ("渠道不支持这种消息", "The channel takes no such message"),
        ("例如渠道只收图片，而栏目只有文字。", "Such as a channel of pictures for a column of words."),
        (
            "这一条不会发送，其他照常；改好后用 calendarkit ledger retry 重试。",
            "Only this delivery fails; mend it and run calendarkit ledger retry.",
        ),
    ),
    "CK703": entry(
        ("没有这个模板文件", "No such template file"),
        ("计划之后，模板文件被删掉了。", "The template file was removed after planning."),
        (
            "这一条不会发送，其他照常；改好后用 calendarkit ledger retry 重试。",
            "Only this delivery fails; mend it and run calendarkit ledger retry.",
        ),
    ),
    "CK704": entry(
        ("这一部分没有内容", "The part has no content"),
        ("栏目没有写这一部分。", "The column does not give this part."),
        (
            "这一条不会发送，其他照常；改好后用 calendarkit ledger retry 重试。",
            "Only this delivery fails; mend it and run calendarkit ledger retry.",
        ),
    ),
    "CK705": entry(
        ("渲染出来是空的", "Renders to nothing"),
        ("模板的结果没有可见的字。", "The template writes nothing visible."),
        (
            "这一条不会发送，其他照常；改好后用 calendarkit ledger retry 重试。",
            "Only this delivery fails; mend it and run calendarkit ledger retry.",
        ),
    ),
    "CK706": entry(
        ("不是网址", "No web address"),
        ("链接必须以 https:// 或 http:// 开头。", "Links begin with https:// or http://."),
        (
            "这一条不会发送，其他照常；改好后用 calendarkit ledger retry 重试。",
            "Only this delivery fails; mend it and run calendarkit ledger retry.",
        ),
    ),
    "CK707": entry(
        ("海报画不出来", "The poster cannot be drawn"),
        ("版式、图片或文字有问题。", "The layout, a picture or the words are wrong."),
        (
            "这一条不会发送，其他照常；改好后用 calendarkit ledger retry 重试。",
            "Only this delivery fails; mend it and run calendarkit ledger retry.",
        ),
    ),
    "CK708": entry(
        ("图片格式渠道不收", "The channel refuses this picture format"),
        ("渠道只收列出的格式。", "The channel takes other formats."),
        (
            "这一条不会发送，其他照常；改好后用 calendarkit ledger retry 重试。",
            "Only this delivery fails; mend it and run calendarkit ledger retry.",
        ),
    ),
    "CK709": entry(
        ("图片太大", "The picture is too large"),
        ("图片字节数超过渠道上限。", "The picture has more bytes than the channel takes."),
        (
            "这一条不会发送，其他照常；改好后用 calendarkit ledger retry 重试。",
            "Only this delivery fails; mend it and run calendarkit ledger retry.",
        ),
    ),
    "CK710": entry(
        ("文字里有半个字符", "Half a character"),
        ("文字里有不完整的字符，没有渠道会收。", "The words hold an incomplete character that no channel takes."),
        (
            "这一条不会发送，其他照常；改好后用 calendarkit ledger retry 重试。",
            "Only this delivery fails; mend it and run calendarkit ledger retry.",
        ),
    ),
    "CK711": entry(
        ("文字太长", "The words are too long"),
        ("按 UTF-8 字节计算，一个汉字占 3 字节。", "Lengths count bytes of UTF-8; a Chinese character takes 3."),
        (
            "这一条不会发送，其他照常；改好后用 calendarkit ledger retry 重试。",
            "Only this delivery fails; mend it and run calendarkit ledger retry.",
        ),
    ),
}
