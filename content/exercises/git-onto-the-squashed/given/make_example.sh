commit() { git add -A && git commit -q -m "$1" --author "$2 <$2@example.org>" --date "2026-02-0$3T10:00:00Z"; }
printf 'host=local\nport=80\n' > settings.txt && echo a > app.py && commit "Begin" Ana 1
git checkout -q -b index
echo one > index.py && commit "Index one field" Bo 2
echo two >> index.py && commit "Index all fields" Bo 3
git checkout -q -b search
echo find > search.py && commit "Search" Chidi 4
echo 'limit=20' >> settings.txt && commit "Limit results" Chidi 5
git checkout -q main
git merge -q --squash index && commit "Index (squashed)" Ana 6
echo 'cache=on' >> settings.txt && commit "Cache" Ana 7
