/* language.c - a few sentences in every language that is told apart. */
#include "text/language.h"

#include "base/slice.h"
#include "check.h"

typedef struct row {
    const char *tag;
    const char *text;
} row;

/* clang-format off */
static const row rows[] = {
    {"en", "The town council said on Tuesday that it will not close the old bridge, but the drivers who use it every day are not sure that they can trust the promise."},
    {"de", "Der Stadtrat hat am Dienstag erklärt, dass die alte Brücke nicht geschlossen wird, aber die Fahrer, die sie jeden Tag benutzen, sind sich noch nicht sicher."},
    {"fr", "Le conseil municipal a dit mardi que le vieux pont ne sera pas fermé, mais les chauffeurs qui le prennent tous les jours ne sont pas sûrs de cette promesse."},
    {"es", "El ayuntamiento dijo el martes que el viejo puente no se va a cerrar, pero los conductores que lo usan todos los días no están seguros de que la promesa se cumpla."},
    {"it", "Il consiglio comunale ha detto martedì che il vecchio ponte non sarà chiuso, ma gli autisti che lo usano ogni giorno non sono sicuri della promessa e chiedono di più."},
    {"pt", "A câmara disse na terça-feira que a velha ponte não vai ser fechada, mas os condutores que a usam todos os dias não têm a certeza de que a promessa seja cumprida."},
    {"nl", "De gemeenteraad zei dinsdag dat de oude brug niet wordt gesloten, maar de chauffeurs die er elke dag over rijden zijn nog niet zeker van de belofte en het plan."},
    {"sv", "Kommunen sade på tisdagen att den gamla bron inte ska stängas, men förarna som använder den varje dag är inte säkra på att det är ett löfte som håller."},
    {"da", "Kommunen sagde tirsdag, at den gamle bro ikke bliver lukket, men bilisterne, der bruger den hver dag, er ikke sikre på, at løftet også holder efter valget."},
    {"no", "Kommunen sa tirsdag at den gamle broen ikke blir stengt, men sjåførene som bruker den hver dag er ikke sikre på at løftet også holder etter valget, og det er nå mer uro."},
    {"fi", "Kaupunginvaltuusto sanoi tiistaina, että vanhaa siltaa ei suljeta, mutta kuljettajat, jotka ajavat sen yli joka päivä, eivät ole varmoja, onko lupaus totta, kun vuosi on jo lopussa."},
    {"pl", "Rada miasta powiedziała we wtorek, że stary most nie zostanie zamknięty, ale kierowcy, którzy jeżdżą przez niego co dzień, nie są pewni, czy to jest prawda."},
    {"cs", "Městská rada v úterý řekla, že starý most se nezavře, ale řidiči, kteří po něm jezdí každý den, si nejsou jisti, že to je pravda a že slib bude platit i po volbách."},
    {"sk", "Mestská rada v utorok povedala, že starý most sa nezatvorí, ale vodiči, ktorí po ňom jazdia každý deň, si nie sú istí, že to je pravda a že sľub bude platiť aj po voľbách."},
    {"hu", "A városi tanács kedden azt mondta, hogy a régi hidat nem zárják le, de a sofőrök, akik minden nap használják, még nem biztosak abban, hogy ez így is lesz."},
    {"ro", "Consiliul orașului a spus marți că podul vechi nu va fi închis, dar șoferii care îl folosesc în fiecare zi nu sunt siguri că promisiunea este adevărată și pentru ei."},
    {"hr", "Gradsko vijeće je u utorak reklo da se stari most neće zatvoriti, ali vozači koji ga koriste svaki dan nisu sigurni da će to biti tako i nakon izbora, kao što je bilo više puta."},
    {"tr", "Belediye meclisi salı günü eski köprünün kapatılmayacağını söyledi, ancak her gün köprüyü kullanan sürücüler bu sözün ne kadar doğru olduğunu bilmiyor ve daha çok bilgi istiyor."},
    {"id", "Dewan kota pada hari Selasa mengatakan bahwa jembatan tua itu tidak akan ditutup, namun para sopir yang lewat setiap hari belum yakin karena janji seperti ini sudah ada."},
    {"ms", "Majlis bandar pada hari Selasa berkata bahawa jambatan lama itu tidak akan ditutup, namun pemandu yang lalu setiap hari belum yakin kerana janji seperti ini boleh berubah lagi, katanya."},
    {"vi", "Hội đồng thành phố cho biết hôm thứ Ba rằng cây cầu cũ sẽ không bị đóng, nhưng những người lái xe đi qua đó mỗi ngày vẫn không tin vào lời hứa này của họ."},
    {"sw", "Baraza la mji lilisema siku ya Jumanne kuwa daraja la zamani halitafungwa, lakini madereva wa magari ambao hupita hapo kila siku hawana hakika na ahadi hiyo ya serikali."},
    {"sq", "Këshilli i qytetit tha të martën se ura e vjetër nuk do të mbyllet, por shoferët që e përdorin çdo ditë nuk janë të sigurt për premtimin dhe kërkojnë më shumë."},
    {"et", "Linnavolikogu ütles teisipäeval, et vana silda ei suleta, aga juhid, kes seda iga päev kasutavad, ei ole kindlad, kas see lubadus peab ka pärast valimisi, kui kõik on läbi."},
    {"lv", "Pilsētas dome otrdien teica, ka vecais tilts netiks slēgts, bet vadītāji, kas to lieto katru dienu, nav droši, vai solījums tiks pildīts arī pēc vēlēšanām un vai tas ir nopietni."},
    {"lt", "Miesto taryba antradienį pranešė, kad senasis tiltas nebus uždarytas, tačiau vairuotojai, kurie juo važiuoja kasdien, dar nėra tikri, ar tai yra tiesa ir kaip bus po rinkimų."},
    {"sl", "Mestni svet je v torek sporočil, da se stari most ne bo zaprl, vozniki, ki ga uporabljajo vsak dan, pa niso prepričani, da bo tako tudi po volitvah, ker so bile obljube že prej."},
    {"ca", "L'ajuntament va dir dimarts que el pont vell no es tanca, però els conductors que hi passen cada dia amb el cotxe no són segurs d'aquesta promesa i també volen més detalls."},
    {"ru", "Городской совет во вторник сообщил, что старый мост не закроют, но водители, которые ездят по нему каждый день, не уверены, что это обещание выполнят и после выборов."},
    {"uk", "Міська рада у вівторок повідомила, що старий міст не закриють, але водії, які їздять ним щодня, не певні, що цю обіцянку виконають і після виборів, бо таке вже було."},
    {"be", "Гарадскі савет у аўторак паведаміў, што стары мост не закрыюць, але кіроўцы, якія ездзяць па ім кожны дзень, не ўпэўненыя, што гэта праўда і што так будзе пасля выбараў."},
    {"bg", "Общинският съвет каза във вторник, че старият мост няма да се затвори, но шофьорите, които минават по него всеки ден, не са сигурни, че това обещание ще се спази и след изборите."},
    {"sr", "Градско веће је у уторак рекло да се стари мост неће затворити, али возачи који га користе сваки дан нису сигурни да ће то бити тако и након избора, као што је било више пута."},
    {"mk", "Градскиот совет во вторникот рече дека стариот мост нема да се затвори, но возачите кои го користат секој ден не се сигурни дека ветувањето ќе важи и по изборите, според нив."},
    {"kk", "Қала кеңесі сейсенбіде ескі көпір жабылмайды деп хабарлады, бірақ күн сайын өтетін жүргізушілер бұл уәде сайлаудан кейін де орындалады деп ойламайды және барлық жауап үшін уақыт керек, деді ол."},
    {"el", "Το δημοτικό συμβούλιο είπε την Τρίτη ότι η παλιά γέφυρα δεν θα κλείσει."},
    {"he", "מועצת העיר הודיעה ביום שלישי כי הגשר הישן לא ייסגר."},
    {"ar", "قال مجلس المدينة يوم الثلاثاء إن الجسر القديم لن يغلق، لكن السائقين الذين يمرون عليه كل يوم ليسوا على ثقة من أن هذا الوعد سيبقى بعد الانتخابات كما كان في الماضي."},
    {"fa", "شورای شهر روز سه‌شنبه گفت که پل قدیمی بسته نمی‌شود، اما رانندگانی که هر روز از آن می‌گذرند هنوز به این وعده باور ندارند و می‌گویند باید برای آن سند باشد."},
    {"ur", "شہر کی کونسل نے منگل کو کہا کہ پرانا پل بند نہیں کیا جائے گا، لیکن جو لوگ ہر روز اس پر سے گزرتے ہیں ان کو اس وعدے پر یقین نہیں ہے اور وہ بھی یہ کہتے ہیں۔"},
    {"hi", "नगर परिषद ने मंगलवार को कहा कि पुराना पुल बंद नहीं किया जाएगा, लेकिन हर दिन इस पर से जाने वाले लोगों को इस वादे पर भरोसा नहीं है और वे यह भी पूछ रहे हैं।"},
    {"mr", "नगर परिषदेने मंगळवारी सांगितले की जुना पूल बंद होणार नाही, पण रोज त्या पुलावरून जाणारे लोक असे म्हणतात की ते आणि त्यांचे शेजारी या शब्दावर अजून खूश नाहीत आणि हे खरे आहे."},
    {"ne", "नगर परिषद्ले मंगलबार पुरानो पुल बन्द नहुने बताएको छ, तर हरेक दिन यो पुल भएर जाने मानिस भने विश्वस्त छैन र उनीहरूले पनि यस विषयमा थप कुरा गर्ने भएका छन्।"},
    {"bn", "নগর পরিষদ মঙ্গলবার বলেছে যে পুরোনো সেতুটি বন্ধ হবে না।"},
    {"hy", "Քաղաքային խորհուրդը երեքշաբթի հայտնեց, որ հին կամուրջը չի փակվի։"},
    {"ka", "ქალაქის საბჭომ სამშაბათს განაცხადა, რომ ძველი ხიდი არ დაიხურება."},
    {"th", "สภาเมืองกล่าวเมื่อวันอังคารว่าจะไม่ปิดสะพานเก่า"},
    {"zh", "市议会星期二表示，旧桥不会关闭，但是每天使用它的司机并不放心。"},
    {"ja", "市議会は火曜日、古い橋を閉鎖しないと発表したが、毎日使う運転手は安心していない。"},
    {"ko", "시의회는 화요일에 오래된 다리를 닫지 않겠다고 밝혔지만 운전자들은 믿지 않는다."},
    {"af", "Die stadsraad het Dinsdag gesê dat die ou brug nie gesluit sal word nie, maar die bestuurders wat dit elke dag gebruik, is nog nie seker van die belofte nie."},
    {"is", "Bæjarstjórnin sagði á þriðjudag að gömlu brúnni yrði ekki lokað, en ökumenn sem nota hana á hverjum degi eru ekki vissir um að loforðið haldi eftir kosningar."},
    {"eu", "Udalak asteartean esan zuen zubi zaharra ez dela itxiko, baina egunero erabiltzen duten gidariak ez daude seguru hitza beteko den hauteskundeen ondoren."},
    {"gl", "O concello dixo o martes que a ponte vella non se vai pechar, pero os condutores que a usan todos os días non están seguros de que a promesa se cumpra despois das eleccións."},
    {"ga", "Dúirt comhairle an bhaile Dé Máirt nach ndúnfar an seandroichead, ach níl na tiománaithe a úsáideann é gach lá cinnte go gcoinneofar an gealltanas tar éis an toghcháin."},
    {"cy", "Dywedodd cyngor y dref ddydd Mawrth na fydd yr hen bont yn cael ei chau, ond nid yw'r gyrwyr sy'n ei defnyddio bob dydd yn siŵr y bydd yr addewid yn cael ei gadw."},
    {"eo", "La urba konsilio diris mardon, ke la malnova ponto ne estos fermita, sed la ŝoforoj, kiuj uzas ĝin ĉiutage, ne estas certaj, ke la promeso estos plenumita post la elektoj."},
    {"tl", "Sinabi ng konseho ng bayan noong Martes na hindi isasara ang lumang tulay, ngunit ang mga tsuper na gumagamit nito araw-araw ay hindi sigurado na tutuparin ang pangako."},
    {"az", "Şəhər şurası çərşənbə axşamı bildirdi ki, köhnə körpü bağlanmayacaq, lakin hər gün ondan istifadə edən sürücülər bu vədin yerinə yetiriləcəyinə əmin deyillər."},
    {"uz", "Shahar kengashi seshanba kuni eski ko'prik yopilmasligini aytdi, ammo undan har kuni foydalanadigan haydovchilar va'da bajarilishiga ishonmaydilar va javob kutmoqdalar."},
    {"so", "Golaha magaalada ayaa Talaadadii sheegay in buundada hore aan la xiri doonin, laakiin darawallada maalin kasta isticmaala ma hubaan in ballanqaadka la fulin doono."},
    {"ha", "Majalisar gari ta ce a ranar Talata ba za a rufe tsohuwar gada ba, amma direbobin da suke amfani da ita kowace rana ba su da tabbacin cewa za a cika wannan alkawari."},
    {"yo", "Ìgbìmọ̀ ìlú sọ ní ọjọ́ Ìṣẹ́gun pé wọn kò ní ti afárá àtijọ́ náà, ṣùgbọ́n àwọn awakọ̀ tí wọ́n ń lò ó lójoojúmọ́ kò gbàgbọ́ pé ìlérí náà yóò ṣẹ."},
    {"zu", "Umkhandlu wedolobha uthe ngoLwesibili ibhuloho elidala ngeke livalwe, kodwa abashayeli abalisebenzisa nsuku zonke abanaso isiqiniseko sokuthi isithembiso sizogcinwa."},
    {"mg", "Nilaza ny filankevitry ny tanàna ny talata fa tsy hakatona ny tetezana taloha, fa ny mpamily izay mampiasa azy isan'andro dia tsy mino fa ho tanterahina ny teny nomena."},
    {"mt", "Il-kunsill tal-belt qal it-Tlieta li l-pont il-qadim mhux se jingħalaq, iżda x-xufiera li jużawh kuljum mhumiex ċerti li l-wegħda se tinżamm wara l-elezzjoni."},
    {"lb", "De Gemengerot huet e Dënschdeg gesot, datt déi al Bréck net zougemaach gëtt, mee d'Chaufferen, déi se all Dag benotzen, sinn net sécher, ob d'Versprieche gehale gëtt."},
    {"ky", "Шаардык кеңеш шейшемби күнү эски көпүрө жабылбайт деп билдирди, бирок аны күн сайын колдонгон айдоочулар бул убада аткарылат деп ишенишпейт жана жооп күтүп жатышат."},
    {"tg", "Шӯрои шаҳр рӯзи сешанбе гуфт, ки пули кӯҳна баста намешавад, вале ронандагоне, ки ҳар рӯз аз он истифода мебаранд, ба ин ваъда бовар надоранд."},
    {"mn", "Хотын зөвлөл мягмар гарагт хуучин гүүрийг хаахгүй гэж мэдэгдсэн боловч өдөр бүр түүгээр явдаг жолооч нар энэ амлалт биелнэ гэдэгт итгэхгүй байна."},
    {"ps", "د ښار شورا د سه شنبې په ورځ وویل چې زوړ پل به ونه تړل شي، خو هغه موټر چلوونکي چې هره ورځ ترې تېرېږي، په دې ژمنه باور نه لري."},
    {"ug", "شەھەر كېڭىشى سەيشەنبە كۈنى كونا كۆۋرۈك تاقالمايدۇ دېدى، لېكىن ئۇنى ھەر كۈنى ئىشلىتىدىغان شوپۇرلار بۇ ۋەدىگە ئىشەنمەيدۇ."},
    {"yi", "דער שטאָטראַט האָט דינסטיק געזאָגט אַז די אַלטע בריק וועט נישט ווערן פֿאַרמאַכט, אָבער די שאָפֿערן וואָס ניצן זי יעדן טאָג זענען נישט זיכער."},
    {"as", "নগৰ পৰিষদে মঙলবাৰে কৈছে যে পুৰণি দলংখন বন্ধ কৰা নহ'ব, কিন্তু প্ৰতিদিনে ব্যৱহাৰ কৰা চালকসকলে এই প্ৰতিশ্ৰুতিত বিশ্বাস নকৰে।"},
    {"am", "የከተማው ምክር ቤት ማክሰኞ ዕለት አሮጌው ድልድይ እንደማይዘጋ ተናግሯል፣ ነገር ግን በየቀኑ የሚጠቀሙበት ሾፌሮች እርግጠኛ አይደሉም።"},
    {"gu", "નગર પરિષદે મંગળવારે કહ્યું કે જૂનો પુલ બંધ નહીં થાય, પણ ડ્રાઇવરો ખુશ નથી."},
    {"pa", "ਸ਼ਹਿਰ ਦੀ ਕੌਂਸਲ ਨੇ ਮੰਗਲਵਾਰ ਨੂੰ ਕਿਹਾ ਕਿ ਪੁਰਾਣਾ ਪੁਲ ਬੰਦ ਨਹੀਂ ਹੋਵੇਗਾ।"},
    {"ta", "பழைய பாலம் மூடப்படாது என்று நகர சபை செவ்வாய்க்கிழமை கூறியது."},
    {"te", "పాత వంతెన మూసివేయబడదని నగర మండలి మంగళవారం తెలిపింది."},
    {"kn", "ಹಳೆಯ ಸೇತುವೆಯನ್ನು ಮುಚ್ಚುವುದಿಲ್ಲ ಎಂದು ನಗರ ಸಭೆ ಮಂಗಳವಾರ ಹೇಳಿದೆ."},
    {"ml", "പഴയ പാലം അടയ്ക്കില്ലെന്ന് നഗരസഭ ചൊവ്വാഴ്ച പറഞ്ഞു."},
    {"si", "පැරණි පාලම වසා නොදමන බව නගර සභාව අඟහරුවාදා පැවසීය."},
    {"or", "ପୁରୁଣା ସେତୁ ବନ୍ଦ ହେବ ନାହିଁ ବୋଲି ନଗର ପରିଷଦ ମଙ୍ଗଳବାର କହିଛି।"},
    {"lo", "ສະພາເມືອງກ່າວໃນວັນອັງຄານວ່າຈະບໍ່ປິດຂົວເກົ່າ"},
    {"km", "ក្រុមប្រឹក្សាក្រុងបាននិយាយកាលពីថ្ងៃអង្គារថាស្ពានចាស់នឹងមិនត្រូវបានបិទទេ។"},
    {"my", "မြို့တော်ကောင်စီက တံတားဟောင်းကို ပိတ်မည်မဟုတ်ကြောင်း အင်္ဂါနေ့တွင် ပြောသည်။"},
    {"bo", "གྲོང་ཁྱེར་ལྷན་ཚོགས་ཀྱིས་ཟམ་པ་རྙིང་པ་དེ་སྒོ་མི་རྒྱག་ཅེས་གསུངས།"},
    {"dv", "އިސްކަންދަރު ގޮތުގައި ބުރިޖު ބަންދެއް ނުކުރާނެ ކަމަށް ކައުންސިލުން ބުންޏެވެ."},
};
/* clang-format on */

