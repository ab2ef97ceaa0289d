"""Yields the cases for a seed: texts with the records that they were made of."""

import random


def cases(seed):
    rng = random.Random(seed)
    word = ["".join(rng.choices("abcdexyz", k=4)) for _ in range(9)]
    yield asked("examples", 'a,"b ""c"" d"\n"x,y",\n"no"way\n', ['[a][b_"c"_d]', "[x,y][]", "error 3"])
    yield asked("quotes", f'"{word[0]},{word[1]}","say ""{word[2]}"""\n"""{word[3]}""",{word[4]}"s\n', [f'[{word[0]},{word[1]}][say_"{word[2]}"]', f'["{word[3]}"][{word[4]}"s]'])
    yield asked("quotes", f'"""","",{word[5]}\n', [f'["][][{word[5]}]'])
    yield asked("lines", f'{word[0]},"{word[1]}\n{word[2]}"\n{word[3]},{word[4]}\n', [f"[{word[0]}][{word[1]}|{word[2]}]", f"[{word[3]}][{word[4]}]"])
    yield asked("lines", f'{word[0]},"{word[1]}\r\n{word[2]}"\r\n{word[3]},{word[4]}\r\n', [f"[{word[0]}][{word[1]}|{word[2]}]", f"[{word[3]}][{word[4]}]"])
    yield asked("empty", "", [])
    yield asked("empty", f"{word[0]},\n\n,{word[1]}", [f"[{word[0]}][]", "[]", f"[][{word[1]}]"])
    yield asked("empty", f'{word[2]}\n""', [f"[{word[2]}]", "[]"])
    yield asked("broken", f'{word[0]}\n"{word[1]}\n{word[2]}"\n{word[3]},"{word[4]}"{word[5]}\n{word[6]}\n', [f"[{word[0]}]", f"[{word[1]}|{word[2]}]", "error 4"])
    yield asked("broken", f'{word[0]},"{word[1]}\n{word[2]}\n', ["error 1"])
    rows = [[f"{rng.choice(word)}{n}", str(n * 7)] for n in range(30000)]
    yield asked("size", "".join(f'"{a}",{b}\n' for a, b in rows), [f"[{a}][{b}]" for a, b in rows])


def asked(group, text, lines):
    return {"group": group, "stdin": text, "expect": "".join(line + "\n" for line in lines)}
