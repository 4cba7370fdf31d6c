/* page_ago.c - dates told from the moment of reading.
 *
 *   ago  = before number unit | number unit after      "vor 2 Stunden", "2 hours ago"
 *   day  = yesterday | today, with or without a time   "gestern, 14:30 Uhr"
 *
 * Languages share one table of units and one of the words around them: that some
 * mixture of two languages would pass does no harm in a line that is nothing else.
 * The result is as precise as the words: a page that says "3 hours ago" names a
 * day, "2 weeks ago" a month. */
#include "page/page_dates.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "text/letter.h"

enum { LONGEST = 96, MINUTE = 60, HOUR = 3600, DAY = 86400 };

typedef enum ago_unit { SECONDS, MINUTES, HOURS, DAYS, WEEKS, MONTHS, YEARS } ago_unit;

/* Words of units, parted by |. In dense scripts a unit is the head of a word. */
/* clang-format off */
static const struct {
    ago_unit unit;
    int count; /* 0: told by a number; else the word says how many */
    const char *words;
} units[] = {
    {SECONDS, 0,
     "second|seconds|sec|secs|sekunde|sekunden|seconde|secondes|segundo|segundos|secondo|secondi|"
     "seconden|sekund|sekunder|sekuntia|sekundy|sekund|секунд|секунды|секунду|saniye|detik|giây|"
     "δευτερόλεπτα|ثانية|ثوان|שניות|秒|초"},
    {MINUTES, 0,
     "minute|minutes|min|mins|min.|m|minuten|minuto|minutos|minuti|minuut|minuten|minut|minuter|"
     "minutter|minuutti|minuuttia|minuty|minutę|minuta|minutami|minutou|perccel|perc|minuna|minuto|"
     "минут|минуты|минуту|мин|хвилин|хвилини|хвилину|минути|dakika|dk|menit|phút|λεπτά|λεπτό|دقيقة|"
     "دقائق|دقیقه|דקות|דקה|मिनट|মিনিট|นาที|分钟|分鐘|分|분"},
    {HOURS, 0,
     "hour|hours|hr|hrs|h|std|std.|stunde|stunden|heure|heures|hora|horas|ora|ore|uur|uren|timme|"
     "timmar|tim|time|timer|tunti|tuntia|godzinę|godziny|godzin|godz|hodinou|hodinami|hodinou|hodin|"
     "hodiny|órával|óra|час|часа|часов|годину|години|годин|saat|jam|giờ|tiếng|ώρα|ώρες|ساعة|ساعات|"
     "ساعت|שעה|שעות|sat|sata|sati|hores|घंटे|घंटा|ঘণ্টা|ঘন্টা|ชั่วโมง|小时|小時|时间|時間|시간"},
    {DAYS, 0,
     "day|days|d|tag|tage|tagen|jour|jours|día|días|dia|dias|giorno|giorni|dag|dagen|dagar|dage|"
     "dager|päivä|päivää|dzień|dni|dnem|dny|dňami|dňom|nappal|nap|zi|zile|dan|dana|dnevi|день|дня|"
     "дней|дні|днів|дни|ден|gün|hari|ngày|ημέρα|ημέρες|μέρες|μέρα|يوم|أيام|روز|יום|ימים|दिन|দিন|วัน|"
     "天|日|일"},
    {WEEKS, 0,
     "week|weeks|w|woche|wochen|semaine|semaines|semana|semanas|settimana|settimane|weken|vecka|"
     "veckor|uke|uker|uge|uger|viikko|viikkoa|tydzień|tygodnie|tygodni|týdnem|týdny|héttel|hét|"
     "săptămână|săptămâni|tjedan|tjedna|неделю|недели|недель|тиждень|тижні|тижнів|седмица|седмици|"
     "hafta|minggu|pekan|tuần|εβδομάδα|εβδομάδες|أسبوع|أسابيع|هفته|שבוע|שבועות|हफ्ते|सप्ताह|সপ্তাহ|"
     "สัปดาห์|周|週|星期|个星期|週間|주"},
    {MONTHS, 0,
     "month|months|mo|monat|monate|monaten|mois|mes|meses|mês|mese|mesi|maand|maanden|månad|månader|"
     "måned|måneder|kuukausi|kuukautta|miesiąc|miesiące|miesięcy|měsícem|měsíci|hónappal|hónap|lună|"
     "luni|mjesec|mjeseca|mjeseci|месяц|месяца|месяцев|місяць|місяці|місяців|месец|месеца|ay|bulan|"
     "tháng|μήνα|μήνες|شهر|أشهر|ماه|חודש|חודשים|महीने|মাস|เดือน|个月|個月|か月|ヶ月|カ月|개월|달"},
    {YEARS, 0,
     "year|years|yr|yrs|y|jahr|jahre|jahren|an|ans|année|années|año|años|ano|anos|anno|anni|jaar|år|"
     "vuosi|vuotta|rok|lata|lat|rokem|lety|rokmi|évvel|év|ani|godinu|godine|godina|год|года|лет|рік|"
     "роки|років|година|години|yıl|sene|tahun|năm|χρόνο|χρόνια|سنة|سنوات|سال|שנה|שנים|साल|বছর|ปี|年|"
     "년"},
    {HOURS, 2, "ساعتين|שעתיים"},
    {DAYS, 2, "يومين|יומיים"},
    {WEEKS, 2, "أسبوعين|שבועיים"},
    {MONTHS, 2, "شهرين|חודשיים"},
    {MINUTES, 2, "دقيقتين"},
};

