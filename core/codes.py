"""Public codes such as `W-7K3FQ2`: what URLs, lists and paper show instead of keys and names."""

import secrets

# No 0/O, 1/I/L, U: codes are read aloud, written by hand and typed again.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code(prefix: str, *, length: int = 6) -> str:
    """A fresh random code. Six characters give 7 × 10⁸ codes, seven 2 × 10¹⁰."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(length))
