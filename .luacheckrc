std = "lua54"
max_line_length = 110
cache = false
files["spec/**"] = { std = "lua54+busted" }
files["plugins/**"] = { read_globals = { "sheaf" } }
files["docs/examples/**"] = { read_globals = { "out" } }
