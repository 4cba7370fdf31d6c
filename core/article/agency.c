/* agency.c - the news agencies of the world, and how papers name them.
 *
 * One row an agency: the name we file, then every way in which it is credited.
 * Aliases of up to four letters are matched to the letter ("AP", not "ap"),
 * longer ones in any case, so that an ordinary word is no agency. */
#include "article/credit.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "text/letter.h"

typedef struct agency {
    const char *name;
    const char *aliases; /* parted by '|' */
} agency;

static const agency agencies[] = {
    {"Reuters", "Reuters|REUTERS|Thomson Reuters|Рейтер|رويترز|路透社|路透|ロイター|로이터|रॉयटर्स"},
    {"AP", "AP|Associated Press|The Associated Press|أسوشيتد برس|أ ب|美联社|美聯社|AP通信|AP통신"},
    {"AFP",
     "AFP|Agence France-Presse|Agence France Presse|أ ف ب|فرانس برس|法新社|AFP=時事|AFP연합뉴스"},
    {"TASS", "TASS|ITAR-TASS|ТАСС|ИТАР-ТАСС|تاس|塔斯社|タス通信|타스통신"},
    {"RIA Novosti", "RIA Novosti|RIA|РИА Новости|РИА НОВОСТИ|РИА|俄新社"},
    {"Interfax", "Interfax|Интерфакс|ИНТЕРФАКС|ИНТЕРФАКС.RU|Interfax-Ukraine|Интерфакс-Украина"},
    {"Sputnik", "Sputnik|Спутник|سبوتنيك|卫星通讯社|俄罗斯卫星通讯社|スプートニク"},
    {"Rossiya Segodnya", "Rossiya Segodnya|Россия сегодня"},
    {"Xinhua", "Xinhua|Xinhua News Agency|新华社|新華社|新华网|Синьхуа|شينخوا"},
    {"China News Service", "China News Service|CNS|中新社|中新网|中国新闻社"},
    {"CNA", "CNA|Central News Agency|中央社|中央通訊社"},
    {"Kyodo", "Kyodo|Kyodo News|共同|共同社|共同通信|共同通信社"},
    {"Jiji Press", "Jiji|Jiji Press|時事|時事通信|時事通信社"},
    {"Yonhap", "Yonhap|Yonhap News|Yonhap News Agency|연합뉴스|韩联社|韓聯社|聯合ニュース"},
    {"Newsis", "Newsis|뉴시스"},
    {"News1", "News1|뉴스1"},
    {"KCNA", "KCNA|조선중앙통신|朝中社"},
    {"dpa", "dpa|DPA|Deutsche Presse-Agentur|dpa-AFX|dpa-infocom|د ب أ"},
    {"epd", "epd|Evangelischer Pressedienst"},
    {"KNA", "KNA|Katholische Nachrichten-Agentur"},
    {"SID", "SID|Sport-Informations-Dienst"},
    {"APA", "APA|Austria Presse Agentur|APA-OTS"},
    {"Keystone-SDA", "sda|SDA|ATS|Keystone-SDA|Keystone-ATS|SDA-ATS"},
    {"ANSA", "ANSA|Ansa"},
    {"Adnkronos", "Adnkronos|AdnKronos|Adnkronos/Labitalia"},
    {"AGI", "AGI|Agenzia Italia"},
    {"LaPresse", "LaPresse"},
    {"Askanews", "Askanews|askanews"},
    {"EFE", "EFE|Agencia EFE|Efe"},
    {"Europa Press", "Europa Press|EUROPA PRESS"},
    {"Lusa", "Lusa|LUSA|Agência Lusa"},
    {"ANP", "ANP"},
    {"Belga", "Belga|BELGA"},
    {"NTB", "NTB|©NTB"},
    {"TT", "TT|Tidningarnas Telegrambyrå|TT-AFP"},
    {"Ritzau", "Ritzau|ritzau|/ritzau/"},
    {"STT", "STT|STT-Lehtikuva"},
    {"BNS", "BNS|Baltic News Service"},
    {"ELTA", "ELTA|Elta"},
    {"LETA", "LETA"},
    {"PAP", "PAP|Polska Agencja Prasowa"},
    {"ČTK", "ČTK|ČTK|CTK|ČTK/AP"},
    {"TASR", "TASR"},
    {"SITA", "SITA"},
    {"MTI", "MTI"},
    {"Agerpres", "Agerpres|AGERPRES"},
    {"Mediafax", "Mediafax|MEDIAFAX"},
    {"BTA", "BTA|БТА"},
    {"Tanjug", "Tanjug|TANJUG|Танјуг"},
    {"Beta", "BETA"},
    {"HINA", "HINA|Hina"},
    {"STA", "STA|Slovenska tiskovna agencija"},
    {"FENA", "FENA|Fena"},
    {"SRNA", "SRNA|Srna|СРНА"},
    {"MIA", "MIA|МИА"},
    {"ATA", "ATA"},
    {"ANA-MPA", "ANA-MPA|AMNA|ΑΠΕ-ΜΠΕ|ΑΠΕ|AMΠE"},
    {"CNA Cyprus", "Cyprus News Agency|ΚΥΠΕ"},
    {"Anadolu", "Anadolu|Anadolu Agency|Anadolu Ajansı|AA|الأناضول"},
    {"DHA", "DHA|Demirören Haber Ajansı"},
    {"İHA", "İHA|IHA|İhlas Haber Ajansı"},
    {"Ukrinform", "Ukrinform|Укрінформ|Укринформ"},
    {"UNIAN", "UNIAN|УНІАН|УНИАН"},
    {"UNN", "UNN|УНН"},
    {"BelTA", "BelTA|BELTA|БЕЛТА|БелТА"},
    {"Moldpres", "Moldpres|MOLDPRES"},
    {"Infotag", "Infotag|INFOTAG"},
    {"Kazinform", "Kazinform|Казинформ|ҚазАқпарат"},
    {"KABAR", "Кабар|KABAR"},
    {"24.kg", "24.kg"},
    {"Trend", "Trend News Agency"},
    {"Azertac", "Azertac|AZERTAC|AZƏRTAC|АЗЕРТАДЖ"},
    {"Report", "Report News Agency"},
    {"Armenpress", "Armenpress|ARMENPRESS|Արմենպրես|Арменпресс"},
    {"InterPressNews", "InterPressNews|IPN"},
    {"Montsame", "Montsame|MONTSAME|МОНЦАМЭ"},
    {"IRNA", "IRNA|ایرنا|إرنا"},
    {"ISNA", "ISNA|ایسنا"},
    {"Tasnim", "Tasnim|تسنیم|تسنيم"},
    {"Fars", "Fars News Agency|Fars News|فارس"},
    {"Mehr", "Mehr News Agency|مهر"},
    {"SANA", "SANA|سانا"},
    {"SPA", "SPA|Saudi Press Agency|واس"},
    {"WAM", "WAM|وام"},
    {"QNA", "QNA|Qatar News Agency|قنا"},
    {"KUNA", "KUNA|كونا"},
    {"BNA", "BNA|Bahrain News Agency|بنا"},
    {"ONA", "ONA|Oman News Agency|العمانية"},
    {"MENA", "MENA|أ ش أ|أ.ش.أ"},
    {"Petra", "Petra|بترا"},
    {"NNA", "NNA|الوكالة الوطنية للإعلام"},
    {"INA", "INA|واع"},
    {"WAFA", "WAFA|وفا"},
    {"Ma'an", "Ma'an News Agency|معا"},
    {"MAP", "MAP|Maghreb Arabe Presse"},
    {"APS", "APS|Algérie Presse Service|واج"},
    {"TAP", "TAP|وات"},
    {"LANA", "LANA|وال"},
    {"SUNA", "SUNA|سونا"},
    {"PTI", "PTI|Press Trust of India|पीटीआई|भाषा"},
    {"ANI", "ANI|Asian News International|एएनआई"},
    {"IANS", "IANS|Indo-Asian News Service|आईएएनएस"},
    {"UNI", "UNI|United News of India"},
    {"APP", "APP|Associated Press of Pakistan"},
    {"PPI", "PPI|Pakistan Press International"},
    {"BSS", "BSS|Bangladesh Sangbad Sangstha|বাসস"},
    {"UNB", "UNB|United News of Bangladesh"},
    {"RSS", "Rastriya Samachar Samiti|रासस"},
    {"Bernama", "Bernama|BERNAMA"},
    {"Antara", "Antara|ANTARA"},
    {"VNA", "VNA|TTXVN|VietnamPlus|Vietnam News Agency"},
    {"PNA", "PNA|Philippine News Agency"},
    {"TNA", "Thai News Agency|สำนักข่าวไทย"},
    {"AKP", "AKP|Agence Kampuchea Presse"},
    {"AAP", "AAP|Australian Associated Press"},
    {"RNZ", "RNZ"},
    {"The Canadian Press",
     "The Canadian Press|Canadian Press|THE CANADIAN PRESS|CP|La Presse Canadienne|"
     "La Presse canadienne"},
    {"PA Media", "PA|PA Media|Press Association|PA News Agency"},
    {"UPI", "UPI|United Press International"},
    {"Bloomberg", "Bloomberg|Bloomberg News|بلومبرغ|彭博社|ブルームバーグ|블룸버그"},
    {"Dow Jones", "Dow Jones|Dow Jones Newswires|DJ"},
    {"TNS", "TNS|Tribune News Service|MCT|McClatchy-Tribune"},
    {"States Newsroom", "States Newsroom"},
    {"Religion News Service", "RNS|Religion News Service"},
    {"Catholic News Agency", "Catholic News Agency"},
    {"Inter Press Service", "IPS|Inter Press Service"},
    {"Thomson Reuters Foundation", "Thomson Reuters Foundation"},
    {"SWNS", "SWNS"},
    {"Globe Newswire", "GLOBE NEWSWIRE|GlobeNewswire"},
    {"PR Newswire", "PRNewswire|PR Newswire|PRNEWSWIRE"},
    {"Business Wire", "BUSINESS WIRE|Business Wire"},
    {"Notimex", "Notimex|NTX"},
    {"Télam", "Télam|Telam|TELAM"},
    {"Agência Brasil", "Agência Brasil|ABr"},
    {"Estadão Conteúdo", "Estadão Conteúdo"},
    {"Folhapress", "Folhapress|FOLHAPRESS"},
    {"Prensa Latina", "Prensa Latina|PL"},
    {"ACN", "ACN"},
    {"AVN", "AVN"},
    {"Andina", "Andina"},
    {"Colprensa", "Colprensa"},
    {"NAN", "NAN|News Agency of Nigeria"},
    {"GNA", "GNA|Ghana News Agency"},
    {"KNA Kenya", "Kenya News Agency"},
    {"ENA", "ENA|Ethiopian News Agency|ኢዜአ"},
    {"SAPA", "SAPA|Sapa"},
    {"NAMPA", "NAMPA|Nampa"},
    {"New Ziana", "New Ziana"},
    {"PANA", "PANA|PANAPRESS"},
    {"APANEWS", "APANEWS|APA News"},
    {"Getty Images", "Getty Images|GETTY IMAGES|Getty"},
    {"EPA", "EPA|EPA-EFE|EFE-EPA|European Pressphoto Agency"},
    {"Shutterstock", "Shutterstock"},
    {"Imago", "IMAGO|Imago Images"},
};

