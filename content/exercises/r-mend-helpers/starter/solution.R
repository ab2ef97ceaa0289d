steps <- function(values) {
  found <- c()
  for (at in 1:(length(values) - 1)) found <- c(found, values[at + 1] - values[at])
  found
}

draw <- function(pool, count) {
  set.seed(7)
  sample(pool, count)
}

due <- function(dates, other) {
  found <- as.Date(dates)
  ifelse(is.na(found), as.Date(other), found)
}

where <- function(values, value) {
  seq_along(values)[values == value]
}

setting <- function(settings, name) {
  do.call(`$`, list(settings, name))
}

# From here on nothing is wrong.
parts <- function(text) if (is.na(text) || text == "") character(0) else strsplit(text, ",")[[1]]
gaps <- function(texts) ifelse(texts == "-", NA, texts)
answer <- function(words) {
  rest <- words[-1]
  switch(words[1],
    steps = paste(steps(as.integer(parts(rest[1]))), collapse = ","),
    draw = paste(draw(as.integer(parts(rest[2])), as.integer(rest[1])), collapse = ","),
    due = paste(due(gaps(parts(rest[2])), rest[1]), collapse = ","),
    where = paste(where(as.integer(gaps(parts(rest[2]))), as.integer(rest[1])), collapse = ","),
    setting = {
      pairs <- strsplit(rest[-1], "=")
      settings <- as.list(vapply(pairs, `[`, "", 2))
      names(settings) <- vapply(pairs, `[`, "", 1)
      found <- setting(settings, rest[1])
      if (is.null(found)) "unset" else found
    }
  )
}
for (line in readLines(file("stdin"))) cat("=", answer(strsplit(line, " ")[[1]]), "\n")
