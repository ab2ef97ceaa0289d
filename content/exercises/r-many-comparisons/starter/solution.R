answers <- read.csv(file("stdin"))
control <- answers$value[answers$variant == "control"]
for (name in unique(answers$variant)) {
  own <- answers$value[answers$variant == name]
  cat(name, t.test(own, control)$p.value, "\n")
}