/* Hungarian has units that need no other word. */
static const struct {
    ago_unit unit;
    const char *word;
} since[] = {{MINUTES, "perce"}, {HOURS, "órája"}, {DAYS, "napja"}, {WEEKS, "hete"},
             {MONTHS, "hónapja"}, {YEARS, "éve"}};

static const char before_words[] =
    "vor|il y a|hace|há|ha|fa|před|pred|prije|пре|преди|пред|acum|πριν|πριν από|منذ|قبل|לפני|pirms|prieš";
static const char after_words[] =
    "ago|geleden|fa|sedan|siden|sitten|назад|тому|temu|önce|evvel|lalu|yang|trước|前|以前|之前|전|पहले|"
    "ที่|আগে|পূর্বে|پیش|قبل|ezelőtt|atrás|tagasi|в прошлом";
static const char one_words[] =
    "a|an|one|einer|einem|ein|eine|un|une|una|uno|um|uma|een|één|en|ett|et|jeden|jednu|jednou|egy|o|bir|"
    "один|одну|одна|ένα|μία|μια";
static const char fillers[] = "about|around|circa|ca.|ca|etwa|rund|knapp|environ|cerca|de|circa|ongeveer|από|около|"
                              "almost|fast|over|more|than";

static const char time_words[] =
    "um|at|à|a|as|às|las|alle|ore|kl|kl.|klo|om|o|godz|godz.|в|о|на|saat|pukul|lúc|ca.";

/* need_time: the word means something else, too. */
static const struct {
    int days;
    bool need_time;
    const char *words;
} day_words[] = {
    {1, false,
     "yesterday|gestern|ayer|ontem|ieri|gisteren|igår|i går|i gær|eilen|wczoraj|včera|tegnap|jučer|"
     "juče|včeraj|вчера|вчора|учора|учера|jučе|dün|χθες|χτες|أمس|امس|אתמול|昨天|昨日|어제|kemarin|"
     "hôm qua|เมื่อวาน|গতকাল|دیروز|ahir|vakar|eile"},
    {1, true, "hier"},
    {2, false,
     "vorgestern|avant-hier|anteayer|anteontem|eergisteren|i förrgår|przedwczoraj|předevčírem|"
     "позавчера|позавчора|前天|一昨日|그저께|evvelsi gün|προχθές"},
    {0, false,
     "today|heute|aujourd'hui|aujourd’hui|hoje|oggi|vandaag|idag|i dag|tänään|dzisiaj|dziś|danas|azi|"
     "astăzi|сегодня|сьогодні|днес|данас|bugün|σήμερα|اليوم|היום|今天|今日|오늘|आज|hari ini|hôm nay|วันนี้|"
     "আজ|امروز|avui|šiandien|šodien|täna|just now|gerade eben|soeben|à l'instant|ahora mismo|agora|"
     "nyss|juuri nyt|teraz|właśnie|только что|щойно|刚刚|剛剛|たった今|방금|az önce|baru saja|vừa xong"},
    {0, true, "hoy|ma|dnes|dnešní"},
};
/* clang-format on */

