# Units of core/store, a line each: unit(store/name)
