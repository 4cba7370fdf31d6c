#!/usr/bin/env python3
"""make_sentence_tables.py - the tables of sentences.

    python3 make_sentence_tables.py [/usr/share/unicode] > sentence_tables.c

The class of every code point comes out of Debian's unicode-data (UAX #29), in
two stages as in make_word_tables.py. The words are ours: what is written with a
full point at its end, and words that begin sentences much more often than they
follow such a point within one.
"""
import os
import sys

FOLDER = sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode"
PAGE = 128
CLASSES = "Other CR LF Sep Extend Format Sp Lower Upper OLetter Numeric ATerm SContinue STerm Close".split()
LANGUAGES = "en de fr es it pt nl ru pl cs sv da no fi bg el tr kk".split()

# What a point behind the word says when a capital or a digit follows:
#   title   never an end: a name or a noun must follow
#   number  no end before a number
#   maybe   an end before a word that begins sentences, else none
#   proper  as maybe, where it has a capital itself; else it is some other word
#   end     an end before any capital
#   month   no end before a number, else as maybe
#   date    (no abbreviation) a month in full, as datelines have it
#   starter (no abbreviation) begins sentences
WORDS = {
    ("en", "title"): """adm asst assoc atty bp br brig capt cmdr col comdr cpl dr drs det dir ens fr gen
        gov hon hr insp lt maj messrs mlle mme mmes mr mrs ms msgr mt mx ofc op pfc pres prof pvt rep
        reps res rev rt sen sens sfc sgt sr st supt surg ste vs v viz cf ie i.e eg e.g al.eg ft
        comm lieut chmn amb ph""",
    ("en", "number"): """no nos nr p pp pg pt vol vols fig figs art arts sec sect ch chap chs eq eqs ex
        para par tel ext rm apt bldg ca c approx circa sched stat""",
    ("en", "maybe"): """co inc ltd corp bros cos jr sr esq dept dist div est govt intl natl assn ave
        blvd rd st ln pl sq hwy pkwy mts mt univ inst lab labs dept acct admin adv bn bros b.c d.c u.s
        u.k u.n u.s.a e.u n.y n.j l.a ph.d m.d b.a m.a b.sc m.sc r.n d.d.s min max avg misc orig ref
        refs repr trans ed eds publ fwd attn gal lb lbs oz ft yd mi mph hrs hr mins secs sq plc llc llp
        l.l.p al pty ag mfg ry rly cie ets""",
    ("en", "proper"): """cal calif conn del fla ga ill ind kan ky la mass md me mich minn miss mo mont
        neb nev okla ont ore pa penn que tenn tex va vt wash wis wyo ala alta ariz ark mon tue tues wed
        thu thur thurs fri sat sun""",
    ("en", "end"): """etc a.m p.m am pm""",
    ("en", "month"): """jan feb mar apr jun jul aug sep sept oct nov dec""",
    ("en", "date"): """january february march april may june july august september october november
        december""",
    ("en", "starter"): """the a an this that these those it he she they we you i his her its their our my
        your there here in on at by for from with as if when while where what who whom why how which
        but and or so yet however although though because since after before during until once then
        thus now today yesterday meanwhile moreover further furthermore also did do does is are was
        were has have had can could will would should may might must not no yes one some many most
        all each every another other such please let to about according among both despite each even
        few first second last instead just like more much never nobody nothing of only perhaps
        several someone something still under unlike well""",
    ("de", "title"): """dr prof hr hrn fr dipl ing med phil jur mag st abs art bd bde bzw ca d.h dgl ebd
        evtl geb gest gem ggf hrsg i.d.r i.a insb inkl kath ev lt max min mind mio mrd nr o.ä o.g op
        p.a rd s.a s.o s.u sog tel u.a u.u usf vgl v.chr n.chr z.b z.t z.zt zit zzgl zw bspw d.i f.d
        i.v m.e u.a.m str z d b u a i s vs bez dt engl frz griech lat ital jhd jh allg ausg""",
    ("de", "number"): """s nr abb tab kap abschn ziff bd""",
    ("de", "end"): """usw etc""",
    ("de", "maybe"): """co ff f jr sen gmbh""",
    ("de", "month"): """jan feb mär mrz apr jun jul aug sep sept okt nov dez""",
    ("de", "date"): """januar februar märz april mai juni juli august september oktober november
        dezember""",
    ("de", "starter"): """der die das er sie es ich wir ihr ein eine einer eines und aber oder doch denn in
        im am an auf bei mit nach von vor zu zum zur aus für über unter wenn als ob da dort hier
        dann nun so auch nur noch wie was wer wo warum dieser diese dieses kein keine nicht man
        sein seine ihre unser trotzdem deshalb allerdings dabei damit danach davon dafür jetzt""",
    ("fr", "title"): """m mm mme mmes mlle mlles dr drs pr me mgr st ste gén col cap lt cf av al p.ex ex
        éd env etc.p vs hab apr""",
    ("fr", "number"): """n no p pp art chap fig t tél vol""",
    ("fr", "end"): """etc""",
    ("fr", "maybe"): """cie j.-c av apr ph.d s.a""",
    ("fr", "month"): """janv févr avr juil sept oct nov déc""",
    ("fr", "starter"): """le la les l' un une des il elle ils elles on nous vous je ce cette ces cet c'est et
        mais ou donc or car dans en au aux à de du pour par sur avec sans si quand comme qui que
        quoi où pourquoi comment son sa ses leur leurs mon ma après avant depuis selon""",
    ("es", "title"): """sr sra srta srs sres dr dra drs dres d da dña don fr gral lic ing arq prof profa
        mons rev sto sta ud uds vd vds excmo ilmo cap cnel tte cte pdte p.ej ej cf vs aprox av avda
        c.f dept depto""",
    ("es", "number"): """no núm nro n pág págs p pp art arts cap fig tel tlf vol t""",
    ("es", "end"): """etc""",
    ("es", "maybe"): """ee.uu ee uu s.a cía co ltda hnos jr a.c d.c""",
    ("es", "month"): """ene feb mar abr jun jul ago sep sept oct nov dic""",
    ("es", "starter"): """el la los las un una unos unas él ella ellos ellas yo tú nosotros y pero o en de del
        al a por para con sin sobre según si cuando como qué quién cómo dónde esto este esta estos
        estas ese esa su sus mi no se le lo también además desde hasta tras""",
    ("it", "title"): """sig sigg sig.ra sig.na dott dr dott.ssa prof prof.ssa avv ing arch geom rag on sen
        gen col cap mons don s ss fr cfr es p.es vs ca rev cav comm egr gent spett""",
    ("it", "number"): """n nn p pp pag pagg art artt cap fig tel vol""",
    ("it", "end"): """ecc etc""",
    ("it", "maybe"): """s.p.a s.r.l spa srl a.c d.c""",
    ("it", "month"): """gen feb mar apr mag giu lug ago set sett ott nov dic""",
    ("it", "starter"): """il lo la i gli le un uno una egli ella essi io noi voi loro e ma o in nel nella di del
        della a al alla da dal per con su sul se quando come chi che cosa dove perché questo questa
        questi queste quello non si anche dopo prima secondo""",
    ("pt", "title"): """sr sra srs sras srta dr dra drs d dom exmo exma prof profa eng arq gen cel cap ten
        sto sta pe ex p.ex cf vs av""",
    ("pt", "number"): """n no nº núm pág págs p pp art arts cap fig tel vol""",
    ("pt", "end"): """etc""",
    ("pt", "maybe"): """ltda cia s.a e.u.a a.c d.c jr""",
    ("pt", "month"): """jan fev mar abr mai jun jul ago set out nov dez""",
    ("pt", "starter"): """o a os as um uma ele ela eles elas eu nós você e mas ou em no na nos nas de do da
        ao à por para com sem sobre segundo se quando como quem que onde porque este esta isto
        esse essa seu sua não também depois antes""",
    ("nl", "title"): """dhr mevr mw dr drs ing ir mr prof ds jhr jkvr st gen kol kapt lt bijv bv d.w.z m.a.w
        o.a t.a.v t.o.v ca cf evt excl incl i.p.v m.b.t nl v vs z.g zgn a.d""",
    ("nl", "number"): """nr nrs blz p pp art afb fig hfst tel""",
    ("nl", "end"): """enz etc""",
    ("nl", "maybe"): """n.v b.v co jr sr""",
    ("nl", "month"): """jan feb mrt apr jun jul aug sep sept okt nov dec""",
    ("nl", "starter"): """de het een hij zij ze we wij ik jij u dit dat deze die er in op aan bij met van voor
        naar uit om maar en of als toen wanneer hoe wat wie waar waarom ook niet na volgens""",
    ("ru", "title"): """г гг гр им ул пр просп пл пер д корп обл р ст стр тов проф акад доц чл инж т.е т.к т.н
        т.д.и и.о др.греч см ср напр нач рис табл гл кн изд ред сост авт о-в оз м-р св рр
        пос дер с г-н г-жа ген полк кап лейт мл св.в""",
    ("ru", "number"): """п пп ст стр гл рис табл тел кв оф д т ч № корп""",
    ("ru", "end"): """т.д т.п др пр""",
    ("ru", "maybe"): """тыс млн млрд трлн руб коп долл кг км см мм мин сек ч в вв г гг н.э сша чел шт экз
        соавт соч""",
    ("ru", "month"): """янв фев февр мар апр июн июл авг сен сент окт ноя нояб дек""",
    ("ru", "date"): """января февраля марта апреля мая июня июля августа сентября октября ноября
        декабря""",
    ("ru", "starter"): """он она оно они я мы вы ты это этот эта эти тот та те в во на с со к по из за для от
        до при у о об а и но или если когда как что кто где почему зачем не так там тут здесь
        после перед также однако поэтому потом его её их мой наш ваш все всё""",
    ("pl", "title"): """dr prof mgr inż hab ks św p pani gen płk kpt ppłk mjr por im ul al pl np tzw m.in
        tj ok ws ww wg r. red doc o br bł hr abp bp kard zob por.""",
    ("pl", "number"): """nr s str art ust poz rys tab rozdz tel t""",
    ("pl", "end"): """itd itp""",
    ("pl", "maybe"): """r w zł gr tys mln mld km kg godz min sek n.e wyd""",
    ("pl", "starter"): """on ona ono oni to ten ta te w we na z ze do od po za o u i a ale lub jeśli gdy jak co
        kto gdzie dlaczego nie tak tam tu po przed jednak""",
    ("cs", "title"): """dr ing mgr bc mudr judr phdr rndr prof doc p sv gen plk kpt mjr ul nám tzv např tj
        mj cca vs""",
    ("cs", "number"): """č s str čl odst obr tab tel""",
    ("cs", "end"): """atd apod""",
    ("cs", "maybe"): """s.r.o a.s kč tis mil mld n.l""",
    ("cs", "starter"): """on ona ono oni to ten ta ti v ve na z ze do od po za o u i a ale nebo když jak co kdo
        kde proč ne tak tam""",
    ("sv", "title"): """dr prof hr fr st bl.a t.ex d.v.s s.k ca jfr resp dvs fd ev kap""",
    ("sv", "number"): """nr s sid kap tel""",
    ("sv", "end"): """etc osv m.m m.fl o.s.v""",
    ("sv", "month"): """jan feb apr jun jul aug sep sept okt nov dec""",
    ("sv", "starter"): """det den de han hon vi jag ni du en ett i på av med för till från om när men och eller
        som där här var vad vem hur inte""",
    ("da", "title"): """dr prof hr fr st bl.a f.eks d.v.s ca jf fx dvs mht pga evt adm afd bl cand stud""",
    ("da", "number"): """nr s kap tlf stk pkt""",
    ("da", "end"): """etc osv m.m m.fl mv""",
    ("da", "maybe"): """kr mio mia kl""",
    ("da", "month"): """jan feb apr jun jul aug sep sept okt nov dec""",
    ("da", "date"): """januar februar marts april maj juni juli august september oktober november
        december""",
    ("da", "starter"): """det den de han hun vi jeg i du en et på af med for til fra om når men og eller som
        der her hvor hvad hvem hvordan ikke""",
    ("no", "title"): """dr prof hr fr st bl.a f.eks d.v.s ca jf dvs evt adm""",
    ("no", "number"): """nr s kap tlf kl""",
    ("no", "end"): """etc osv m.m m.fl mv""",
    ("no", "month"): """jan feb apr jun jul aug sep sept okt nov des""",
    ("no", "starter"): """det den de han hun vi jeg dere du en et på av med for til fra om når men og eller som
        der her hvor hva hvem hvordan ikke""",
    ("fi", "title"): """tri prof dos hra nti esim ks vrt nk so toht maist kand""",
    ("fi", "number"): """nro n s siv kpl puh""",
    ("fi", "end"): """jne ym yms""",
    ("fi", "starter"): """se hän he me te minä sinä tämä tuo nämä ja mutta tai jos kun kuin mitä kuka missä
        miksi ei on""",
    ("bg", "title"): """г г-н г-жа д-р проф инж ул бул св т.е т.нар напр вж арх акад доц кап ген""",
    ("bg", "number"): """с стр чл ал т бр тел""",
    ("bg", "end"): """т.н т.п др""",
    ("bg", "maybe"): """лв хил млн млрд км кг н.е""",
    ("el", "title"): """κ κα κκ δρ αγ καθ βλ π.χ δηλ στρ""",
    ("el", "number"): """σ σελ αρ αριθ τηλ""",
    ("el", "end"): """κ.λπ κ.ά κλπ κτλ""",
    ("el", "maybe"): """π.μ μ.μ π.χ. μ.χ""",
    ("tr", "title"): """dr prof doç av müh sn bkz örn alm ing yrd hz mim öğr alb gen""",
    ("tr", "number"): """no s sy cad sok mah tel""",
    ("tr", "end"): """vb vs vd""",
    ("kk", "title"): """т.б.м проф акад тов""",
    ("kk", "maybe"): """ж жж т.б т.с.с млн млрд""",
}
KINDS = "title number maybe proper end month date starter".split()