/* Takes the part of list before the next '|'. */
static bool next_alias(const char **list, sheaf_slice *alias) {
    if (**list == '\0')
        return false;
    size_t size = strcspn(*list, "|");
    *alias = sheaf_slice_from(*list, size);
    *list += size + ((*list)[size] == '|');
    return true;
}

static bool is_alias(sheaf_slice text, sheaf_slice alias) {
    if (alias.size <= 4)
        return sheaf_slice_equal(text, alias);
    return sheaf_slice_equal_fold(text, alias);
}

static sheaf_slice lookup(sheaf_slice text) {
    for (size_t i = 0; text.size && i < sizeof agencies / sizeof *agencies; i++) {
        const char *list = agencies[i].aliases;
        sheaf_slice alias;
        while (next_alias(&list, &alias)) {
            if (is_alias(text, alias))
                return sheaf_slice_of(agencies[i].name);
        }
    }
    return (sheaf_slice){0};
}

static bool is_wrapping(uint32_t c) {
    if (c < 0x80)
        return c && strchr("/()[]<>\"'.,:;-|=*_ \t", (int)c) != NULL;
    return c == 0x2013 || c == 0x2014 || c == 0xAB || c == 0xBB || c == 0x201C || c == 0x201D ||
           c == 0xFF08 || c == 0xFF09 || c == 0x3010 || c == 0x3011 || c == 0xFF0F || c == 0xA9 ||
           sheaf_char_is_space(c);
}

