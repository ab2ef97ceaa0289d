set -e
git bisect start main start > /dev/null
git bisect run sh check.sh > /dev/null
bad=$(git rev-parse refs/bisect/bad)
echo "$bad" > bad-commit.txt
git revert --no-edit "$bad"