TEST(tells_languages_apart) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        double confidence = -1;
        CHECK_TEXT(sheaf_slice_of(sheaf_language_of(sheaf_slice_of(rows[i].text), &confidence)),
                   rows[i].tag);
        CHECK(confidence > 0.3 && confidence < 1);
    }
}

static void check_unknown(const char *text) {
    double confidence = 1;
    CHECK_TEXT(sheaf_slice_of(sheaf_language_of(sheaf_slice_of(text), &confidence)), "und");
    CHECK(confidence == 0);
}

TEST(does_not_guess) {
    check_unknown("");
    check_unknown("12345 !!! 2022");
    check_unknown("Hello");
    check_unknown("Berlin London Paris Madrid Roma");
    check_unknown("The bridge");
    check_unknown(
        "xqzt brrm klonk vrzz fnord wibble zonk plugh xyzzy grue blorb frotz rezrov gnusto");
    check_unknown("\xFF\xFE\xFD");
    check_unknown("2022-02-10T09:13Z 45.6 78,9 EUR 1,200.00 +358 40 123 4567");
    check_unknown(
        "for (int i = 0; i < n; i++) { sum += list[i].size; } return sum == 0 ? NULL : x;");
    check_unknown("aGVsbG8gd29ybGQgdGhpcyBpcyBub3QgYSB0ZXh0IGluIGFueSBsYW5ndWFnZSBhdCBhbGw");
    check_unknown("The council said that it will not close the bridge and the road to the town. "
                  "Городской совет сообщил, что мост не закроют, но водители не уверены.");
    check_unknown("The council said that it is not to close the bridge of the town for the day. "
                  "Der Rat hat nicht gesagt, dass die Brücke und der Weg in den Ort zu ist.");
    CHECK_TEXT(sheaf_slice_of(sheaf_language_of(SLICE("Is it?"), NULL)), "und");
}

