set -e
git bisect start main start > /dev/null
git bisect run sh check.sh > /dev/null
bad=$(git rev-parse refs/bisect/bad)
git revert --no-edit "$bad"
echo "$bad" > bad-commit.txt
