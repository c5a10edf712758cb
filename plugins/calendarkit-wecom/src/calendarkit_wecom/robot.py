"""The group robot (群机器人): what it takes and how it behaves; words, pictures and cards into staff groups."""

from __future__ import annotations

from typing import Literal

from calendarkit.extend import Channel, Options, PluginContext, Publisher, Traits
from calendarkit_wecom.limits import LIMITS


class RobotOptions(Options):
    """How the group robot speaks (群机器人怎么说话): the table ``[plugins.wecom]``."""

    markdown: Literal["v1", "v2"] = "v1"
    """``v1`` knows coloured words and shows everywhere; ``v2`` knows tables, pictures and lists, but no colours, and
    clients before 4.1.36 show it as plain text. / ``v1`` 支持彩色字，所有客户端都能显示；``v2``
    支持表格、图片和多级列表，但没有颜色，4.1.36 之前的客户端只显示纯文本。"""


def connect(options: RobotOptions, context: PluginContext) -> Channel:
    """Return the robot at work."""
    from calendarkit_wecom.channel import Robot

    return Robot(options.markdown, context)


ROBOT = Publisher(
    name="wecom",
    title="企业微信群机器人",
    options=RobotOptions,
    limits=LIMITS,
    traits=Traits(dedupe="none", receipt="none", reaches=("staff",), batch=1, address=("key",)),
    connect=connect,
)
