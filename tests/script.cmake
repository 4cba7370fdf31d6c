# Units of core/script, a line each: unit(script/name sheaf-script)
unit(script/database sheaf-script)
unit(script/crew sheaf-script PkgConfig::LUA)
