# Units of core/text, a line each: unit(text/name)
unit(text/words)
unit(text/fold PkgConfig::UTF8PROC)
unit(text/language)
