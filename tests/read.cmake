# Units of core/read, a line each: unit(read/name)
