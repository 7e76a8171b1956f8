"""How an amount of money is written for people: `USD 4 310` or `USD 4 310.50`."""

from decimal import Decimal

THIN = "\u202f"  # never breaks


def written(amount: Decimal | None, currency: str = "") -> str:
    """Return the amount with thin spaces; cents only where there are any. None is a dash."""
    if amount is None:
        return "–"
    whole = amount == amount.to_integral_value()
    figure = f"{amount:,.{0 if whole else 2}f}".replace(",", THIN).replace("-", "−")
    return f"{currency}\u00a0{figure}" if currency else figure
