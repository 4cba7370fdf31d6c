---@meta _
-- Made from lua/sheaf/reference by spec/reference_spec.lua with SHEAF_UPDATE_DOCS=1; do not edit.
-- luacheck: ignore

--- In plugins.
---@type sheaf
sheaf = nil

--- In scripts that sheaf run starts: the output.
---@type sheaf.Out
out = nil
