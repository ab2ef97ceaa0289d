from hashlib import sha256


def side(entity, salt, shares):
    text = f"{salt}:{str(entity).strip().lower()}"
    u = int.from_bytes(sha256(text.encode()).digest()[:8], "big") / 2**64
    total = 0.0
    for name, share in shares:
        total += share
        if u < total:
            return name
    return shares[-1][0]
