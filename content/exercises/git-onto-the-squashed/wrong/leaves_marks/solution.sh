git checkout -q search
git rebase --onto main index search || { git add -A; git rebase --continue; }
