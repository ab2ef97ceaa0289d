answers <- read.csv(file("stdin"))
means <- aggregate(score ~ country + region, data = answers, FUN = mean)
print(means)
