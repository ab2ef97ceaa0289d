git checkout -q search
git rebase -X ours --onto main index search
