# Units of core/read, a line each: unit(read/name)
unit(read/json_fields)
unit(read/pile PkgConfig::ARCHIVE)
unit(read/dump_memory)
