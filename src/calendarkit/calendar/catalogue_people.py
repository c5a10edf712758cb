"""The catalogue's codes about rosters, channels, secrets, plugins and hints."""

from __future__ import annotations

from collections.abc import Mapping

from calendarkit.calendar.catalogue_entry import Entry, entry

PEOPLE: Mapping[str, Entry] = {
    "CK501": entry(
        ("社群的门店不存在", "A group of an unknown store"),
        ("store 写的 id 不在门店名单里。", "store names no store of the roster."),
        ("改正 id，或加上门店。", "Correct the id, or add the store."),
    ),
    "CK502": entry(
        ("人群表达式看不懂", "Not an audience"),
        (
            "只有标签、字段比较、and、or、not 和括号。",
            "Only tags, comparisons of fields, and, or, not and parentheses.",
        ),
        ("例如 vip and not new。", "Such as vip and not new."),
    ),
    "CK503": entry(
        ("没有人有这个标签", "Nobody has this tag"),
        (
            "名单里没有门店或社群有这个标签。和已有标签很像时是错误，否则是提醒。",
            "No store or group of the roster has it. Close to a known tag it is an error, else a hint.",
        ),
        ("改正，或在名单里加上标签。", "Correct it, or add the tag to the roster."),
    ),
    "CK504": entry(
        ("名单里没有这一列", "The roster has no such field"),
        ("人群表达式比较了名单里没有的列。", "The audience compares a column that the roster does not have."),
        ("改正列名。", "Correct the name."),
    ),
    "CK505": entry(
        ("没有启用这个渠道", "The channel is not enabled"),
        (
            "渠道要由 [plugins.NAME] 启用；folder 和 console 自带。",
            "A table [plugins.NAME] enables a channel; folder and console come with calendarkit.",
        ),
        ("改正名字，或启用插件。", "Correct the name, or enable the plugin."),
    ),
    "CK506": entry(
        ("缺少渠道需要的地址", "No address for the channel"),
        ("名单里没有渠道需要的列，例如 wecom.key。", "The roster lacks what the channel needs, such as wecom.key."),
        ("在名单里加上这一列。", "Add the column to the roster."),
    ),
    "CK507": entry(
        ("渠道到不了这些成员", "The channel cannot reach them"),
        ("例如群机器人只能到员工群。", "A group robot, for example, reaches staff groups only."),
        ("再加上 folder，由员工转发。", "Add folder, so that staff forward it."),
    ),
    "CK508": entry(
        ("没有渠道", "No channel"),
        ("栏目和 calendarkit.toml 都没有写 channels。", "Neither the column nor calendarkit.toml names channels."),
        ('写 channels = ["folder"]。', 'Write channels = ["folder"].'),
    ),
    "CK510": entry(
        ("现在没有人符合人群", "Nobody belongs to the audience"),
        ("表达式没错，但名单里没有社群符合。", "The expression is fine, but no group of the roster belongs to it."),
        ("检查标签，或放宽条件。", "Check the tags, or ask for less."),
    ),
    "CK530": entry(
        ("超过频控", "More than the caps allow"),
        (
            "一个社群当天的条数超过 caps.per_day，或间隔小于 caps.gap；多出的会被挡下。",
            "A group would get more than caps.per_day, or within caps.gap; the rest is withheld.",
        ),
        ("减少栏目，或改上限。", "Fewer columns, or other caps."),
    ),
    "CK531": entry(
        ("两档离得太近", "Two slots too close"),
        (
            "两档之间不到 caps.gap，等到能发时已经过了 late 或 valid_for：会被挡下。",
            "Less than caps.gap lies between two slots, and waiting would be too late: one is withheld.",
        ),
        ("把时间错开，加长 late，或减小 gap。", "Move one, allow a longer late, or a smaller gap."),
    ),
    "CK532": entry(
        ("加的档期在免打扰时段里", "An added slot in quiet hours"),
        (
            "also 或 move 写的时间在免打扰时段里，等到结束已经太晚：会被挡下。",
            "A moment of also or move lies in quiet hours, and is too late when they end: it is withheld.",
        ),
        ("换一个时间，或写 quiet = false。", "Choose another time, or write quiet = false."),
    ),
    "CK601": entry(
        ("写了真的密钥", "A literal key"),
        ("密钥不能写在日历里，只能写名字。", "Keys do not belong in a calendar, only their names do."),
        ('换成 "secret:…" 并作废泄露的密钥。', 'Write "secret:…" and revoke the key.'),
    ),
    "CK602": entry(
        ("密钥名字写法不对", "No name of a secret"),
        (
            "secret: 后面只能用英文字母、数字、/ - _ .。",
            "After secret: there are ASCII letters, digits, / - _ and . only.",
        ),
        ("例如 secret:robot/hz-001。", "Such as secret:robot/hz-001."),
    ),
    "CK603": entry(
        ("插件没有安装", "The plugin is not installed"),
        ("[plugins.NAME] 没有对应的插件。", "No installed plugin is called like [plugins.NAME]."),
        ("安装它，或删掉这张表。", "Install it, or remove the table."),
    ),
    "CK604": entry(
        ("没有这个栏目类型", "No such kind of column"),
        ("没有插件提供这个 kind。", "No plugin offers this kind."),
        ("改正名字，或删掉 kind。", "Correct the name, or remove it."),
    ),
    "CK605": entry(
        ("台账不能放在那里", "No place for a ledger"),
        (
            "engine.ledger 只能是 PostgreSQL 的地址，或 secret: 加名字；省略时是 state/ledger.db。",
            "engine.ledger is an address of PostgreSQL, or secret: and a name; left out, it is state/ledger.db.",
        ),
        ("例如 secret:ledger/url。", "Such as secret:ledger/url."),
    ),
    "CK606": entry(
        ("没有这个引擎", "No such engine"),
        (
            "engine.name 是内置的 local、worker，或已启用的插件提供的引擎。",
            "engine.name is local or worker, or an engine that an enabled plugin offers.",
        ),
        ("改正名字，或启用插件。", "Correct the name, or enable the plugin."),
    ),
    "CK607": entry(
        ("不是网址", "No web address"),
        (
            "watch.ping 写 https:// 或 http:// 开头的地址，http.proxy 写 http:// 开头的地址，也可以写 secret: 加名字。",
            "watch.ping begins with https:// or http://, http.proxy with http://; either may be secret: and a name.",
        ),
        ("改正地址；含口令或密钥的写成 secret:NAME。", "Correct it; one that holds a key is written as secret:NAME."),
    ),
    "CK608": entry(
        ("还没有这个密钥", "A secret nobody knows"),
        (
            "名单里写了密钥的名字，但环境变量、凭据和 secrets.toml 里都没有它的值：到点发不出去。",
            "The roster names a secret that neither the environment, credentials nor secrets.toml holds.",
        ),
        ("把值写进 secrets.toml（权限 0600），或交给值守的同事。", "Put its value into secrets.toml (mode 0600)."),
    ),
    "CK609": entry(
        ("插件载入不了", "A plugin cannot be loaded"),
        (
            "插件装了，但载入时出错，或它给的内容不合约定。",
            "It is installed, but loading failed or it broke its contract.",
        ),
        ("升级或重装插件，或把这一行交给它的作者。", "Update or reinstall it, or show the message to its author."),
    ),
    "CK901": entry(
        ("没有栏目", "No columns"),
        ("日历里还没有任何栏目。", "The workspace has no columns yet."),
        ("写一个 [[column]]。", "Write a [[column]]."),
    ),
    "CK902": entry(
        ("没有门店或社群", "No stores or groups"),
        ("没有人会收到。", "Nobody will receive anything."),
        ("写 stores.csv 和 groups.csv。", "Write stores.csv and groups.csv."),
    ),
    "CK990": entry(
        ("同类问题太多", "Too many of one kind"),
        ("一个文件里同一种问题只列前 50 个。", "Only the first 50 problems of one kind are listed for a file."),
        ("先改列出的，再检查一次。", "Mend those, then check again."),
    ),
}
