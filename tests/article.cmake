# Units of core/article, a line each: unit(article/name)
