"""Who the demo's people are: nobody. Numbers that no registry has, names that say ตัวอย่าง."""

FIRST_NAMES = ("สมหมาย", "วิไล", "ประเสริฐ", "มาลี", "บุญมี", "อรุณ", "สายใจ", "ทองดี", "พรทิพย์", "อำนวย")
SAMPLE_LAST_NAME = "ตัวอย่าง"


def demo_citizen_id(number: int) -> str:
    """The `number`-th made-up citizen id: 1 9999 and seven digits of ours, check digit right."""
    twelve = f"19999{number:07d}"
    weighted = sum(
        int(digit) * weight for digit, weight in zip(twelve, range(13, 1, -1), strict=True)
    )
    return f"{twelve}{(11 - weighted % 11) % 10}"
