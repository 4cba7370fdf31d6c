-- The module for a plain Lua 5.4: in a checkout, `luarocks make`. It needs what `./dev build` needs.
-- SHEAF_ROCK_BUILD may name a folder that is built already.
rockspec_format = "3.0"
package = "sheaf"
version = "0.1.0-1"
source = { url = "." }
description = {
  summary = "A Lua-scriptable archive toolkit for news articles",
  detailed = [[Reads piles of text dumps, web pages and crawls; keeps articles in one compressed file that is
quick to search; runs filters, extractors and exporters in a sandbox.]],
  license = "MIT",
}
supported_platforms = { "linux" }
dependencies = { "lua >= 5.4, < 5.5", "luafilesystem" }
build = {
  type = "command",
  build_command = [[B="${SHEAF_ROCK_BUILD:-build/rock}"; [ -f "$B/CMakeCache.txt" ] ||]]
    .. [[ cmake -S . -B "$B" -DCMAKE_BUILD_TYPE=Release -DSHEAF_TESTS=OFF && ]]
    .. [[cmake --build "$B" --target sheaf-module]],
  install_command = [[B="${SHEAF_ROCK_BUILD:-build/rock}"; cmake -E make_directory "$(LIBDIR)/sheaf" && ]]
    .. [[cmake -E copy "$B/lib/sheaf/core.so" "$(LIBDIR)/sheaf/core.so" && ]]
    .. [[cmake -E copy_directory lua/sheaf "$(LUADIR)/sheaf"]],
}
