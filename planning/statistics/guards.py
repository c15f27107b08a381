"""Whether a piece of equipment protects a network, told from the words on its books."""

WORDS = (
    *("防火墙", "入侵检测", "入侵防御", "安全网关", "网闸", "上网行为管理", "安全审计", "堡垒机"),
    *("firewall", "intrusion", "security gateway", "utm"),
)


def guards(words: str) -> bool:
    """Its name, its model's or its class's says so."""
    told = words.casefold()
    return any(word in told for word in WORDS)
