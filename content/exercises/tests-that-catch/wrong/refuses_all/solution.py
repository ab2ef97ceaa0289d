def accepts(source):
    return False
