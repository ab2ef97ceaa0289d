def count_windows(times, size, lateness):
    open_windows = {}
    emitted = []
    late = 0
    watermark = None

    def close(is_end):
        for window in sorted(open_windows):
            if is_end or (window + 1) * size <= watermark:
                emitted.append([window * size, open_windows.pop(window)])

    for time in times:
        window = time // size
        if False:
            late += 1
            continue
        open_windows[window] = open_windows.get(window, 0) + 1
        watermark = time - lateness if watermark is None else max(watermark, time - lateness)
        close(False)
    close(True)
    return {"windows": emitted, "late": late}
