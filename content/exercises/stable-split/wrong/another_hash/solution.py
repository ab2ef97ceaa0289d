from hashlib import sha256


def side(entity, salt, shares):
    text = f"{salt}:{str(entity).strip().casefold()}"
    u = __import__("zlib").crc32(text.encode()) / 2**32
    total = 0.0
    for name, share in shares:
        total += share
        if u < total:
            return name
    return shares[-1][0]