/* Without the slashes, brackets, dashes and blanks around it. */
static sheaf_slice unwrap(sheaf_slice text) {
    size_t from = 0;
    size_t to = text.size;
    while (from < to) {
        size_t next = from;
        if (!is_wrapping(sheaf_utf8_next(text, &next)))
            break;
        from = next;
    }
    while (to > from) {
        size_t before = to;
        if (!is_wrapping(sheaf_utf8_previous(text, &before)))
            break;
        to = before;
    }
    return sheaf_slice_part(text, from, to);
}

static sheaf_slice without_ending(sheaf_slice text, sheaf_slice ending) {
    if (text.size > ending.size &&
        sheaf_slice_equal_fold(sheaf_slice_part(text, text.size - ending.size, text.size), ending))
        return unwrap(sheaf_slice_part(text, 0, text.size - ending.size));
    return text;
}

sheaf_slice sheaf_agency(sheaf_slice text) {
    enum { LONGEST = 80 };
    sheaf_slice name = unwrap(text);
    if (name.size == 0 || name.size > LONGEST)
        return (sheaf_slice){0};
    static const sheaf_slice endings[] = {SLICE(" news agency"), SLICE(" agency"), SLICE(" photo")};
    sheaf_slice hit = lookup(name);
    for (size_t i = 0; !hit.size && i < sizeof endings / sizeof *endings; i++) {
        sheaf_slice bare = without_ending(name, endings[i]);
        if (bare.size < name.size)
            hit = lookup(bare);
    }
    for (size_t i = 0; !hit.size && i < name.size; i++) {
        if (strchr("/,&+|-", name.data[i]))
            hit = lookup(unwrap(sheaf_slice_part(name, 0, i)));
    }
    return hit;
}
