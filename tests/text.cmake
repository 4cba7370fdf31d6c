# Units of core/text, a line each: unit(text/name)
