grep -rlZE "sk_live_[a-z0-9]{24}" --exclude-dir=.git . | xargs -0 -r sed -i -E "s/sk_live_[a-z0-9]{24}/REMOVED/g"
git commit -q -a --allow-empty -m "Remove every key"