/* All lists in one row, so that a mask of 32 bits says which of them are worth a look. */
enum {
    UNITS = 0,
    UNIT_ROWS = sizeof units / sizeof *units,
    DAY_WORDS = UNIT_ROWS,
    DAY_ROWS = sizeof day_words / sizeof *day_words,
    SINCE = DAY_WORDS + DAY_ROWS,
    SINCE_ROWS = sizeof since / sizeof *since,
    BEFORE_WORDS = SINCE + SINCE_ROWS,
    AFTER_WORDS,
    ONE_WORDS,
    FILLERS,
    TIME_WORDS,
    LISTS
};
_Static_assert(LISTS <= 32, "a list has a bit");

static const char *list_at(unsigned list) {
    if (list < DAY_WORDS)
        return units[list].words;
    if (list < SINCE)
        return day_words[list - DAY_WORDS].words;
    if (list < BEFORE_WORDS)
        return since[list - SINCE].word;
    switch (list) {
    case BEFORE_WORDS: return before_words;
    case AFTER_WORDS: return after_words;
    case ONE_WORDS: return one_words;
    case FILLERS: return fillers;
    default: return time_words;
    }
}

/* ---- the index ------------------------------------------------------------------------ */

/* Which lists hold a word with this byte in its first, second, third place. A word that
 * is shorter has every byte there. */
struct sheaf_page_ago {
    uint32_t lists[3][256];
};

static void index_word(sheaf_page_ago *ago, sheaf_slice word, uint32_t bit) {
    for (size_t place = 0; place < 3; place++) {
        uint32_t *row = ago->lists[place];
        if (place < word.size)
            row[(unsigned char)word.data[place]] |= bit;
        for (size_t i = 0; place >= word.size && i < 256; i++)
            row[i] |= bit;
    }
}

sheaf_page_ago *sheaf_page_ago_new(void) {
    sheaf_page_ago *ago = sheaf_calloc(1, sizeof *ago);
    for (unsigned list = 0; ago && list < LISTS; list++) {
        sheaf_slice words = sheaf_slice_of(list_at(list));
        for (size_t at = 0; at < words.size;) {
            size_t end = sheaf_slice_find_char(words, at, '|');
            end = end == SIZE_MAX ? words.size : end;
            index_word(ago, sheaf_slice_part(words, at, end), 1u << list);
            at = end + 1;
        }
    }
    return ago;
}

void sheaf_page_ago_free(sheaf_page_ago *ago) {
    sheaf_free(ago);
}

/* The lists that may hold the first word of text. */
static uint32_t lists_for(const sheaf_page_ago *ago, sheaf_slice text) {
    uint32_t lists = UINT32_MAX;
    for (size_t place = 0; place < 3; place++)
        lists &= ago->lists[place][place < text.size ? (unsigned char)text.data[place] : 0];
    return text.size ? lists : 0;
}

/* ---- words ---------------------------------------------------------------------------- */

static sheaf_slice skip(sheaf_slice text) {
    static const char marks[] = "\t .,:;|-\xC2\xB7()";
    for (size_t at = 0; at < text.size;) {
        if (sheaf_is_lower(text.data[at]) || sheaf_is_digit(text.data[at]))
            return sheaf_slice_part(text, at, text.size);
        size_t next = at;
        uint32_t c = sheaf_utf8_next(text, &next);
        bool mark = (c < 0x80 && c != 0 && strchr(marks, (int)c)) || c == 0xB7 || c == 0x2022 ||
                    c == 0x2013 || c == 0x2014 || sheaf_char_is_space(c);
        if (!mark)
            return sheaf_slice_part(text, at, text.size);
        at = next;
    }
    return (sheaf_slice){text.data, 0};
}

/* True when a word ends at text[at]: dense scripts part none. */
static bool is_edge(sheaf_slice text, size_t at) {
    if (at == 0 || at >= text.size)
        return true;
    size_t next = at;
    size_t previous = at;
    uint32_t after = sheaf_utf8_next(text, &next);
    uint32_t before = sheaf_utf8_previous(text, &previous);
    return !sheaf_char_is_word(after) || !sheaf_char_is_word(before) ||
           sheaf_char_is_dense(before) || sheaf_char_is_dense(after) ||
           sheaf_char_is_digit(before) != sheaf_char_is_digit(after) ||
           (before >= 0xAC00 && before <= 0xD7A3);
}

