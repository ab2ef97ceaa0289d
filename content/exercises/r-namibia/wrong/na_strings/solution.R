# Worked: read.csv guesses types and takes "NA" for a gap, so every column is read as text and only "" is a gap there.
# Grouping comes before dropping anything: a pair without a score is a finding, no reason to vanish.
answers <- read.csv(file("stdin"), colClasses = "character", na.strings = c("", "NA"), strip.white = TRUE)
answers$score[is.na(answers$score)] <- ""
answers$score <- suppressWarnings(as.numeric(answers$score))
pairs <- split(answers, interaction(answers$country, answers$region, sep = " ", drop = TRUE))
counts <- integer(0)
means <- numeric(0)
for (one in pairs) {
  valid <- one$score[!is.na(one$score)]
  counts <- c(counts, length(valid))
  means <- c(means, if (length(valid)) mean(valid) else NA)
}
codes <- names(pairs)
for (at in order(-means, codes)) {
  shown <- if (is.na(means[at])) "none" else sprintf("%.2f", means[at])
  cat(codes[at], counts[at], shown, "\n")
}
