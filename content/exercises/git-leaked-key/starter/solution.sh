# Runs in the top folder of the repository, on the branch main.
git log --oneline --all