/* Length of the longest word of list that text begins with; 0 when there is none. */
static size_t starts_with(sheaf_slice text, unsigned list) {
    size_t best = 0;
    sheaf_slice words = sheaf_slice_of(list_at(list));
    for (size_t at = 0; (at = sheaf_slice_find_char(words, at, text.data[0])) != SIZE_MAX; at++) {
        if (at > 0 && words.data[at - 1] != '|')
            continue;
        size_t end = sheaf_slice_find_char(words, at, '|');
        sheaf_slice word = sheaf_slice_part(words, at, end);
        if (word.size > best && sheaf_slice_starts(text, word) && is_edge(text, word.size))
            best = word.size;
    }
    return best;
}

/* Takes one word of the list off text. Asked of most small print of a page, and mostly
 * in vain. */
static bool take(const sheaf_page_ago *ago, sheaf_slice *text, unsigned list) {
    if (!(lists_for(ago, *text) >> list & 1))
        return false;
    size_t size = starts_with(*text, list);
    if (size == 0)
        return false;
    *text = skip(sheaf_slice_part(*text, size, text->size));
    return true;
}

/* Small letters; empty when text is too long. */
static sheaf_slice lower(char out[LONGEST * 2], sheaf_slice text) {
    sheaf_buffer buffer = {out, 0, LONGEST * 2, false};
    if (text.size > LONGEST)
        return (sheaf_slice){out, 0};
    for (size_t at = 0; at < text.size;) {
        if ((unsigned char)text.data[at] < 0x80 && buffer.size < buffer.capacity) {
            out[buffer.size++] = sheaf_to_lower(text.data[at++]);
            continue;
        }
        uint32_t c = sheaf_utf8_next(text, &at);
        static const uint32_t zeros[] = {0x0660, 0x06F0, 0x0966, 0x09E6, 0xFF10};
        c = sheaf_char_to_lower(c);
        for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
            if (c - zeros[i] < 10)
                c = '0' + (c - zeros[i]);
        if (buffer.capacity - buffer.size < 4)
            return (sheaf_slice){out, 0};
        if (c != 0x200E && c != 0x200F) /* marks of direction */
            sheaf_utf8_append(&buffer, c);
    }
    return sheaf_buffer_view(&buffer);
}

/* ---- so long ago --------------------------------------------------------------------- */

static bool take_number(const sheaf_page_ago *ago, sheaf_slice *text, int64_t *number) {
    size_t at = 0;
    *number = 0;
    while (at < text->size && at < 4 && sheaf_is_digit(text->data[at]))
        *number = *number * 10 + (text->data[at++] - '0');
    if (at > 0) {
        *text = skip(sheaf_slice_part(*text, at, text->size));
        return true;
    }
    *number = 1;
    return take(ago, text, ONE_WORDS);
}

static bool take_unit(const sheaf_page_ago *ago, sheaf_slice *text, ago_unit *unit,
                      int64_t *number) {
    uint32_t lists = lists_for(ago, *text);
    size_t best = 0;
    size_t row = 0;
    for (unsigned i = 0; i < UNIT_ROWS; i++) {
        size_t size = lists >> (UNITS + i) & 1 ? starts_with(*text, UNITS + i) : 0;
        if (size > best) {
            best = size;
            row = i;
        }
    }
    if (best == 0)
        return false;
    *unit = units[row].unit;
    if (units[row].count)
        *number = units[row].count;
    *text = skip(sheaf_slice_part(*text, best, text->size));
    return true;
}

/* Moves a date back; cut: what is left is no more precise than the words. */
static bool go_back(sheaf_date *out, const sheaf_date *retrieved, ago_unit unit, int64_t number) {
    static const int64_t sizes[] = {1, MINUTE, HOUR, DAY, 7 * DAY, 0, 0};
    int64_t seconds;
    sheaf_date date = *retrieved;
    if (unit >= MONTHS) {
        int64_t months = (int64_t)date.year * 12 + (date.month ? date.month : 1) - 1 -
                         number * (unit == YEARS ? 12 : 1);
        *out = (sheaf_date){.year = (int)(months / 12), .hour = -1, .second = -1};
        out->month = unit == YEARS ? 0 : (int)(months % 12) + 1;
        return out->year > 1600;
    }
    if (unit <= HOURS && date.hour < 0)
        return false; /* the day alone does not tell on which side of midnight */
    int offset = date.zoned ? date.offset : 0;
    if (!sheaf_date_seconds(&date, &seconds) ||
        !sheaf_date_from_seconds(out, seconds + (int64_t)offset * 60 - number * sizes[unit]))
        return false;
    bool minutes = unit <= MINUTES;
    out->zoned = minutes && date.zoned;
    out->offset = minutes ? offset : 0;
    out->hour = minutes ? out->hour : -1;
    out->second = -1;
    out->day = unit == WEEKS ? 0 : out->day;
    return true;
}