TEST(is_less_sure_of_less) {
    double few = 0;
    double many = 0;
    sheaf_language_of(SLICE("The bridge is old and it will not be closed for the time."), &few);
    sheaf_language_of(sheaf_slice_of(rows[0].text), &many);
    CHECK(few > 0 && few < many);
}

TEST(looks_at_the_beginning_only) {
    char text[20000];
    size_t used = 0;
    while (used < 8000)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s ", rows[0].text);
    while (used < 19000)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s ", rows[1].text);
    double confidence;
    CHECK_TEXT(sheaf_slice_of(sheaf_language_of(sheaf_slice_from(text, used), &confidence)), "en");
}

TEST(names_scripts) {
    static const struct {
        const char *text;
        sheaf_script script;
    } scripts[] = {
        {"", SHEAF_SCRIPT_NONE},
        {"123 !?", SHEAF_SCRIPT_NONE},
        {"abc где", SHEAF_SCRIPT_LATIN},
        {"abc года", SHEAF_SCRIPT_CYRILLIC},
        {"Ωμέγα", SHEAF_SCRIPT_GREEK},
        {"سلام ok", SHEAF_SCRIPT_ARABIC},
        {"שלום", SHEAF_SCRIPT_HEBREW},
        {"中文文本", SHEAF_SCRIPT_HAN},
        {"日本語の本", SHEAF_SCRIPT_KANA},
        {"カタカナ", SHEAF_SCRIPT_KANA},
        {"한국어", SHEAF_SCRIPT_HANGUL},
        {"ไทย", SHEAF_SCRIPT_THAI},
        {"हिन्दी", SHEAF_SCRIPT_DEVANAGARI},
        {"বাংলা", SHEAF_SCRIPT_BENGALI},
        {"հայերեն", SHEAF_SCRIPT_ARMENIAN},
        {"ქართული", SHEAF_SCRIPT_GEORGIAN},
        {"தமிழ்", SHEAF_SCRIPT_TAMIL},
        {"ᏣᎳᎩ", SHEAF_SCRIPT_OTHER},
        {"\xFF\xC3", SHEAF_SCRIPT_NONE},
        {"Tiếng Việt", SHEAF_SCRIPT_LATIN},
    };
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        CHECK_NUMBER(sheaf_script_of(sheaf_slice_of(scripts[i].text)), scripts[i].script);
}

/* The numbers are written in files. */
TEST(keeps_the_numbers_of_scripts) {
    CHECK_NUMBER(SHEAF_SCRIPT_LATIN, 1);
    CHECK_NUMBER(SHEAF_SCRIPT_HAN, 6);
    CHECK_NUMBER(SHEAF_SCRIPT_OTHER, 14);
}

int main(void) {
    RUN(T(tells_languages_apart), T(does_not_guess), T(is_less_sure_of_less),
        T(looks_at_the_beginning_only), T(names_scripts), T(keeps_the_numbers_of_scripts));
}
