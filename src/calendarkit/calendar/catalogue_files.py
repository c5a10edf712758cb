"""The catalogue's codes about files, encodings and syntax."""

from __future__ import annotations

from collections.abc import Mapping

from calendarkit.calendar.catalogue_entry import Entry, entry

FILES: Mapping[str, Entry] = {
    "CK001": entry(
        ("不是有效的 TOML", "Not valid TOML"),
        (
            "这一行不符合“键 = 值”的写法，后面的内容没有读取。",
            "The line is not written as key = value; the file was not read.",
        ),
        ('文字放在 "" 里；多个栏目写成 [[column]]。', 'Put texts in ""; write lists of columns as [[column]].'),
    ),
    "CK002": entry(
        ("不是 UTF-8 编码", "Not encoded in UTF-8"),
        (
            "Excel 或旧编辑器存成了 GBK 或 UTF-16。编码不会被猜测。",
            "Excel or an old editor saved GBK or UTF-16. Encodings are never guessed.",
        ),
        (
            "另存为 UTF-8；Excel 选“CSV UTF-8（逗号分隔）”。",
            'Save it as UTF-8; in Excel choose "CSV UTF-8 (comma delimited)".',
        ),
    ),
    "CK003": entry(
        ("文件没有写完", "The file is cut off"),
        (
            "引号或括号没有配对，文件是空的，或编辑器正在保存。上一份好的日历继续有效。",
            "A quote or bracket is open, or the file is empty. The last good calendar stays in force.",
        ),
        ("补上缺少的符号，或重新保存。", "Close what is open, or save it again."),
    ),
    "CK004": entry(
        ("结构太深", "Nested too deeply"),
        (
            "键超过 16 段，括号超过 64 层，或数字太长。这样的文件会耗尽内存，所以不解析。",
            "Over 16 key parts, 64 brackets deep, or a huge number: such files exhaust memory and are not parsed.",
        ),
        ("检查是否粘贴错了内容。", "Was something else pasted here?"),
    ),
    "CK005": entry(
        ("文件太大", "The file is too large"),
        (
            "TOML 最大 1 MiB，模板最大 64 KiB，CSV 最大 64 MiB。",
            "TOML may have 1 MiB, a template 64 KiB, a CSV sheet 64 MiB.",
        ),
        ("拆成几个文件；长名单用 CSV。", "Split it; long lists belong in CSV."),
    ),
    "CK006": entry(
        ("读不了文件", "The file cannot be read"),
        ("没有权限、不是普通文件，或正在被不断改写。", "No permission, no regular file, or it keeps changing."),
        ("检查权限和所有者。", "Look at its permissions and owner."),
    ),
    "CK007": entry(
        ("没有 calendarkit.toml", "No calendarkit.toml"),
        ("这个目录不是日历目录。", "This folder is no workspace."),
        ("用 -C 指定目录，或运行 calendarkit init。", "Name the workspace with -C, or run calendarkit init."),
    ),
    "CK008": entry(
        ("中文键没有加引号", "A Chinese key is not quoted"),
        ("TOML 不加引号的键只能用英文字母、数字、- 和 _。", "Bare keys of TOML are ASCII letters, digits, - and _."),
        (
            "名字写在 title 或 name 里；一定要用中文键时加引号。",
            "Put names into title or name; quote a key that must be Chinese.",
        ),
    ),
    "CK009": entry(
        ("全角符号", "A full-width character"),
        ("“ ” ： ＝ ， 这样的符号 TOML 不认识。", "TOML does not know characters such as “ ” ： ＝ ，."),
        ("切换到英文输入法重新输入。", "Type it again with an English keyboard."),
    ),
    "CK010": entry(
        ("同一个键写了两次", "A key is written twice"),
        ("一张表里每个键只能写一次；表头的列名也是。", "A table has each key once; so has the header of a sheet."),
        ("删掉一处，或在新的一项前补上 [[column]]。", "Remove one, or begin the new entry with [[column]]."),
    ),
    "CK011": entry(
        ("看不见的控制字符", "An invisible control character"),
        (
            "文件里有 NUL 或其他控制字符，多半已经损坏。",
            "The file holds NUL or another control character and may be damaged.",
        ),
        ("重新输入这一行，或从备份恢复。", "Type the line again, or restore the file."),
    ),
    "CK012": entry(
        ("没有文件符合", "No file matches"),
        ("[files] 里写的路径一个文件也找不到。", "A pattern in [files] finds nothing."),
        ("检查文件名和目录。", "Check the name and the folder."),
    ),
    "CK013": entry(
        ("双引号里的反斜杠", "A backslash in double quotes"),
        ("反斜杠在双引号里有特殊含义。", "Inside double quotes a backslash has a meaning of its own."),
        ("路径用 /。", "Write paths with /."),
    ),
    "CK014": entry(
        ("CSV 的格子不对", "Cells of a sheet do not fit"),
        (
            "这一行的格数和表头不同，引号没有配对，或表头缺名字。",
            "The row has other cells than the header, a quote is open, or the header lacks a name.",
        ),
        ("含逗号的格子用引号包住。", "Quote cells that contain a comma."),
    ),
    "CK015": entry(
        ("CSV 的分隔符不对", "Wrong delimiter"),
        ("列之间要用半角逗号。", "Columns are separated by commas."),
        ("另存为“CSV UTF-8（逗号分隔）”。", 'Save it as "CSV UTF-8 (comma delimited)".'),
    ),
    "CK016": entry(
        ("指向日历目录之外", "Leads out of the workspace"),
        ("链接或路径离开了日历目录，没有读取。", "A link or path leaves the workspace and was not read."),
        ("把文件复制进来。", "Copy the file into the workspace."),
    ),
    "CK017": entry(
        ("值没有加引号", "A value is not quoted"),
        ("文字要放在引号里；是与否写 true、false。", "Texts are quoted; yes and no are true and false."),
        ("加上引号。", "Quote it."),
    ),
    "CK018": entry(
        ("列名或键像是写错了", "A name that looks like a slip"),
        (
            "这一列（或这个键）不是 calendarkit 认识的，但和认识的很像；它的内容不会起作用。",
            "The column or key is not known but close to one that is; what it holds has no effect.",
        ),
        ("按提示改名。", "Rename it as suggested."),
    ),
    "CK019": entry(
        ("Excel 改坏了单元格", "Excel spoilt a cell"),
        ("长数字被写成 1.38E+10，或公式出错成了 #N/A。", "A long number became 1.38E+10, or a formula failed (#N/A)."),
        ("把这一列设为“文本”再填，或改好公式。", "Format the column as text, or mend the formula."),
    ),
    "CK021": entry(
        ("没有读取的文件", "A file that is not read"),
        (
            "文件或目录的名字、格式和 calendarkit 认识的很像但不一样，例如 store.csv、门店.xlsx、daily.toml.txt。",
            "A file or folder has a name or format close to one that is read, such as store.csv or daily.toml.txt.",
        ),
        ("改成提示的名字，或移到别处。", "Give it the name suggested, or move it away."),
    ),
    "CK020": entry(
        ("标签用逗号分开", "Tags separated by commas"),
        ("标签之间用 |、; 或空格分开；逗号能看懂，但容易和列混淆。", "Tags are separated by |, ; or spaces."),
        ("把逗号改成 |。", "Write | for the commas."),
    ),
}
