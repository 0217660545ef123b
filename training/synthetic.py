"""Made-up sentence pairs from a small grammar, for tests of the recipe where the corpus is not at hand."""

import random

WHO = {
    "the government": "政府",
    "the central bank": "央行",
    "the minister": "部长",
    "China": "中国",
    "the European Union": "欧盟",
    "a spokesman": "发言人",
    "the company": "公司",
    "the World Bank": "世界银行",
}
DID = {
    "announced": "宣布了",
    "rejected": "拒绝了",
    "supports": "支持",
    "criticized": "批评了",
    "will discuss": "将讨论",
}
WHAT = {
    "the reform": "改革",
    "a new policy": "一项新政策",
    "the trade agreement": "贸易协定",
    "economic growth": "经济增长",
    "the budget": "预算",
    "climate change": "气候变化",
    "the sanctions": "制裁",
}
WHEN = {"yesterday": "昨天", "in 2019": "2019年", "this week": "本周", "last year": "去年", "on Monday": "星期一"}


def pair(rng: random.Random) -> tuple[str, str]:
    """One English sentence and its Chinese."""
    (who, subject), (did, verb), (what, thing), (when, date) = (
        rng.choice(list(x.items())) for x in (WHO, DID, WHAT, WHEN)
    )
    english, chinese = f"{who[0].upper()}{who[1:]} {did} {what} {when}.", f"{subject}{date}{verb}{thing}。"
    if rng.random() < 0.2:
        n = rng.randint(2, 99)
        return f"{english[:-1]}, which costs {n} million dollars.", f"{chinese[:-1]}，耗资{n}00万美元。"
    return english, chinese


def corpus(n: int, seed: int = 1) -> str:
    """`n` lines of a corpus shard."""
    rng = random.Random(seed)
    return "".join(f"synthetic\t{e}\t{z}\n" for e, z in (pair(rng) for _ in range(n)))
