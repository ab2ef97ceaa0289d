set -e
git bisect start main start > /dev/null
git bisect run sh check.sh > /dev/null
bad=$(git rev-parse refs/bisect/bad)
git bisect reset
git checkout -q start -- rates.sh
git commit -q -m "Bring the right rates back"
echo "$bad" > bad-commit.txt
