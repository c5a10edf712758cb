"""The command line's root: what its commands are called, and what its failures sound like."""

from __future__ import annotations

import os
import sys
from types import TracebackType

import click

from calendarkit.cli.bilingual import option
from calendarkit.cli.codes import Exit, code_of, sentence_of
from calendarkit.cli.lazy import LazyGroup
from calendarkit.cli.settings import Settings
from calendarkit.cli.streams import steady_streams
from calendarkit.errors import CalendarkitError
from calendarkit.model.text import Text

WORDS = Text(
    "社群内容日历：栏目写在 TOML 里，海报按门店生成，每条投放都有交代。",
    "Content calendars for community commerce: columns in TOML, posters per store, deliveries that tell the truth.",
)
COMMANDS: dict[str, tuple[str, Text]] = {
    "init": ("init", Text("新建工作区", "Make a new workspace")),
    "check": (
        "check",
        Text("检查全部文件，指出错在哪里、怎么改", "Check every file: what is wrong, and how to mend it"),
    ),
    "show": ("show", Text("看一天、一周、一个月的节目表", "Show the programme of a day, a week or a month")),
    "plan": ("plan", Text("将要发什么、什么会被挡下、为什么", "Show what will go out, what is withheld, and why")),
    "simulate": (
        "simulate",
        Text("演练一周：成员会看到什么，出错时怎样", "Rehearse a week: what members see, and what if things go wrong"),
    ),
    "preview": ("preview", Text("像群成员那样看一档的文字和海报", "See a slot's words and poster as members will")),
    "poster": (
        "poster",
        Text("做版式、看海报、一周一张总览", "Make layouts, look at posters, see a week on one sheet"),
    ),
    "export": (
        "export",
        Text("导出节目表：同事的日历、群成员的节目表", "Export the programme: for calendars, and for members"),
    ),
    "publish": ("publish", Text("发送到期的内容（由 cron 每分钟运行）", "Send what is due (run by cron every minute)")),
    "worker": (
        "worker",
        Text("在多台机器上发送（共用 PostgreSQL 台账）", "Send on several machines that share a ledger on PostgreSQL"),
    ),
    "status": ("status", Text("发得怎样、哪些需要人处理", "Show what was sent and what needs a person")),
    "why": ("why", Text("一档为什么发、为什么不发", "Explain why a slot goes out or does not")),
    "ledger": ("ledger", Text("查看和处理投放台账", "Look at the ledger of deliveries and settle them")),
    "plugins": ("plugins", Text("查看插件", "Look at the plugins")),
    "secrets": (
        "secrets",
        Text("查看密钥是否齐全（从不显示内容）", "See whether the secrets are there, never their values"),
    ),
    "doctor": ("doctor", Text("检查这台机器能否按时发送", "Check whether this machine can send on time")),
    "cron": ("cron", Text("打印 crontab 行", "Print the crontab line")),
    "systemd": ("systemd", Text("打印 systemd 的 service 和 timer", "Print the service and the timer for systemd")),
    "schema": ("schema", Text("打印各文件的 JSON Schema", "Print the JSON Schema of the documents")),
    "sandbox": (
        "",
        Text("在本机模拟企业微信，试发不出门", "Run a local stand-in for WeCom to try sending"),
    ),
}


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    words=WORDS,
    name="calendarkit",
    no_args_is_help=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@option(
    "-C",
    "directory",
    metavar="DIR",
    words=Text(
        "工作区文件夹；默认为当前文件夹或含有 calendarkit.toml 的上级文件夹。",
        "The workspace; by default this folder or the nearest one above that holds calendarkit.toml.",
    ),
)
@option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    words=Text(
        "输出语言；默认按系统语言，其次按工作区的 language。",
        "The language to speak; by default the locale's, then the workspace's.",
    ),
)
@option("--no-color", is_flag=True, words=Text("不用颜色（NO_COLOR 同效）。", "No colours, as with NO_COLOR."))
@option(
    "--debug",
    is_flag=True,
    words=Text(
        "出错时显示 Python 调用栈（CALENDARKIT_DEBUG=1 同效）。",
        "Show a traceback on failure, as with CALENDARKIT_DEBUG=1.",
    ),
)
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=lambda context, _, value: _show_version(context) if value else None,
    words=Text("显示版本。", "Show the version."),
)
@click.pass_context
def app(context: click.Context, /, **_: object) -> None:
    """Run one command; without any, show what there is."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main(args: list[str] | None = None) -> int:
    """Run the command line and return its exit code; see :class:`~calendarkit.cli.codes.Exit`.

    Args:
        args: what stands after the program's name; ``sys.argv`` when ``None``.
    """
    steady_streams()
    given = sys.argv[1:] if args is None else args
    settings = app.read(given)
    if not settings.debug:
        sys.excepthook = _one_line
    try:
        return int(app.main(given, prog_name="calendarkit", standalone_mode=False, obj=settings) or 0)
    except (click.Abort, KeyboardInterrupt):
        click.echo(settings.say(Text("已中断", "interrupted")), err=True)
        return Exit.INTERRUPTED
    except (CalendarkitError, click.ClickException, OSError) as error:
        return _fail(error, settings)


def _fail(error: Exception, settings: Settings) -> Exit:
    """Say in one line what went wrong, in a second what to do, and return the exit code."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.message, err=True)
        return Exit.USAGE
    if settings.debug:
        import traceback

        traceback.print_exception(error)
    text, fix = sentence_of(error)
    click.echo(f"calendarkit: {settings.say(text)}", err=True)
    if fix is not None:
        click.echo(f"  → {settings.say(fix)}", err=True)
    return code_of(error)


def _one_line(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Report a defect of the program itself in one line; the traceback waits for ``--debug``."""
    import traceback

    last = traceback.extract_tb(trace)[-1:]
    place = f" ({os.path.basename(last[0].filename)}:{last[0].lineno})" if last else ""  # noqa: PTH119  # a frame's name
    words = Text(
        "程序内部错误，请带上 --debug 的输出反馈", "internal error; please report it with the output of --debug"
    )
    click.echo(f"calendarkit: {words.zh} / {words.en}: {kind.__name__}: {error}{place}", err=True)


def _show_version(context: click.Context) -> None:
    from importlib.metadata import version

    click.echo(f"calendarkit {version('calendarkit')}")
    context.exit()
