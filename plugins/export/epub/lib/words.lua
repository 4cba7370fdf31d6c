-- words.lua - the few words of the book's own, in the language of the collection.
--
-- English stands in for languages that are not here. Dates are told in words in English, and as ISO 8601
-- elsewhere.

local markup = require "sheaf.markup"

local words = {}

local keys = {
  "contents", "cover", "introduction", "sources", "people", "note", "notes", "source", "untitled", "others",
  "curated", "articles", "back", "beginning", "title_page", "unknown",
}

local said = {
  en = { "Contents", "Cover", "Introduction", "Sources", "People quoted", "Curator’s note", "Notes",
    "Source", "Untitled", "Further articles", "Collected by", "Articles", "Back to the text", "Beginning",
    "Title page", "Outlet not known" },
  de = { "Inhalt", "Umschlag", "Einleitung", "Quellen", "Zitierte Personen", "Anmerkung der Herausgabe",
    "Anmerkungen", "Quelle", "Ohne Titel", "Weitere Artikel", "Zusammengestellt von", "Artikel",
    "Zurück zum Text", "Anfang", "Titelseite", "Medium unbekannt" },
  fr = { "Sommaire", "Couverture", "Introduction", "Sources", "Personnes citées", "Note de l’éditeur",
    "Notes", "Source", "Sans titre", "Autres articles", "Réuni par", "Articles", "Retour au texte",
    "Début", "Page de titre", "Titre de presse inconnu" },
  es = { "Índice", "Cubierta", "Introducción", "Fuentes", "Personas citadas", "Nota de la edición",
    "Notas", "Fuente", "Sin título", "Otros artículos", "Reunido por", "Artículos", "Volver al texto",
    "Comienzo", "Portada", "Medio desconocido" },
  it = { "Indice", "Copertina", "Introduzione", "Fonti", "Persone citate", "Nota del curatore", "Note",
    "Fonte", "Senza titolo", "Altri articoli", "A cura di", "Articoli", "Torna al testo", "Inizio",
    "Frontespizio", "Testata sconosciuta" },
  pt = { "Índice", "Capa", "Introdução", "Fontes", "Pessoas citadas", "Nota da edição", "Notas",
    "Fonte", "Sem título", "Outros artigos", "Reunido por", "Artigos", "Voltar ao texto", "Início",
    "Folha de rosto", "Veículo desconhecido" },
  nl = { "Inhoud", "Omslag", "Inleiding", "Bronnen", "Geciteerde personen", "Noot van de samensteller",
    "Noten", "Bron", "Zonder titel", "Overige artikelen", "Samengesteld door", "Artikelen",
    "Terug naar de tekst", "Begin", "Titelpagina", "Medium onbekend" },
  ru = { "Содержание", "Обложка", "Введение", "Источники",
    "Кого цитируют", "Примечание составителя", "Примечания",
    "Источник", "Без заголовка", "Другие статьи", "Составление:",
    "Статьи", "Назад к тексту", "Начало", "Титульный лист",
    "Издание неизвестно" },
  ar = { "المحتويات", "الغلاف", "مقدمة", "المصادر", "المقتبس عنهم",
    "ملاحظة المحرر", "ملاحظات", "المصدر", "بلا عنوان",
    "مقالات أخرى", "إعداد", "المقالات", "العودة إلى النص",
    "البداية", "صفحة العنوان", "مصدر غير معروف" },
  zh = { "目录", "封面", "导言", "来源", "引语人物", "编者注", "注释", "来源", "无题",
    "其他文章", "编选：", "文章", "返回正文", "正文开始", "书名页", "来源不明" },
  ja = { "目次", "表紙", "はじめに", "出典", "発言者索引", "編者注", "注", "出典",
    "無題", "その他の記事", "編：", "記事", "本文に戻る", "本文", "標題紙",
    "媒体不明" },
}

local function primary(language)
  return (language or "en"):lower():match("^%a+") or "en"
end

--- The words for a language, by name, with `day(edtf)`, a date as text, and `shown_day(edtf)`, one for a
--- page.
---@param language string?
---@return table<string, string>
function words.of(language)
  local list, found = said[primary(language)] or said.en, {}
  for i, key in ipairs(keys) do found[key] = list[i] end
  local english = list == said.en
  function found.day(edtf)
    if not edtf then return nil end
    local yearless = edtf:match("^XXXX%-(%d%d%-%d%d)")
    if yearless then -- any year will do, its name is taken off again
      return english and markup.day("2000-" .. yearless):gsub(" 2000$", "") or yearless
    end
    return english and markup.day(edtf) or (edtf:gsub("T.*", ""))
  end
  -- Between words that run from the right, figures and hyphens would change places.
  local right = markup.direction(language) == "rtl"
  function found.shown_day(edtf)
    local day = edtf and markup.escape(found.day(edtf))
    return right and day and "<bdi>" .. day .. "</bdi>" or day
  end
  return found
end

return words
