git checkout -q search
git merge -q -X theirs -m "Merge main" main
