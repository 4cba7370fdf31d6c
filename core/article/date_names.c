/* date_names.c - one table of folded names, sorted by bytes.
 *
 * Folding (text/fold.h) takes case and accents away, so that fevrier, FÉVRIER
 * and février are one entry. Keep the order when you add a name: the search
 * halves, and the unit looks every name up. */
#include "article/date_names.h"

#include <string.h>

#include "base/slice.h"
#include "text/fold.h"

enum { NAME_SIZE = 40, WORD_MOST = 64 };

typedef struct entry {
    char name[NAME_SIZE];
    unsigned char number;
    unsigned char need;
} entry;

#define KANUN SHEAF_NAME_KANUN
#define TISHRIN SHEAF_NAME_TISHRIN
#define WEEKDAY SHEAF_NAME_WEEKDAY
#define NEEDS_DAY SHEAF_NAME_NEEDS_DAY
#define NEEDS_CAPITAL SHEAF_NAME_NEEDS_CAPITAL
#define NEEDS_SMALL SHEAF_NAME_NEEDS_SMALL

/* clang-format off */
static const entry names[] = {
    {"abr", 4, 0}, {"abril", 4, 0}, {"ago", 8, NEEDS_DAY}, {"agost", 8, 0}, {"agosti", 8, 0},
    {"agosto", 8, 0}, {"agt", 8, NEEDS_DAY}, {"agu", 8, NEEDS_DAY}, {"agust", 8, 0},
    {"agustos", 8, 0}, {"agustus", 8, 0}, {"antradienis", WEEKDAY, 0}, {"aout", 8, 0},
    {"apr", 4, 0}, {"aprel", 4, 0}, {"april", 4, 0}, {"aprila", 4, 0}, {"aprile", 4, 0},
    {"aprili", 4, 0}, {"aprilie", 4, 0}, {"aprilis", 4, 0}, {"aprill", 4, 0},
    {"ara", 12, NEEDS_DAY}, {"aralık", 12, 0}, {"aug", 8, 0}, {"august", 8, 0}, {"augusta", 8, 0},
    {"augusti", 8, 0}, {"augusts", 8, 0}, {"augustus", 8, 0}, {"augusztus", 8, 0},
    {"avgust", 8, 0}, {"avgusta", 8, 0}, {"avqust", 8, 0}, {"avr", 4, 0}, {"avril", 4, 0},
    {"balandzio", 4, 0}, {"birzelio", 6, 0}, {"brezen", 3, 0}, {"brezna", 3, 0},
    {"carsamba", WEEKDAY, 0}, {"cerven", 6, 0}, {"cervence", 7, 0}, {"cervenec", 7, 0},
    {"cervna", 6, 0}, {"cetrtek", WEEKDAY, 0}, {"ceturtdiena", WEEKDAY, 0},
    {"cetvrtak", WEEKDAY, 0}, {"csutortok", WEEKDAY, 0}, {"ctvrtek", WEEKDAY, 0},
    {"cuma", WEEKDAY, 0}, {"cumartesi", WEEKDAY, 0}, {"cze", 6, NEEDS_DAY}, {"czerwca", 6, 0},
    {"czerwcu", 6, 0}, {"czerwiec", 6, 0}, {"czwartek", WEEKDAY, 0}, {"dec", 12, 0},
    {"decembar", 12, 0}, {"december", 12, 0}, {"decembra", 12, 0}, {"decembre", 12, 0},
    {"decembri", 12, 0}, {"decembrie", 12, 0}, {"decembris", 12, 0}, {"dekabr", 12, 0},
    {"des", 12, NEEDS_DAY}, {"desemba", 12, 0}, {"desember", 12, 0}, {"desembre", 12, 0},
    {"detsember", 12, 0}, {"dez", 12, 0}, {"dezember", 12, 0}, {"dezembro", 12, 0},
    {"dhjetor", 12, 0}, {"di", WEEKDAY, 0}, {"dic", 12, 0}, {"dicembre", 12, 0},
    {"diciembre", 12, 0}, {"dienstag", WEEKDAY, 0}, {"dijous", WEEKDAY, 0},
    {"dilluns", WEEKDAY, 0}, {"dim", WEEKDAY, 0}, {"dimanche", WEEKDAY, 0},
    {"dimarts", WEEKDAY, 0}, {"dimecres", WEEKDAY, 0}, {"dinsdag", WEEKDAY, 0},
    {"disember", 12, 0}, {"dissabte", WEEKDAY, 0}, {"diumenge", WEEKDAY, 0},
    {"divendres", WEEKDAY, 0}, {"do", WEEKDAY, 0}, {"dom", WEEKDAY, 0}, {"domenica", WEEKDAY, 0},
    {"domingo", WEEKDAY, 0}, {"donderdag", WEEKDAY, 0}, {"donnerstag", WEEKDAY, 0},
    {"duben", 4, 0}, {"dubna", 4, 0}, {"duminica", WEEKDAY, 0}, {"eki", 10, NEEDS_DAY},
    {"ekim", 10, 0}, {"elokuu", 8, 0}, {"elokuussa", 8, 0}, {"elokuuta", 8, 0}, {"ene", 1, 0},
    {"enero", 1, 0}, {"esmaspaev", WEEKDAY, 0}, {"eyl", 9, NEEDS_DAY}, {"eylul", 9, 0},
    {"feb", 2, 0}, {"febbraio", 2, 0}, {"feber", 2, 0}, {"febr", 2, 0}, {"febrer", 2, 0},
    {"febrero", 2, 0}, {"februar", 2, 0}, {"februara", 2, 0}, {"februari", 2, 0},
    {"februarie", 2, 0}, {"februaris", 2, 0}, {"februarja", 2, 0}, {"february", 2, 0},
    {"fev", 2, 0}, {"fevereiro", 2, 0}, {"fevr", 2, 0}, {"fevral", 2, 0}, {"fevrier", 2, 0},
    {"fr", WEEKDAY, 0}, {"fredag", WEEKDAY, 0}, {"freitag", WEEKDAY, 0}, {"fri", WEEKDAY, 0},
    {"friday", WEEKDAY, 0}, {"geguzes", 5, 0}, {"gen", 1, NEEDS_DAY}, {"gener", 1, 0},
    {"gennaio", 1, 0}, {"gio", WEEKDAY, 0}, {"giovedi", WEEKDAY, 0}, {"giu", 6, NEEDS_DAY},
    {"giugno", 6, 0}, {"gru", 12, NEEDS_DAY}, {"grudnia", 12, 0}, {"grudniu", 12, 0},
    {"grudzien", 12, 0}, {"gruodzio", 12, 0}, {"gusht", 8, 0}, {"haz", 6, NEEDS_DAY},
    {"haziran", 6, 0}, {"heinakuu", 7, 0}, {"heinakuussa", 7, 0}, {"heinakuuta", 7, 0},
    {"helmikuu", 2, 0}, {"helmikuussa", 2, 0}, {"helmikuuta", 2, 0}, {"hetfo", WEEKDAY, 0},
    {"huhtikuu", 4, 0}, {"huhtikuussa", 4, 0}, {"huhtikuuta", 4, 0}, {"ian", 1, 0},
    {"ianuarie", 1, 0}, {"iul", 7, 0}, {"iulie", 7, 0}, {"iun", 6, 0}, {"iunie", 6, 0},
    {"iyul", 7, 0}, {"iyun", 6, 0}, {"jaanuar", 1, 0}, {"jan", 1, 0}, {"janar", 1, 0},
    {"janeiro", 1, 0}, {"janner", 1, 0}, {"januar", 1, 0}, {"januara", 1, 0}, {"januari", 1, 0},
    {"januarie", 1, 0}, {"januarja", 1, 0}, {"january", 1, 0}, {"janv", 1, 0}, {"janvara", 1, 0},
    {"janvari", 1, 0}, {"janvaris", 1, 0}, {"janvier", 1, 0}, {"jeu", WEEKDAY, 0},
    {"jeudi", WEEKDAY, 0}, {"joi", WEEKDAY, 0}, {"joulukuu", 12, 0}, {"joulukuussa", 12, 0},
    {"joulukuuta", 12, 0}, {"jue", WEEKDAY, 0}, {"jueves", WEEKDAY, 0}, {"juil", 7, 0},
    {"juillet", 7, 0}, {"juin", 6, 0}, {"jul", 7, 0}, {"jula", 7, 0}, {"julai", 7, 0},
    {"julho", 7, 0}, {"juli", 7, 0}, {"julie", 7, 0}, {"julij", 7, 0}, {"julija", 7, 0},
    {"julijs", 7, 0}, {"julio", 7, 0}, {"juliol", 7, 0}, {"julius", 7, 0}, {"july", 7, 0},
    {"jumat", WEEKDAY, 0}, {"jun", 6, 0}, {"juna", 6, 0}, {"june", 6, 0}, {"junho", 6, 0},
    {"juni", 6, 0}, {"junie", 6, 0}, {"junij", 6, 0}, {"junija", 6, 0}, {"junijs", 6, 0},
    {"junio", 6, 0}, {"junius", 6, 0}, {"juny", 6, 0}, {"juuli", 7, 0}, {"juuni", 6, 0},
    {"kamis", WEEKDAY, 0}, {"kas", 11, NEEDS_DAY}, {"kasım", 11, 0}, {"kedd", WEEKDAY, 0},
    {"kesakuu", 6, 0}, {"kesakuussa", 6, 0}, {"kesakuuta", 6, 0}, {"keskiviikko", WEEKDAY, 0},
    {"keskiviikkona", WEEKDAY, 0}, {"ketvirtadienis", WEEKDAY, 0}, {"kolmapaev", WEEKDAY, 0},
    {"kolovoz", 8, 0}, {"kolovoza", 8, 0}, {"korrik", 7, 0}, {"kovo", 3, 0}, {"kveten", 5, 0},
    {"kvetna", 5, 0}, {"kwi", 4, NEEDS_DAY}, {"kwiecien", 4, 0}, {"kwietnia", 4, 0},
    {"kwietniu", 4, 0}, {"lapkricio", 11, 0}, {"lauantai", WEEKDAY, 0},
    {"lauantaina", WEEKDAY, 0}, {"laupaev", WEEKDAY, 0}, {"leden", 1, 0}, {"ledna", 1, 0},
    {"liepos", 7, 0}, {"lip", 7, NEEDS_DAY}, {"lipanj", 6, 0}, {"lipca", 7, 0}, {"lipcu", 7, 0},
    {"lipiec", 7, 0}, {"lipnja", 6, 0}, {"lis", 11, NEEDS_DAY}, {"listopad", 11, 0},
    {"listopada", 11, 0}, {"listopadu", 11, 0}, {"listopadzie", 11, 0}, {"lokakuu", 10, 0},
    {"lokakuussa", 10, 0}, {"lokakuuta", 10, 0}, {"lordag", WEEKDAY, 0}, {"lug", 7, NEEDS_DAY},
    {"luglio", 7, 0}, {"lun", WEEKDAY, 0}, {"lundi", WEEKDAY, 0}, {"lunedi", WEEKDAY, 0},
    {"lunes", WEEKDAY, 0}, {"luni", WEEKDAY, 0}, {"lut", 2, NEEDS_DAY}, {"lutego", 2, 0},
    {"luty", 2, 0}, {"lutym", 2, 0}, {"lørdag", WEEKDAY, 0}, {"maaliskuu", 3, 0},
    {"maaliskuussa", 3, 0}, {"maaliskuuta", 3, 0}, {"maanantai", WEEKDAY, 0},
    {"maanantaina", WEEKDAY, 0}, {"maandag", WEEKDAY, 0}, {"maart", 3, 0}, {"mac", 3, NEEDS_DAY},
    {"machi", 3, 0}, {"maerz", 3, 0}, {"mag", 5, NEEDS_DAY}, {"maggio", 5, 0},
    {"mai", 5, NEEDS_CAPITAL}, {"maig", 5, 0}, {"maija", 5, 0}, {"maijs", 5, 0}, {"maio", 5, 0},
    {"maj", 5, 0}, {"maja", 5, 0}, {"maju", 5, 0}, {"majus", 5, 0}, {"mandag", WEEKDAY, 0},
    {"mar", 3, NEEDS_DAY}, {"marc", 3, 0}, {"marca", 3, 0}, {"march", 3, NEEDS_CAPITAL},
    {"marcius", 3, 0}, {"marco", 3, 0}, {"marcu", 3, 0}, {"mardi", WEEKDAY, 0}, {"maret", 3, 0},
    {"marraskuu", 11, 0}, {"marraskuussa", 11, 0}, {"marraskuuta", 11, 0},
    {"mars", 3, NEEDS_SMALL}, {"mart", 3, 0}, {"martedi", WEEKDAY, 0}, {"martes", WEEKDAY, 0},
    {"marti", WEEKDAY, 0}, {"martie", 3, 0}, {"marts", 3, 0}, {"marz", 3, 0}, {"marzec", 3, 0},
    {"marzo", 3, 0}, {"may", 5, NEEDS_CAPITAL}, {"mayo", 5, 0}, {"mayıs", 5, 0},
    {"mei", 5, NEEDS_CAPITAL}, {"mer", WEEKDAY, 0}, {"mercoledi", WEEKDAY, 0},
    {"mercredi", WEEKDAY, 0}, {"mi", WEEKDAY, 0}, {"mie", WEEKDAY, 0}, {"miercoles", WEEKDAY, 0},
    {"miercuri", WEEKDAY, 0}, {"minggu", WEEKDAY, 0}, {"mittwoch", WEEKDAY, 0},
    {"mo", WEEKDAY, 0}, {"mon", WEEKDAY, 0}, {"monday", WEEKDAY, 0}, {"montag", WEEKDAY, 0},
    {"mrt", 3, 0}, {"mrz", 3, 0}, {"nedela", WEEKDAY, 0}, {"nedele", WEEKDAY, 0},
    {"nedjelja", WEEKDAY, 0}, {"neljapaev", WEEKDAY, 0}, {"nentor", 11, 0},
    {"niedziela", WEEKDAY, 0}, {"nis", 4, NEEDS_DAY}, {"nisan", 4, 0}, {"noi", 11, NEEDS_DAY},
    {"noiembrie", 11, 0}, {"nopember", 11, 0}, {"nov", 11, 0}, {"novemba", 11, 0},
    {"novembar", 11, 0}, {"november", 11, 0}, {"novembra", 11, 0}, {"novembre", 11, 0},
    {"novembri", 11, 0}, {"novembris", 11, 0}, {"novembro", 11, 0}, {"noviembre", 11, 0},
    {"noyabr", 11, 0}, {"oca", 1, NEEDS_DAY}, {"ocak", 1, 0}, {"oct", 10, 0}, {"october", 10, 0},
    {"octobre", 10, 0}, {"octombrie", 10, 0}, {"octubre", 10, 0}, {"ogos", 8, 0}, {"okt", 10, 0},
    {"oktoba", 10, 0}, {"oktobar", 10, 0}, {"oktober", 10, 0}, {"oktobra", 10, 0},
    {"oktobri", 10, 0}, {"oktobris", 10, 0}, {"oktoober", 10, 0}, {"oktyabr", 10, 0},
    {"onsdag", WEEKDAY, 0}, {"otrdiena", WEEKDAY, 0}, {"ott", 10, 0}, {"ottobre", 10, 0},
    {"out", 10, NEEDS_DAY}, {"outubro", 10, 0}, {"ozujak", 3, 0}, {"ozujka", 3, 0},
    {"patek", WEEKDAY, 0}, {"paz", 10, NEEDS_DAY}, {"pazar", WEEKDAY, 0},
    {"pazartesi", WEEKDAY, 0}, {"pazdziernik", 10, 0}, {"pazdziernika", 10, 0},
    {"pazdzierniku", 10, 0}, {"pebruari", 2, 0}, {"penktadienis", WEEKDAY, 0},
    {"pentek", WEEKDAY, 0}, {"perjantai", WEEKDAY, 0}, {"perjantaina", WEEKDAY, 0},
    {"persembe", WEEKDAY, 0}, {"petak", WEEKDAY, 0}, {"piatek", WEEKDAY, 0},
    {"piatok", WEEKDAY, 0}, {"piektdiena", WEEKDAY, 0}, {"pirmadienis", WEEKDAY, 0},
    {"pirmdiena", WEEKDAY, 0}, {"pondeli", WEEKDAY, 0}, {"pondelok", WEEKDAY, 0},
    {"ponedeljek", WEEKDAY, 0}, {"ponedjeljak", WEEKDAY, 0}, {"poniedziałek", WEEKDAY, 0},
    {"prill", 4, NEEDS_DAY}, {"prosinac", 12, 0}, {"prosinca", 12, 0}, {"prosince", 12, 0},
    {"prosinec", 12, 0}, {"puhapaev", WEEKDAY, 0}, {"qershor", 6, 0}, {"quarta", WEEKDAY, 0},
    {"quinta", WEEKDAY, 0}, {"rabu", WEEKDAY, 0}, {"reede", WEEKDAY, 0}, {"rijen", 10, 0},
    {"rijna", 10, 0}, {"rugpjucio", 8, 0}, {"rugsejo", 9, 0}, {"rujan", 9, 0}, {"rujna", 9, 0},
    {"sa", WEEKDAY, 0}, {"sab", WEEKDAY, 0}, {"sabado", WEEKDAY, 0}, {"sabato", WEEKDAY, 0},
    {"sabtu", WEEKDAY, 0}, {"salı", WEEKDAY, 0}, {"sam", WEEKDAY, 0}, {"sambata", WEEKDAY, 0},
    {"samedi", WEEKDAY, 0}, {"samstag", WEEKDAY, 0}, {"sat", WEEKDAY, 0},
    {"saterdag", WEEKDAY, 0}, {"saturday", WEEKDAY, 0}, {"sausio", 1, 0}, {"segunda", WEEKDAY, 0},
    {"sekmadienis", WEEKDAY, 0}, {"selasa", WEEKDAY, 0}, {"senin", WEEKDAY, 0},
    {"sentyabr", 9, 0}, {"sep", 9, 0}, {"sept", 9, 0}, {"septemba", 9, 0}, {"septembar", 9, 0},
    {"september", 9, 0}, {"septembra", 9, 0}, {"septembre", 9, 0}, {"septembri", 9, 0},
    {"septembrie", 9, 0}, {"septembris", 9, 0}, {"septiembre", 9, 0}, {"sestadienis", WEEKDAY, 0},
    {"sestdiena", WEEKDAY, 0}, {"set", 9, NEEDS_DAY}, {"setembre", 9, 0}, {"setembro", 9, 0},
    {"setiembre", 9, 0}, {"settembre", 9, 0}, {"sexta", WEEKDAY, 0}, {"shkurt", 2, 0},
    {"shtator", 9, 0}, {"sie", 8, NEEDS_DAY}, {"sierpien", 8, 0}, {"sierpnia", 8, 0},
    {"sierpniu", 8, 0}, {"sijecanj", 1, 0}, {"sijecnja", 1, 0}, {"so", WEEKDAY, 0},
    {"sobota", WEEKDAY, 0}, {"sondag", WEEKDAY, 0}, {"sonnabend", WEEKDAY, 0},
    {"sonntag", WEEKDAY, 0}, {"spalio", 10, 0}, {"sreda", WEEKDAY, 0}, {"srijeda", WEEKDAY, 0},
    {"sroda", WEEKDAY, 0}, {"srpanj", 7, 0}, {"srpen", 8, 0}, {"srpna", 8, 0}, {"srpnja", 7, 0},
    {"streda", WEEKDAY, 0}, {"studeni", 11, 0}, {"studenog", 11, 0}, {"studenoga", 11, 0},
    {"stvrtok", WEEKDAY, 0}, {"sty", 1, NEEDS_DAY}, {"styczen", 1, 0}, {"stycznia", 1, 0},
    {"styczniu", 1, 0}, {"sub", 2, NEEDS_DAY}, {"subat", 2, 0}, {"subota", WEEKDAY, 0},
    {"sun", WEEKDAY, 0}, {"sunday", WEEKDAY, 0}, {"sunnuntai", WEEKDAY, 0},
    {"sunnuntaina", WEEKDAY, 0}, {"svetdiena", WEEKDAY, 0}, {"svibanj", 5, 0}, {"svibnja", 5, 0},
    {"syyskuu", 9, 0}, {"syyskuussa", 9, 0}, {"syyskuuta", 9, 0}, {"szept", 9, 0},
    {"szeptember", 9, 0}, {"szerda", WEEKDAY, 0}, {"szombat", WEEKDAY, 0}, {"søndag", WEEKDAY, 0},
    {"tammikuu", 1, 0}, {"tammikuussa", 1, 0}, {"tammikuuta", 1, 0}, {"teisipaev", WEEKDAY, 0},
    {"tem", 7, NEEDS_DAY}, {"temmuz", 7, 0}, {"terca", WEEKDAY, 0}, {"tetor", 10, 0},
    {"thu", WEEKDAY, 0}, {"thur", WEEKDAY, 0}, {"thurs", WEEKDAY, 0}, {"thursday", WEEKDAY, 0},
    {"tiistai", WEEKDAY, 0}, {"tiistaina", WEEKDAY, 0}, {"tirsdag", WEEKDAY, 0},
    {"tisdag", WEEKDAY, 0}, {"torek", WEEKDAY, 0}, {"torsdag", WEEKDAY, 0},
    {"torstai", WEEKDAY, 0}, {"torstaina", WEEKDAY, 0}, {"toukokuu", 5, 0}, {"toukokuussa", 5, 0},
    {"toukokuuta", 5, 0}, {"travanj", 4, 0}, {"travnja", 4, 0}, {"treciadienis", WEEKDAY, 0},
    {"tresdiena", WEEKDAY, 0}, {"tue", WEEKDAY, 0}, {"tues", WEEKDAY, 0}, {"tuesday", WEEKDAY, 0},
    {"unor", 2, 0}, {"unora", 2, 0}, {"utery", WEEKDAY, 0}, {"utorak", WEEKDAY, 0},
    {"utorok", WEEKDAY, 0}, {"vasario", 2, 0}, {"vasarnap", WEEKDAY, 0}, {"veebruar", 2, 0},
    {"veljaca", 2, 0}, {"veljace", 2, 0}, {"ven", WEEKDAY, 0}, {"vendredi", WEEKDAY, 0},
    {"venerdi", WEEKDAY, 0}, {"vie", WEEKDAY, 0}, {"viernes", WEEKDAY, 0}, {"vineri", WEEKDAY, 0},
    {"vrijdag", WEEKDAY, 0}, {"vrydag", WEEKDAY, 0}, {"wed", WEEKDAY, 0},
    {"wednesday", WEEKDAY, 0}, {"weds", WEEKDAY, 0}, {"woensdag", WEEKDAY, 0},
    {"wrz", 9, NEEDS_DAY}, {"wrzesien", 9, 0}, {"wrzesnia", 9, 0}, {"wrzesniu", 9, 0},
    {"wtorek", WEEKDAY, 0}, {"yanvar", 1, 0}, {"zari", 9, 0}, {"zaterdag", WEEKDAY, 0},
    {"zondag", WEEKDAY, 0}, {"απρ", 4, 0}, {"απριλιο", 4, 0}, {"απριλιοσ", 4, 0},
    {"απριλιου", 4, 0}, {"αυγ", 8, 0}, {"αυγουστο", 8, 0}, {"αυγουστοσ", 8, 0},
    {"αυγουστου", 8, 0}, {"δεκ", 12, 0}, {"δεκεμβριο", 12, 0}, {"δεκεμβριοσ", 12, 0},
    {"δεκεμβριου", 12, 0}, {"δευτερα", WEEKDAY, 0}, {"ιαν", 1, 0}, {"ιανουαριο", 1, 0},
    {"ιανουαριοσ", 1, 0}, {"ιανουαριου", 1, 0}, {"ιουλ", 7, 0}, {"ιουλιο", 7, 0},
    {"ιουλιοσ", 7, 0}, {"ιουλιου", 7, 0}, {"ιουν", 6, 0}, {"ιουνιο", 6, 0}, {"ιουνιοσ", 6, 0},
    {"ιουνιου", 6, 0}, {"κυριακη", WEEKDAY, 0}, {"μαι", 5, 0}, {"μαιο", 5, 0}, {"μαιοσ", 5, 0},
    {"μαιου", 5, 0}, {"μαρ", 3, 0}, {"μαρτιο", 3, 0}, {"μαρτιοσ", 3, 0}, {"μαρτιου", 3, 0},
    {"νοε", 11, 0}, {"νοεμβριο", 11, 0}, {"νοεμβριοσ", 11, 0}, {"νοεμβριου", 11, 0},
    {"οκτ", 10, 0}, {"οκτωβριο", 10, 0}, {"οκτωβριοσ", 10, 0}, {"οκτωβριου", 10, 0},
    {"παρασκευη", WEEKDAY, 0}, {"πεμπτη", WEEKDAY, 0}, {"σαββατο", WEEKDAY, 0}, {"σεπ", 9, 0},
    {"σεπτ", 9, 0}, {"σεπτεμβριο", 9, 0}, {"σεπτεμβριοσ", 9, 0}, {"σεπτεμβριου", 9, 0},
    {"τεταρτη", WEEKDAY, 0}, {"τριτη", WEEKDAY, 0}, {"φεβ", 2, 0}, {"φεβρουαριο", 2, 0},
    {"φεβρουαριοσ", 2, 0}, {"φεβρουαριου", 2, 0}, {"авг", 8, 0}, {"август", 8, 0},
    {"августа", 8, 0}, {"августе", 8, 0}, {"апр", 4, 0}, {"апреле", 4, 0}, {"апрель", 4, 0},
    {"апреля", 4, 0}, {"април", 4, 0}, {"априла", 4, 0}, {"бер", 3, NEEDS_DAY},
    {"березень", 3, 0}, {"березня", 3, 0}, {"вер", 9, NEEDS_DAY}, {"верасня", 9, 0},
    {"вересень", 9, 0}, {"вересня", 9, 0}, {"воскресенье", WEEKDAY, 0}, {"вс", WEEKDAY, 0},
    {"вт", WEEKDAY, 0}, {"вторник", WEEKDAY, 0}, {"вівторок", WEEKDAY, 0}, {"гру", 12, NEEDS_DAY},
    {"грудень", 12, 0}, {"грудня", 12, 0}, {"дек", 12, 0}, {"декабре", 12, 0}, {"декабрь", 12, 0},
    {"декабря", 12, 0}, {"декември", 12, 0}, {"децембар", 12, 0}, {"децембра", 12, 0},
    {"жніуня", 8, 0}, {"жов", 10, NEEDS_DAY}, {"жовтень", 10, 0}, {"жовтня", 10, 0},
    {"июл", 7, 0}, {"июле", 7, 0}, {"июль", 7, 0}, {"июля", 7, 0}, {"июн", 6, 0}, {"июне", 6, 0},
    {"июнь", 6, 0}, {"июня", 6, 0}, {"кастрычніка", 10, 0}, {"кві", 4, 0}, {"квітень", 4, 0},
    {"квітня", 4, 0}, {"красавіка", 4, 0}, {"лип", 7, NEEDS_DAY}, {"липень", 7, 0},
    {"липня", 7, 0}, {"лис", 11, NEEDS_DAY}, {"листопад", 11, 0}, {"листопада", 11, 0},
    {"лют", 2, NEEDS_DAY}, {"лютага", 2, 0}, {"лютии", 2, 0}, {"лютого", 2, 0}, {"ліпеня", 7, 0},
    {"лістапада", 11, 0}, {"мае", 5, 0}, {"маи", 5, 0}, {"мар", 3, NEEDS_DAY}, {"март", 3, 0},
    {"марта", 3, 0}, {"марте", 3, 0}, {"мая", 5, 0}, {"мај", 5, 0}, {"маја", 5, 0},
    {"неделя", WEEKDAY, 0}, {"неділя", WEEKDAY, 0}, {"новембар", 11, 0}, {"новембра", 11, 0},
    {"ноември", 11, 0}, {"ноя", 11, 0}, {"нояб", 11, 0}, {"ноябре", 11, 0}, {"ноябрь", 11, 0},
    {"ноября", 11, 0}, {"окт", 10, 0}, {"октобар", 10, 0}, {"октобра", 10, 0},
    {"октомври", 10, 0}, {"октябре", 10, 0}, {"октябрь", 10, 0}, {"октября", 10, 0},
    {"п'ятниця", WEEKDAY, 0}, {"петък", WEEKDAY, 0}, {"пн", WEEKDAY, 0},
    {"понеделник", WEEKDAY, 0}, {"понедельник", WEEKDAY, 0}, {"понеділок", WEEKDAY, 0},
    {"пт", WEEKDAY, 0}, {"пятница", WEEKDAY, 0}, {"сакавіка", 3, 0},
    {"сб", WEEKDAY, 0}, {"сен", 9, 0}, {"сент", 9, 0}, {"сентябре", 9, 0}, {"сентябрь", 9, 0},
    {"сентября", 9, 0}, {"септембар", 9, 0}, {"септембра", 9, 0}, {"септември", 9, 0},
    {"сер", 8, NEEDS_DAY}, {"середа", WEEKDAY, 0}, {"середу", WEEKDAY, 0}, {"серпень", 8, 0},
    {"серпня", 8, 0}, {"снежня", 12, 0}, {"ср", WEEKDAY, 0}, {"среда", WEEKDAY, 0},
    {"сряда", WEEKDAY, 0}, {"студзеня", 1, 0}, {"суббота", WEEKDAY, 0},
    {"субота", WEEKDAY, 0}, {"събота", WEEKDAY, 0}, {"січ", 1, 0},
    {"січень", 1, 0}, {"січня", 1, 0}, {"тра", 5, NEEDS_DAY}, {"травень", 5, 0}, {"травня", 5, 0},
    {"трауня", 5, 0}, {"фебруар", 2, 0}, {"фебруара", 2, 0}, {"фев", 2, 0}, {"февр", 2, 0},
    {"феврале", 2, 0}, {"февраль", 2, 0}, {"февраля", 2, 0}, {"февруари", 2, 0},
    {"чер", 6, NEEDS_DAY}, {"червень", 6, 0}, {"червня", 6, 0}, {"четвер", WEEKDAY, 0},
    {"четверг", WEEKDAY, 0}, {"четвъртък", WEEKDAY, 0}, {"чт", WEEKDAY, 0}, {"чэрвеня", 6, 0},
    {"юли", 7, 0}, {"юни", 6, 0}, {"янв", 1, 0}, {"январе", 1, 0}, {"январь", 1, 0},
    {"января", 1, 0}, {"януари", 1, 0}, {"јануар", 1, 0}, {"јануара", 1, 0}, {"јануари", 1, 0},
    {"јул", 7, 0}, {"јула", 7, 0}, {"јули", 7, 0}, {"јун", 6, 0}, {"јуна", 6, 0}, {"јуни", 6, 0},
    {"ապրիլի", 4, 0}, {"դեկտեմբերի", 12, 0}, {"հոկտեմբերի", 10, 0}, {"հուլիսի", 7, 0},
    {"հունիսի", 6, 0}, {"հունվարի", 1, 0}, {"մայիսի", 5, 0}, {"մարտի", 3, 0},
    {"նոյեմբերի", 11, 0}, {"սեպտեմբերի", 9, 0}, {"փետրվարի", 2, 0}, {"օգոստոսի", 8, 0},
    {"אוגוסט", 8, 0}, {"אוקטובר", 10, 0}, {"אפריל", 4, 0}, {"באוגוסט", 8, 0}, {"באוקטובר", 10, 0},
    {"באפריל", 4, 0}, {"בדצמבר", 12, 0}, {"ביולי", 7, 0}, {"ביוני", 6, 0}, {"בינואר", 1, 0},
    {"במאי", 5, 0}, {"במרץ", 3, 0}, {"בנובמבר", 11, 0}, {"בספטמבר", 9, 0}, {"בפברואר", 2, 0},
    {"דצמבר", 12, 0}, {"יולי", 7, 0}, {"יוני", 6, 0}, {"ינואר", 1, 0}, {"מאי", 5, 0},
    {"מרס", 3, 0}, {"מרץ", 3, 0}, {"נובמבר", 11, 0}, {"ספטמבר", 9, 0}, {"פברואר", 2, 0},
    {"اب", 8, NEEDS_DAY}, {"ابريل", 4, 0}, {"اذار", 3, 0}, {"اغسطس", 8, 0}, {"افريل", 4, 0},
    {"اكتوبر", 10, 0}, {"الاثنين", WEEKDAY, 0}, {"الاحد", WEEKDAY, 0}, {"الاربعاء", WEEKDAY, 0},
    {"الثلاثاء", WEEKDAY, 0}, {"الجمعة", WEEKDAY, 0}, {"الخميس", WEEKDAY, 0},
    {"السبت", WEEKDAY, 0}, {"اوت", 8, 0}, {"اوریل", 4, 0}, {"ايار", 5, 0}, {"ايلول", 9, 0},
    {"اپریل", 4, 0}, {"اکتبر", 10, 0}, {"اکتوبر", 10, 0}, {"اگست", 8, 0}, {"تشرين", TISHRIN, 0},
    {"تموز", 7, 0}, {"جانفي", 1, 0}, {"جنوری", 1, 0}, {"جوان", 6, 0}, {"جولايی", 7, 0},
    {"جون", 6, 0}, {"جويلية", 7, 0}, {"حزيران", 6, 0}, {"دجنبر", 12, 0}, {"دسامبر", 12, 0},
    {"دسمبر", 12, 0}, {"ديسمبر", 12, 0}, {"سبتمبر", 9, 0}, {"ستمبر", 9, 0}, {"سپتامبر", 9, 0},
    {"شباط", 2, 0}, {"شتنبر", 9, 0}, {"غشت", 8, 0}, {"فبراير", 2, 0}, {"فروری", 2, 0},
    {"فوریه", 2, 0}, {"فيفري", 2, 0}, {"كانون", KANUN, 0}, {"مارس", 3, 0}, {"مارچ", 3, 0},
    {"ماي", 5, NEEDS_DAY}, {"مايو", 5, 0}, {"مه", 5, NEEDS_DAY}, {"ميی", 5, 0}, {"نوامبر", 11, 0},
    {"نوفمبر", 11, 0}, {"نومبر", 11, 0}, {"نونبر", 11, 0}, {"نيسان", 4, 0}, {"يناير", 1, 0},
    {"يوليه", 7, 0}, {"يوليو", 7, 0}, {"يوليوز", 7, 0}, {"يونيه", 6, 0}, {"يونيو", 6, 0},
    {"ژانویه", 1, 0}, {"ژوين", 6, 0}, {"ژويیه", 7, 0}, {"अक्टूबर", 10, 0}, {"अक्तूबर", 10, 0},
    {"अगस्त", 8, 0}, {"अप्रैल", 4, 0}, {"जनवरी", 1, 0}, {"जुलाई", 7, 0}, {"जून", 6, 0},
    {"दिसंबर", 12, 0}, {"दिसम्बर", 12, 0}, {"नवंबर", 11, 0}, {"नवम्बर", 11, 0}, {"फरवरी", 2, 0},
    {"फ़रवरी", 2, 0}, {"मई", 5, NEEDS_DAY}, {"मार्च", 3, 0}, {"सितंबर", 9, 0}, {"सितम्बर", 9, 0},
    {"অক্টোবর", 10, 0}, {"অগাস্ট", 8, 0}, {"আগস্ট", 8, 0}, {"এপ্রিল", 4, 0}, {"জানুয়ারি", 1, 0},
    {"জানুয়ারী", 1, 0}, {"জুন", 6, 0}, {"জুলাই", 7, 0}, {"ডিসেম্বর", 12, 0}, {"নভেম্বর", 11, 0},
    {"ফেব্রুয়ারি", 2, 0}, {"ফেব্রুয়ারী", 2, 0}, {"মার্চ", 3, 0}, {"মে", 5, NEEDS_DAY},
    {"সেপ্টেম্বর", 9, 0}, {"กรกฎาคม", 7, 0}, {"กันยายน", 9, 0}, {"กุมภาพันธ์", 2, 0},
    {"ตุลาคม", 10, 0}, {"ธันวาคม", 12, 0}, {"พฤศจิกายน", 11, 0}, {"พฤษภาคม", 5, 0},
    {"มกราคม", 1, 0}, {"มิถุนายน", 6, 0}, {"มีนาคม", 3, 0}, {"สิงหาคม", 8, 0}, {"เมษายน", 4, 0},
    {"აგვისტო", 8, 0}, {"აპრილი", 4, 0}, {"დეკემბერი", 12, 0}, {"თებერვალი", 2, 0},
    {"იანვარი", 1, 0}, {"ივლისი", 7, 0}, {"ივნისი", 6, 0}, {"მაისი", 5, 0}, {"მარტი", 3, 0},
    {"ნოემბერი", 11, 0}, {"ოქტომბერი", 10, 0}, {"სექტემბერი", 9, 0},
};
/* clang-format on */

bool sheaf_date_name_find(sheaf_date_name *out, sheaf_slice word) {
    char folded[NAME_SIZE + 1];
    if (word.size < 2 || word.size > WORD_MOST)
        return false;
    size_t size = sheaf_fold_word(folded, NAME_SIZE, word);
    if (size == 0)
        return false;
    folded[size] = '\0';
    size_t low = 0;
    size_t high = sizeof names / sizeof *names;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(folded, names[middle].name);
        if (order == 0) {
            *out = (sheaf_date_name){names[middle].number, (sheaf_name_need)names[middle].need};
            return true;
        }
        if (order > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}
