bad=$(git log -1 --format=%H -- rates.sh)
git revert --no-edit "$bad"
echo "$bad" > bad-commit.txt
