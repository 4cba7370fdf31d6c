-- trust_spec.lua - verify, sign, locks, and finding an article by its URL.

local session = require "spec.cli.session"

describe("trust", function()
  local s

  before_each(function()
    s = session.new()
    s:file("three.jsonl", session.articles)
    s:play [[
      $ sheaf pack -q three.jsonl -o x.sheaf
    ]]
  end)
  after_each(function() s:close() end)

  it("finds an article by its URL", function()
    s:play [[
      $ sheaf show x.sheaf https://www.lantern.example/bakery --text
      A small bakery won.
      $ sheaf show x.sheaf 'https://www.lantern.example/bakery?utm_source=letter' --text
      A small bakery won.
      $ sheaf show x.sheaf https://www.lantern.example/butcher
      ! …no article has the URL https://www.lantern.example/butcher…
      ! …
      ? 2
    ]]
  end)

  it("says from what and how a sheaf was packed", function()
    s:play [[
      $ sheaf pack -q three.jsonl --filter words:min=5 -o long.sheaf
      $ sheaf info long.sheaf | grep -E '^(tool|plan|changed)'
      changed        20…Z
      tool           sheaf …
      plan           from three.jsonl; filter words:min=5
    ]]
  end)

  it("gives the same bytes for the same articles", function()
    s:play [[
      $ sheaf pack -q three.jsonl -o y.sheaf && cmp x.sheaf y.sheaf && echo same
      same
      $ SOURCE_DATE_EPOCH=1700000000 sheaf pack -q three.jsonl -o z.sheaf
      $ sheaf info z.sheaf | grep ^created
      created        2023-11-14T22:13:20Z
    ]]
  end)

  it("signs, and tells whether the signature still covers everything", function()
    s:play [[
      $ sheaf sign --new-key mine.pem && ls mine.pem*
      mine.pem
      mine.pem.pub
      ! made mine.pem, which is secret, and mine.pem.pub, which is for everybody
      $ stat -c %a mine.pem
      600
      $ sheaf verify x.sheaf --key mine.pem.pub
      x.sheaf: not signed with this key
      ? 2
      $ sheaf sign x.sheaf --key mine.pem
      ! signed x.sheaf
      $ sheaf verify x.sheaf --key mine.pem.pub
      x.sheaf: whole, 3 articles, …, signed with this key
      $ sheaf verify x.sheaf --json
      {"path":"x.sheaf","whole":true}
      $ sheaf sign -q --new-key other.pem x.sheaf
      $ sheaf verify x.sheaf --key mine.pem
      x.sheaf: whole, 3 articles, …, signed with this key
      $ sheaf verify x.sheaf --key other.pem.pub
      x.sheaf: whole, 3 articles, …, signed with this key
      $ echo '{"headline":"More","text":"And more."}' > more.jsonl && sheaf add -q x.sheaf more.jsonl
      $ sheaf verify x.sheaf
      x.sheaf: whole, 4 articles, …
      $ sheaf verify x.sheaf --key mine.pem.pub
      x.sheaf: signed with this key up to commit 1; what commit 4 changed is not
      ? 2
      $ sheaf sign -q x.sheaf --key mine.pem && sheaf verify x.sheaf --key mine.pem.pub
      x.sheaf: whole, 4 articles, …, signed with this key
    ]]
  end)

  it("makes no key over another, and takes no nonsense for one", function()
    s:play [[
      $ sheaf sign -q --new-key mine.pem; cp mine.pem kept; sheaf sign --new-key mine.pem
      ! …mine.pem.pub is there already
      ? 2
      $ cmp mine.pem kept && echo kept
      kept
      $ sheaf sign x.sheaf --key three.jsonl
      ! …three.jsonl: not an Ed25519 key in PEM
      ? 2
      $ sheaf sign x.sheaf --key mine.pem.pub
      ! …a public key cannot sign
      ? 2
    ]]
  end)

  it("signs as openssl does, and what openssl can check", function()
    local _, _, status = s:run("command -v openssl")
    if status ~= 0 then return pending("openssl is not installed: its keys and checks are not tried") end
    s:play [[
      $ openssl genpkey -algorithm ed25519 -out mine.pem && openssl pkey -in mine.pem -pubout -out mine.pub
      $ sheaf sign -q x.sheaf --key mine.pem && sheaf verify x.sheaf --key mine.pub
      x.sheaf: whole, 3 articles, …, signed with this key
      $ unzip -p x.sheaf signature/000002 > s.json
      $ printf 'sheaf signature 1 manifest %s' $(jq -r .manifest s.json) > message
      $ unzip -p x.sheaf manifest/000001.json | sha256sum | grep -c $(jq -r .manifest s.json)
      1
      $ jq -r .signature s.json | tr a-f A-F | basenc --base16 -d > signature
      $ openssl pkeyutl -verify -pubin -inkey mine.pub -rawin -in message -sigfile signature
      Signature Verified Successfully
    ]]
  end)

  it("finds a signature that was tampered with", function()
    s:play [[
      $ sheaf sign -q --new-key mine.pem x.sheaf; cp x.sheaf y.sheaf
      $ sheaf sign -q --new-key other.pem
    ]]
    local bytes = s:read("y.sheaf")
    local at = bytes:find('"signature":"', 1, true) + 13
    local digit = bytes:sub(at, at) == "0" and "1" or "0"
    s:file("y.sheaf", bytes:sub(1, at - 1) .. digit .. bytes:sub(at + 1))
    s:play [[
      $ sheaf verify y.sheaf --key mine.pem.pub
      y.sheaf: signature/000002: its CRC-32 is wrong
      …
      ? 2
    ]]
  end)

  it("tells who holds the lock, and waits when asked to", function()
    s:file("two-writers.sh", [[
      mkfifo pipe; sheaf add -q x.sheaf - <pipe & exec 9>pipe
      while [ ! -e x.sheaf.lock ]; do sleep 0.02; done
      sheaf add x.sheaf three.jsonl 9>&- 2>&1; echo $?
      sheaf info x.sheaf 9>&- | grep ^articles
      sheaf sign -q --new-key mine.pem x.sheaf --wait 30 9>&- &
      sleep 0.2; exec 9>&-; wait
      sheaf verify x.sheaf --key mine.pem; ls x.sheaf*
    ]])
    s:play [[
      $ sh two-writers.sh
      …x.sheaf: another writer is at work: process … on … since 20…Z
      2
      articles       3
      x.sheaf: whole, 3 articles, …, signed with this key
      x.sheaf
    ]]
  end)
end)
