"""What to do about a fault, in plain words, by the kind it was opened with."""

from __future__ import annotations

from collections.abc import Mapping

REMEDIES: Mapping[str, str] = {
    "role": "监管进程会自行重启它。反复出现时：查看日志中最后的错误，看磁盘是否已满；仍不行请重启服务。",
    "stage": "该环节下一轮会自动重试，其他环节照常。超过十分钟未恢复："
    "把错误原文发给系统管理员，查看日志中同一时刻的记录。",
    "judge": "只影响这一条信息，其余照常研判。请人工打开原文判断；"
    "若是规则引起，改规则后运行 caifeng check，再 apply。",
    "channel": "消息已自动改走下一个渠道。请核对该渠道的地址、口令或令牌"
    "是否过期，网络能否连通；恢复后自动继续发送。",
    "delivery": "请立即电话告知本人，并在事件页“已告知某人”登记；再核对值班表中此人的地址。",
    "duty": "请立即在 roster.yaml 补全当班人员和联系方式，caifeng apply 后生效；此前的提醒请电话逐一告知。",
    "notice": "文书没有发出。请打开该通知书看缺什么（字体、单位地址、附件），补全后重新下发，或打印送达。",
    "source": "请打开该网站，看是否要求登录、验证码或已停办。拒绝访问的不得绕过："
    "与对方联系，或停用该信源；能正常访问的，在信源页看失败的说明。",
    "source-silent": "按往常早该有新内容。请打开网站核对：确无更新可不管；"
    "有更新而未采到，多半是栏目地址变了，请改信源地址。",
    "source-layout": "网站多半改版了。用 caifeng source try 试采一次，按提示改选择器或栏目地址，再 apply。",
    "source-hanging": "对方网站应答极慢，程序会自行中断并放慢。持续一小时以上请暂时停用该信源。",
    "source-overdue": "采集进程可能停了或太忙。看“进程”中采集是否有心跳；没有心跳时重启服务。",
}
OTHERWISE = "请把这一行原文和时间告知系统管理员，按运维手册查看日志。"


def remedy(kind: str) -> str:
    """What to do; something general for a kind not listed."""
    return REMEDIES.get(kind, OTHERWISE)
