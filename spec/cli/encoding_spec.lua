-- encoding_spec.lua - piles in the encodings that people still have.

local session = require "spec.cli.session"

-- The same short report in several encodings, made by iconv(1) from this.
local russian = "Мост закрыт до осени\n\nМост закрыли в среду утром, и паром теперь ходит каждый час. "
  .. "Жители говорят, что ждать приходится слишком долго.\n"
local chinese = "大桥关闭到秋天\n\n大桥星期三早上关闭，渡船现在每小时开一班。居民说等待的时间太长。\n"
local japanese = [[{"title":"橋が閉鎖","text":"水曜日の朝に橋が閉鎖され、渡し船は一時間ごとに出る。一覧表"}]]
local korean = [[{"title":"다리 폐쇄","text":"수요일 아침에 다리가 폐쇄되었고 이제 배가 다닌다."}]]

describe("encodings of a pile", function()
  local s

  local function write(name, text, encoding)
    s:file("plain.txt", text)
    s:play("$ iconv -f utf-8 -t " .. encoding .. " plain.txt > " .. name .. "\n")
  end

  before_each(function() s = session.new() end)
  after_each(function() s:close() end)

  it("reads text dumps in whatever they are, and says what that was", function()
    for _, encoding in ipairs { "windows-1251", "koi8-r", "iso-8859-5", "utf-16", "utf-16be" } do
      write("story.txt", russian, encoding)
      s:play [[
        $ sheaf pack story.txt -o story.sheaf -q && sheaf show story.sheaf 1 --json | jq -r .headline
        Мост закрыт до осени
        $ sheaf show story.sheaf 1 --json | jq -r .language && rm story.sheaf
        ru
      ]]
    end
    write("story.txt", russian, "koi8-r")
    s:play [[
      $ sheaf show story.txt 1 --why | grep KOI8
      …KOI8-R: looks like it…
    ]]
  end)

  it("reads East Asian dumps to the byte", function()
    write("story.txt", chinese, "gb18030")
    s:play [[
      $ sheaf show story.txt 1 --json | jq -r '.headline, .language'
      大桥关闭到秋天
      zh
      $ sheaf show story.txt 1 --json | jq .provenance.to > end
      $ [ "$(cat end)" = $(($(wc -c < story.txt) - 1)) ] && echo exact
      exact
    ]]
  end)

  it("reads lines of JSON that are in different encodings", function()
    write("one.jsonl", japanese .. "\n", "shift_jis")
    write("two.jsonl", korean .. "\n", "euc-kr")
    s:file("three.jsonl", '{"title":"A bridge","text":"The bridge was closed."}\n')
    s:play [[
      $ cat one.jsonl two.jsonl three.jsonl > all.jsonl
      $ sheaf pack all.jsonl -o all.sheaf
      ! packed 3 articles into all.sheaf in …
      $ sheaf export jsonl all.sheaf | jq -r '.headline'
      橋が閉鎖
      다리 폐쇄
      A bridge
      $ sheaf show all.sheaf 1 --why | grep Shift
      …Shift_JIS: looks like it…
    ]]
  end)

  it("is not misled by brackets inside of letters", function()
    -- the last letter of the text ends with the byte of a backslash
    write("one.json", '[\n' .. japanese .. ',\n' .. japanese:gsub("閉鎖", "開通") .. '\n]\n', "shift_jis")
    s:play [[
      $ sheaf pack one.json -o one.sheaf
      ! packed 2 articles into one.sheaf in …
      $ sheaf show one.sheaf 2 --text
      水曜日の朝に橋が開通され、渡し船は一時間ごとに出る。一覧表
    ]]
  end)

  it("reads JSON in UTF-16, with and without a mark", function()
    for _, encoding in ipairs { "utf-16", "utf-16be", "utf-16le", "utf-32" } do
      write("wide.json", japanese .. "\n" .. korean .. "\n", encoding)
      s:play [[
        $ sheaf pack wide.json -o wide.sheaf
        ! packed 2 articles into wide.sheaf in …
        $ sheaf show wide.sheaf 2 --text && rm wide.sheaf
        수요일 아침에 다리가 폐쇄되었고 이제 배가 다닌다.
      ]]
    end
  end)

  it("tells what is lost, and goes on", function()
    s:file("torn.jsonl", '{"title":"Müller","text":"Die Brücke ist zu. Für Fußgänger bleibt \xFF sie offen, '
      .. 'sagte der Bürgermeister während der Übergabe."}\n')
    s:play [[
      $ sheaf show torn.jsonl 1 --why | tr -s ' \n' ' ' | grep -o 'UTF-8: .* without a meaning: 1'
      UTF-8: nearly UTF-8, places without a meaning: 1
    ]]
  end)
end)
