git checkout -q search
git rebase --onto main index search || {
  sed -i '/^<<<<<<<\|^=======\|^>>>>>>>/d' settings.txt
  git add settings.txt
  git rebase --continue
}
git reset -q --soft main
git commit -q -m "Search"
