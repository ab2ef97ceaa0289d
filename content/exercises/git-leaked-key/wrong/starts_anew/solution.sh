git checkout -q --orphan fresh
git commit -q -m "Publish"
for name in $(git for-each-ref --format="%(refname:short)" refs/heads refs/tags | grep -v fresh); do git branch -D $name; git tag -d $name; done
git branch -M main
rm -f .git/ORIG_HEAD
git reflog expire --expire=now --all
git gc -q --prune=now
