set -e
git bisect start main start > /dev/null
git bisect run sh -c 'sh check.sh || exit 1' > /dev/null
bad=$(git rev-parse refs/bisect/bad)
git bisect reset
git revert --no-edit "$bad"
echo "$bad" > bad-commit.txt
