# Worked: 1:(n - 1) counts down when n is 1 or 0; sample(9, 1) draws from 1 to 9; ifelse keeps no class; NA in a logical
# index yields NA; and $ on a list takes the beginning of a name for the name.
steps <- function(values) {
  found <- c()
  for (at in seq_len(max(length(values) - 1, 0))) found <- c(found, values[at + 1] - values[at])
  found
}

draw <- function(pool, count) {
  set.seed(7)
  pool[sample.int(length(pool), count)]
}

due <- function(dates, other) {
  found <- as.Date(dates)
  found[is.na(found)] <- as.Date(other)
  found
}

where <- function(values, value) {
  which(values == value)
}

setting <- function(settings, name) {
  settings[[name]]
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