static bool read_since(const sheaf_page_ago *ago, sheaf_slice text, ago_unit *unit,
                       int64_t *number) {
    sheaf_slice rest = text;
    if (!take_number(ago, &rest, number))
        return false;
    for (unsigned i = 0; i < SINCE_ROWS; i++)
        if (take(ago, &rest, SINCE + i)) {
            *unit = since[i].unit;
            return true;
        }
    return false;
}

/* "vor 2 stunden", "2 hours ago" at the start of text. */
static bool read_ago(const sheaf_page_ago *ago, sheaf_slice text, ago_unit *unit, int64_t *number) {
    sheaf_slice rest = text;
    *number = 1;
    bool before = take(ago, &rest, BEFORE_WORDS);
    while (take(ago, &rest, FILLERS))
        ;
    bool counted = take_number(ago, &rest, number);
    if ((!counted && !before) || !take_unit(ago, &rest, unit, number))
        return false;
    return before || take(ago, &rest, AFTER_WORDS);
}

/* ---- yesterday and today ---------------------------------------------------------------- */

static bool has_digit(sheaf_slice text) {
    for (size_t i = 0; i < text.size; i++)
        if (sheaf_is_digit(text.data[i]))
            return true;
    return false;
}

/* The time of day behind such a word, if there is one. */
static void add_time(sheaf_date *date, sheaf_slice rest) {
    char text[LONGEST * 2 + 24];
    sheaf_date with;
    sheaf_buffer buffer = {text, 0, sizeof text, false};
    sheaf_buffer_printf(&buffer, "%04d-%02d-%02d ", date->year, date->month, date->day);
    sheaf_buffer_add(&buffer, rest);
    if (sheaf_date_parse(&with, sheaf_buffer_view(&buffer)) && with.hour >= 0)
        *date = with;
}

static bool read_day(const sheaf_page_ago *ago, sheaf_date *out, sheaf_slice text,
                     const sheaf_date *retrieved) {
    for (unsigned i = 0; i < DAY_ROWS; i++) {
        sheaf_slice rest = text;
        if (!take(ago, &rest, DAY_WORDS + i) || (day_words[i].need_time && !has_digit(rest)))
            continue;
        sheaf_date day = *retrieved;
        if (!go_back(&day, retrieved, DAYS, day_words[i].days))
            return false;
        sheaf_slice clean = rest;
        while (take(ago, &clean, TIME_WORDS))
            ;
        add_time(&day, clean);
        *out = day;
        return true;
    }
    return false;
}

bool sheaf_page_date_relative(sheaf_date *out, sheaf_slice text, const sheaf_page_clock *clock) {
    enum { WORDS = 4 };
    char memory[LONGEST * 2];
    const sheaf_page_ago *ago = clock->ago;
    const sheaf_date *retrieved = &clock->retrieved;
    if (!clock->known || !ago || retrieved->year == 0 || retrieved->day == 0)
        return false;
    sheaf_slice rest = skip(lower(memory, sheaf_slice_trim(text)));
    for (int i = 0; i < WORDS && rest.size > 0; i++) { /* behind up to three words: "Updated" */
        ago_unit unit;
        int64_t number;
        if (read_day(ago, out, rest, retrieved))
            return true;
        if (read_ago(ago, rest, &unit, &number) || read_since(ago, rest, &unit, &number))
            return go_back(out, retrieved, unit, number);
        size_t blank = sheaf_slice_find_char(rest, 0, ' ');
        rest =
            blank == SIZE_MAX ? (sheaf_slice){0} : skip(sheaf_slice_part(rest, blank, rest.size));
    }
    return false;
}
