-- Export: a page of HTML with the headlines of each day.
local sheaf, days = require "sheaf", {}
local marks = { ["<"] = "&lt;", ["&"] = "&amp;" }
for row in assert(sheaf.open(arg[1])):rows() do
  local day = row.published and row.published:sub(1, 10) or "undated"
  days[day] = (days[day] or "") .. "<li>" .. row.headline:gsub("[<&]", marks) .. "\n"
end
for day, items in sheaf.sorted(days) do
  out:write("<h2>", day, "</h2>\n<ul>\n", items, "</ul>\n")
end
