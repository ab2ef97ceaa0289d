mkdir conf
printf 'name=shop\nkey=sk_live_0123456789abcdefghijklmn\nport=80\n' > conf/pay.env
echo 'print("hello")' > main.py
git add . && git commit -q -m "Begin the shop" --author "Ana <ana@example.org>" --date 2026-01-05T10:00:00Z
echo 'print("pay")' >> main.py && git commit -q -a -m "Pay" --author "Bo <bo@example.org>" --date 2026-01-06T10:00:00Z
git branch release
printf 'name=shop\nport=80\n' > conf/pay.env
git commit -q -a -m "Remove the key" --author "Ana <ana@example.org>" --date 2026-01-07T10:00:00Z
