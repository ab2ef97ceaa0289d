git checkout -q search
git rebase -X theirs main
