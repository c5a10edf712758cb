"""Other names of the columns of stores and groups, as Chinese sheets have them."""

from __future__ import annotations

STORE_NAMES = {
    **dict.fromkeys(("门店编号", "编号", "编码", "门店id", "店铺编号", "门店编码"), "id"),
    **dict.fromkeys(("门店名称", "名称", "门店", "店名", "门店名", "店铺", "店铺名称"), "name"),
    **dict.fromkeys(("城市", "所在城市", "所属城市"), "city"),
    **dict.fromkeys(("区域", "大区", "片区", "所属区域"), "region"),
    **dict.fromkeys(("标签", "门店标签"), "tags"),
    **dict.fromkeys(("电话", "门店电话", "联系电话"), "phone"),
    **dict.fromkeys(("地址", "门店地址", "详细地址"), "street"),
    **dict.fromkeys(("入群链接", "活码", "群链接"), "join_url"),
    **dict.fromkeys(("时区", "timezone"), "zone"),
}
"""Other names of a stores sheet's columns."""
GROUP_NAMES = {
    **dict.fromkeys(("群编号", "编号", "编码", "群id", "社群编号"), "id"),
    **dict.fromkeys(("门店编号", "门店", "门店id", "所属门店", "店铺编号", "门店编码"), "store"),
    **dict.fromkeys(("群名称", "群名", "名称", "社群名称", "社群", "name"), "title"),
    **dict.fromkeys(("群人数", "人数", "成员数"), "size"),
    **dict.fromkeys(("成员", "群类型", "成员类型"), "members"),
    **dict.fromkeys(("标签", "群标签", "会员标签"), "tags"),
    "群主": "owner",
}
"""Other names of a groups sheet's columns."""
