# Units of core/base, a line each: unit(base/name)
unit(base/basics)
unit(base/relay)