def properties(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        for line in file:
            fields = [field.strip() for field in line.split("#")[0].split(";")]
            if len(fields) > 1:
                low, _, high = fields[0].partition("..")
                for point in range(int(low, 16), int(high or low, 16) + 1):
                    yield point, fields[1]


def stages():
    of = [0] * 0x110000
    for point, value in properties("auxiliary/SentenceBreakProperty.txt"):
        of[point] = CLASSES.index(value)
    pages, first = {}, []
    for start in range(0, 0x110000, PAGE):
        first.append(pages.setdefault(tuple(of[start:start + PAGE]), len(pages)))
    return first, [value for page in pages for value in page]


def write_bytes(name, values):
    print(f"const unsigned char {name}[{len(values)}] = {{")
    for start in range(0, len(values), 24):
        print("    " + " ".join(f"{value}," for value in values[start:start + 24]))
    print("};\n")


def write_words():
    of = {}
    for (language, kind), words in WORDS.items():
        for word in words.split():
            kinds = of.setdefault(word.strip("."), [0] * len(KINDS))
            kinds[KINDS.index(kind)] |= 1 << LANGUAGES.index(language)
    print("const sheaf_sentence_word sheaf_sentence_words[] = {")
    for word in sorted(of, key=lambda text: text.encode()):
        print(f'    {{"{word}", {{{", ".join(hex(mask) for mask in of[word])}}}}},')
    print("};")
    print(f"const unsigned sheaf_sentence_word_count = {len(of)};\n")
    print("const char sheaf_sentence_languages[][3] = {")
    print("    " + " ".join(f'"{name}",' for name in LANGUAGES) + ' "",\n};')


def main():
    first, second = stages()
    print("/* sentence_tables.c - made by make_sentence_tables.py. */")
    print('#include "text/sentence_tables.h"\n\n/* clang-format off */')
    write_bytes("sheaf_sentence_pages", first)
    write_bytes("sheaf_sentence_classes", second)
    write_words()
    print("/* clang-format on */")


main()
