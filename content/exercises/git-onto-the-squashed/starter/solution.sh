git checkout -q search
git rebase main
