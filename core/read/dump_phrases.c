/* dump_phrases.c - what pages say that is not the article.
 *
 * Tables in many languages, all in lower case as sheaf_phrase gives it. They
 * hold what the whole trade says, never what one paper says. A phrase is
 * matched whole; only those marked with a star at their end match a beginning. */
#include "base/slice.h"
#include "base/utf8.h"
#include "read/dump_parts.h"
#include "text/letter.h"

static bool phrase_matches(sheaf_slice folded, const char *phrase) {
    if (folded.size == 0 || folded.data[0] != phrase[0])
        return false;
    size_t size = strlen(phrase);
    if (phrase[size - 1] != '*')
        return folded.size == size && memcmp(folded.data, phrase, size) == 0;
    if (folded.size < size - 1 || memcmp(folded.data, phrase, size - 1) != 0)
        return false;
    /* what follows is another word: "best of" is not the head of "best office" */
    return folded.size == size - 1 || !sheaf_is_alpha(folded.data[size - 1]) ||
           !sheaf_is_alpha(phrase[size - 2]);
}

static bool in_phrases(sheaf_slice folded, const char *const *phrases, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (phrase_matches(folded, phrases[i]))
            return true;
    }
    return false;
}

#define IN(folded, table) in_phrases(folded, table, sizeof(table) / sizeof *(table))

/* ---- furniture ---------------------------------------------------------------- */

/* clang-format off */
static const char *const furniture[] = {
    /* English */
    "advertisement", "advertisements", "advertising", "ad", "ads", "ad feedback", "sponsored",
    "sponsored content", "sponsored by*", "promoted", "promoted stories", "promoted content",
    "paid content", "partner content", "story continues below*", "story continues",
    "article continues below*", "article continues after*", "continue reading below",
    "scroll to continue", "read more", "read more here", "read full story", "read full article",
    "read the full story*", "read the full article*", "read original article*",
    "continue reading", "keep reading", "show more", "show less", "load more", "see more",
    "view more", "view all", "see all", "view comments", "more", "less", "share", "shares",
    "share this", "share this article*", "share this story*", "share this page*",
    "share this post*", "share article", "share on facebook*", "share on twitter*", "share on x",
    "share on whatsapp*", "share on linkedin*", "share via*", "share with*", "share full article",
    "share facebook*", "tweet", "tweet this", "pin it", "email", "e-mail", "email this*", "print",
    "print this*", "print page", "print article", "save", "save article", "save for later",
    "bookmark", "gift this article", "give this article", "copy link", "copy url", "link copied*",
    "copied", "comment", "comments", "comments (*", "leave a comment*", "post a comment*",
    "add a comment*", "no comments", "no comments yet", "be the first to comment*",
    "join the conversation*", "join the discussion*", "comments are closed*", "have your say",
    "sign in", "sign in*to continue", "log in", "login", "log out", "log in to*", "sign up",
    "sign up for*", "sign up to*", "sign up now*", "register", "register now*",
    "register for free*", "create an account*", "create account", "create a free account*",
    "my account", "account", "already a subscriber*", "already have an account*",
    "already a member*", "subscribe", "subscribe now*", "subscribe today*", "subscribe to our*",
    "subscribe to the*newsletter", "subscribe for*", "subscribe here*", "subscribers only",
    "subscriber only", "become a member*", "become a subscriber*", "start your free trial*",
    "try it free*", "newsletter", "newsletters", "get our newsletter*", "get the newsletter*",
    "get our daily*", "get the latest*news*", "enter your email*", "your email address*",
    "email address", "menu", "search", "search for", "home", "home page", "homepage", "close",
    "open menu", "close menu", "main menu", "navigation", "main navigation", "skip to content",
    "skip to main content", "skip to navigation", "skip navigation", "skip to main*",
    "jump to content", "jump to", "back to top", "back", "top", "go to top", "scroll to top",
    "return to top", "next", "previous", "next article", "previous article", "next story",
    "previous story", "next post", "previous post", "next page", "previous page", "page * of *",
    "live", "watch", "watch live", "watch now", "watch video", "play", "play video", "pause",
    "mute", "listen", "listen to this article*", "listen to article*", "listen to the article*",
    "listen now", "loading", "loading comments*", "please wait*", "video", "videos", "photo",
    "photos", "gallery", "picture", "pictures", "image", "view gallery", "open gallery",
    "view image*", "open image*", "enlarge*", "click to enlarge*", "toggle caption",
    "hide caption", "news", "latest", "breaking", "breaking news", "article", "articles", "story",
    "stories", "opinion piece", "follow", "follow us*", "follow us on*", "follow on*",
    "following", "like us on*", "find us on*", "join us on*", "add us on*", "follow @*",
    "facebook", "twitter", "x", "whatsapp", "telegram", "linkedin", "reddit", "pinterest",
    "instagram", "youtube", "tiktok", "threads", "bluesky", "mastodon", "tumblr", "viber",
    "messenger", "vk", "vkontakte", "odnoklassniki", "line", "weibo", "wechat", "pocket",
    "flipboard", "rss", "rss feed", "google news", "apple news", "google play", "app store",
    "snapchat", "facebook twitter*", "facebook messenger", "facebook whatsapp*",
    "twitter facebook*", "updated", "updated at", "updated on", "update", "published",
    "published at", "published on", "published by", "posted", "posted on", "posted at",
    "last updated", "last modified", "first published", "date", "time", "min read", "* min read",
    "* minute read", "* mins read", "reading time*", "estimated reading time*", "about sharing",
    "about us", "about", "contact us", "contact", "contacts", "help", "faq", "advertise*with us",
    "advertise", "careers", "jobs", "privacy", "privacy policy", "privacy notice",
    "privacy settings", "privacy manager", "terms", "terms of use", "terms of service",
    "terms and conditions", "terms & conditions", "cookie policy", "cookie settings",
    "cookie preferences", "cookies", "cookie notice", "manage cookies", "manage consent",
    "accept", "accept all", "accept all cookies", "accept cookies", "accept and continue*",
    "reject all", "decline", "i agree", "agree", "got it", "ok", "okay", "we use cookies*",
    "we and our partners*", "this site uses cookies*", "this website uses cookies*",
    "our site uses cookies*", "our website uses cookies*", "by continuing to use this*",
    "by continuing to use our*", "by continuing to browse*", "by using this site*",
    "by using our site*", "by clicking*", "by signing up*", "by subscribing*",
    "by entering your email*", "do not sell*", "your privacy choices*", "accessibility*help",
    "accessibility", "accessibility statement", "sitemap", "site map", "javascript is*",
    "please enable javascript*", "enable javascript*", "you need to enable javascript*",
    "your browser does not*", "your browser doesn't*", "this video can not be played*",
    "this content is not available*", "media playback is*", "report this ad*", "report a typo*",
    "report an error*", "spotted an error*", "see an error*", "correct this article*",
    "send feedback", "feedback", "translate", "translate this*", "select language",
    "choose language", "language", "english", "text size", "font size", "a a a", "a- a a+", "aa",
    "reuse this content*", "reprints*", "order reprints*", "rights and permissions",
    "today's paper", "e-paper", "epaper", "download the app*", "download our app*",
    "get the app*", "get our app*", "open in app*", "use the app*", "support us*", "donate",
    "donate now*", "support our journalism*", "support independent journalism*",
    "this article is more than*", "this article was amended*", "this content was produced*",
    "our standards*", "thank you for reading*", "thanks for reading*", "stay connected*",
    "stay informed*", "turn on notifications*", "allow notifications*", "enable notifications*",
    "get notifications*", "hide", "expand", "collapse", "expand all", "toggle*menu",
    "toggle navigation", "click here*", "tap here*", "advertisement scroll*", "supported by",
    "provided by", "powered by*", "in this article", "in this story", "on this page",
    "table of contents", "contents", "end", "ends", "- ends -", "### ", "first edition",
    "late edition", "final edition", "second edition", "city edition", "national edition",
    "international edition", "early edition", "main edition", "edition 1", "edition 2",
    "headline", "byline", "body", "just now", "* minutes ago", "* hours ago", "* hour ago",
    "* days ago", "* day ago", "yesterday", "today", "nil", "null", "none", "undefined",
    "untitled", "n/a", "true", "false", "[object object]", "follow author", "view profile",
    "see all posts*", "view author archive", "about the author", "about the authors",
    "notes to editors", "editor's note", "image credit", "image source", "photo credit",
    "full text", "abstract", "classification", "proquest document link*", "continues after*",
    "want more*newsletter*", "newspapers", "magazines", "publications",
    /* German */
    "anzeige", "werbung", "weiterlesen", "weiter lesen", "mehr lesen", "mehr anzeigen",
    "mehr laden", "artikel teilen", "teilen", "merken", "drucken", "artikel drucken", "vorlesen",
    "artikel anhören", "kommentare", "kommentieren", "kommentar schreiben", "kommentare anzeigen",
    "jetzt abonnieren*", "abonnieren", "abonnieren sie*", "jetzt anmelden*", "anmelden",
    "registrieren", "einloggen", "abmelden", "startseite", "zur startseite", "impressum",
    "datenschutz", "datenschutzerklärung", "agb", "kontakt", "nach oben", "zurück", "weiter",
    "schließen", "suche", "menü", "empfohlener redaktioneller inhalt", "externer inhalt*",
    "cookie-einstellungen", "alle akzeptieren", "wir verwenden cookies*",
    "diese seite verwendet cookies*", "aktualisiert", "stand", "veröffentlicht", "feedback geben",
    "folgen sie uns*", "lesezeit*", "bild vergrößern", "inhalt", "hier klicken*",
    /* French */
    "publicité", "pub", "lire la suite*", "lire plus", "voir plus", "voir tout", "partager",
    "partager l'article*", "partager sur*", "s'abonner", "abonnez-vous*", "je m'abonne*",
    "déjà abonné*", "article réservé*", "réservé aux abonnés", "commentaires", "commenter",
    "réagir", "imprimer", "envoyer par*", "mentions légales", "accueil", "se connecter",
    "connexion", "s'inscrire", "inscription", "nous utilisons des cookies*",
    "ce site utilise des cookies*", "tout accepter", "tout refuser", "continuer sans accepter*",
    "haut de page", "retour", "suivez-nous*", "écouter l'article*", "temps de lecture*",
    "mis à jour", "publié", "fermer", "rechercher", "recherche",
    /* Spanish and Portuguese */
    "publicidad", "publicidade", "leer más*", "ver más*", "compartir*", "comparte*",
    "suscríbete*", "suscribirse*", "suscríbase*", "comentarios", "comentar", "imprimir",
    "iniciar sesión", "inicio", "aviso legal", "política de privacidad", "política de cookies",
    "aceptar", "aceptar todo", "utilizamos cookies*", "este sitio utiliza cookies*", "síguenos*",
    "síganos*", "regístrate*", "regístrese*", "escuchar", "buscar", "menú", "cerrar",
    "volver arriba", "actualizado", "publicado", "leia a íntegra*", "ver mais*", "compartilhar*",
    "compartilhe*", "partilhar*", "assine*", "comentários", "continua após a publicidade*",
    "continua depois da publicidade*", "entrar", "pesquisar", "fechar", "siga-nos*",
    "política de privacidade", "usamos cookies*", "ouvir", "atualizado",
    /* Italian */
    "pubblicità", "leggi tutto*", "leggi di più*", "continua a leggere*", "condividi*",
    "abbonati*", "commenti", "commenta", "stampa", "stampa articolo", "accedi*", "registrati*",
    "cerca", "chiudi", "accetta*", "utilizziamo i cookie*", "questo sito utilizza*cookie*",
    "seguici*", "ascolta*", "aggiornato", "pubblicato", "iscriviti*",
    /* Dutch, Scandinavian, Finnish */
    "advertentie", "deel*dit artikel", "delen", "deel", "reacties", "reageer", "abonneer*",
    "inloggen", "zoeken", "sluiten", "wij gebruiken cookies*", "deze site gebruikt cookies*",
    "volg ons*", "annons", "annonse", "annonce", "reklame", "dela", "del", "del artikkelen*",
    "kommentera", "kommentarer", "prenumerera*", "logga in", "logg inn", "log ind", "mainos",
    "jaa", "jaa artikkeli", "kirjaudu", "tilaa*", "kommentit", "vi använder cookies*",
    "vi bruger cookies*", "vi bruker informasjonskapsler*",
    /* Polish, Czech, Slovak, Hungarian, Romanian, Croatian, Slovene */
    "reklama", "reklamy", "udostępnij*", "komentarze", "skomentuj", "subskrybuj*", "zaloguj się",
    "szukaj", "zamknij", "ta strona używa*", "polub nas*", "obserwuj nas*", "drukuj", "sdílet",
    "inzerce", "diskuse", "tisk", "přihlásit*", "předplatit*", "sledujte nás*", "zdieľať",
    "inzercia", "hirdetés", "megosztás", "hozzászólások", "nyomtatás", "publicitate",
    "distribuie", "comentarii", "abonează-te*", "oglas", "podijeli", "komentari", "deli",
    /* Russian, Ukrainian, Bulgarian, Serbian */
    "читать далее*", "читать дальше*", "читать полностью*", "читать все*", "подписаться*",
    "подпишитесь*", "подписывайтесь*", "поделиться*", "комментарии*", "комментировать",
    "оставить комментарий*", "главная", "главное", "новости", "версия для печати", "распечатать",
    "печать", "нашли опечатку*", "нашли ошибку*", "заметили ошибку*", "войти", "регистрация",
    "поиск", "меню", "закрыть", "наверх", "назад", "вперед", "мы используем cookie*",
    "на сайте используются*cookie*", "следите за*новостями*", "присоединяйтесь*", "обновлено",
    "опубликовано", "скопировать ссылку", "ссылка скопирована", "слушать", "показать еще",
    "показать ещё", "загрузить еще", "время чтения*", "фото", "видео", "поділитися*",
    "підписатися*", "підписуйтесь*", "підпишіться*", "коментарі", "друкувати", "головна",
    "новини", "увійти", "пошук", "сподели", "коментари", "реклама*",
    /* Turkish, Greek */
    "reklam", "devamını oku*", "paylaş", "yorumlar", "yorum yap", "abone ol*", "giriş yap", "ara",
    "kapat", "bizi takip edin*", "yazdır", "διαφήμιση", "σχόλια", "κοινοποίηση", "εκτύπωση",
    "εγγραφή*", "σύνδεση",
    /* Arabic, Persian, Hebrew */
    "إعلان", "إعلانات", "اقرأ المزيد*", "شارك*", "مشاركة", "المزيد", "اشترك*", "اشتراك",
    "التعليقات", "تعليقات", "اترك تعليق*", "الرئيسية", "طباعة", "بحث", "القائمة", "تسجيل الدخول",
    "تابعونا*", "تابعنا*", "اضف تعليق*", "أضف تعليق*", "نسخ الرابط", "اشتراک گذاری",
    "اشتراک‌گذاری", "نظرات", "چاپ", "تبلیغات", "פרסומת", "שתפו*", "תגובות", "הדפסה", "הירשמו*",
    /* Chinese, Japanese, Korean */
    "广告", "廣告", "分享", "分享到*", "分享至*", "查看更多*", "阅读全文*", "閱讀全文*", "展开全文", "打印", "列印", "返回顶部",
    "返回首页", "首页", "首頁", "登录", "登入", "注册", "註冊", "评论", "評論", "我要评论", "更多", "更多*>", "责任编辑*", "责编*",
    "責任編輯*", "编辑*:*", "收藏", "扫一扫*", "扫码*", "关注我们*", "字号*", "【字号*", "搜索", "広告", "続きを読む*", "シェア*",
    "ツイート", "会員登録*", "会員限定*", "ログイン", "印刷", "コメント", "この記事をシェア*", "検索", "メニュー", "閉じる", "トップ",
    "ホーム", "광고", "공유하기", "공유", "댓글*", "구독*", "더보기", "로그인", "회원가입", "검색", "메뉴", "인쇄", "글자크기*",
    "좋아요*", "기사저장", "기사제보*", "스크랩",
    /* Indic, south-east Asian */
    "विज्ञापन", "और पढ़ें*", "शेयर करें*", "টাকা", "বিজ্ঞাপন", "শেয়ার করুন*", "iklan",
    "bagikan*", "komentar", "berlangganan*", "masuk", "cari", "kongsi*", "quảng cáo", "chia sẻ*",
    "bình luận*", "đăng ký*", "โฆษณา", "แชร์*", "ความคิดเห็น*"};
/* clang-format on */

/* Anything that says who owns the text. */
/* clang-format off */
static const char *const rights[] = {
    /* in many languages */
    "©*", "(c) *", "c) 19*", "c) 20*", "copyright*", "® *", "all rights reserved*",
    "all content ©*", "alle rechte vorbehalten*", "tous droits réservés*",
    "todos los derechos reservados*", "todos os direitos reservados*",
    "tutti i diritti riservati*", "riproduzione riservata*", "alle rechten voorbehouden*",
    "med ensamrätt*", "wszelkie prawa zastrzeżone*", "všechna práva vyhrazena*",
    "minden jog fenntartva*", "toate drepturile rezervate*", "все права защищены*",
    "усі права захищені*", "всі права захищені*", "всички права запазени*", "сва права задржана*",
    "tüm hakları saklıdır*", "جميع الحقوق محفوظة*", "حقوق النشر*", "כל הזכויות שמורות*", "版权所有*",
    "版權所有*", "著作权*", "未经授权*", "未經授權*", "転載を禁*", "無断転載*", "無断複製*", "저작권자*", "무단 전재*", "무단전재*",
    "सर्वाधिकार सुरक्षित*", "hak cipta*", "bản quyền*", "สงวนลิขสิทธิ์*",
    "this material may not be published*", "this story may not be*", "no part of this*",
    "reproduction without*", "reproduction interdite*", "при использовании материалов*",
    "перепечатка*", "при цитировании*", "любое использование материалов*"};
/* clang-format on */

/* Labels above lists of other headlines. */
/* clang-format off */
static const char *const menus[] = {
    /* in many languages */
    "related", "related articles", "related stories", "related news", "related content",
    "related topics", "related posts", "related links", "related coverage", "related reading",
    "more on this*", "more stories*", "more news", "more from*", "more in *", "more like this",
    "more coverage", "most read*", "most popular*", "most viewed*", "most shared*",
    "most commented*", "most watched*", "trending*", "popular", "popular now", "popular stories",
    "latest news", "latest stories", "latest headlines", "latest articles", "latest updates",
    "latest posts", "recent posts", "recent articles", "recent news", "top stories", "top news",
    "recommended*", "you may also like*", "you might also like*", "you may like*",
    "you might like*", "you may be interested*", "see also", "also read", "also in*news",
    "also on*", "read also", "read next", "up next", "what to read next", "what to watch*",
    "don't miss*", "in case you missed*", "editor's pick*", "editors' pick*", "our picks",
    "around the web", "from the web", "from around the web", "elsewhere on*", "other stories",
    "other news", "further reading", "headlines", "in other news", "hot topics", "best of*",
    "lesen sie auch", "lesen sie mehr*", "mehr zum thema*", "zum thema", "mehr aus*",
    "meistgelesen*", "meistgelesene*", "das könnte sie auch*", "das könnte dich auch*",
    "auch interessant", "weitere artikel*", "verwandte artikel", "verwandte themen",
    "ähnliche artikel", "lire aussi", "à lire aussi", "a lire aussi", "à lire également*",
    "sur le même sujet*", "les plus lus*", "articles liés", "articles similaires",
    "vous aimerez aussi*", "à la une", "le plus lu", "lo más leído*", "lo más visto*",
    "lea también", "lee también", "te puede interesar*", "le puede interesar*",
    "noticias relacionadas*", "más noticias*", "más información*", "más sobre*", "leia também",
    "leia mais*", "veja também", "veja mais*", "saiba mais*", "notícias relacionadas*",
    "mais lidas*", "mais lidos*", "leggi anche", "ti potrebbe interessare*",
    "potrebbe interessarti*", "articoli correlati", "più letti*", "le più lette*", "lees ook",
    "lees meer*", "meer over*", "meest gelezen*", "läs också", "läs mer*", "mest läst*",
    "les også", "les mer*", "mest lest*", "læs også", "læs mere*", "mest læste*", "lue myös*",
    "luetuimmat*", "czytaj także", "czytaj też", "czytaj więcej*", "zobacz także", "zobacz też",
    "najczęściej czytane*", "polecane*", "čtěte také", "čtěte též", "mohlo by vás*",
    "nejčtenější*", "citește și*", "citește mai*", "pročitajte i*", "pročitajte još*",
    "най-четени*", "читайте также", "читайте ещё", "читайте еще", "смотрите также",
    "материалы по теме", "по теме", "еще по теме", "ещё по теме", "самое читаемое*",
    "самое популярное*", "популярное", "главное за*", "другие новости*", "новости по теме*",
    "похожие новости*", "вам может быть интересно*", "рекомендуем*", "лента новостей",
    "последние новости", "сюжеты", "читайте також", "дивіться також", "більше новин*",
    "популярні новини*", "матеріали за темою*", "ilgili haberler*", "son haberler",
    "çok okunanlar*", "διαβάστε επίσης*", "διαβάστε περισσότερα*", "διαβάστε ακόμα*", "اقرأ أيضا",
    "اقرأ أيضاً", "إقرأ أيضا", "مواضيع ذات صلة", "مقالات ذات صلة", "أخبار ذات صلة",
    "الأكثر قراءة*", "قد يهمك أيضا*", "بیشتر بخوانید*", "مطالب مرتبط", "קראו גם*", "相关新闻*",
    "相關新聞*", "相关阅读*", "相关报道*", "相关文章*", "延伸阅读*", "延伸閱讀*", "热门新闻*", "推荐阅读*", "猜你喜欢*", "関連記事*",
    "関連ニュース*", "おすすめ記事*", "あわせて読みたい*", "人気記事*", "アクセスランキング*", "관련기사*", "관련 기사*", "많이 본*", "주요기사*",
    "주요 뉴스*", "यह भी पढ़ें*", "baca juga*", "berita terkait*", "terpopuler*", "xem thêm*",
    "tin liên quan*", "ข่าวที่เกี่ยวข้อง*"};
/* clang-format on */

/* Heads of lines that send the reader to another page. */
/* clang-format off */
static const char *const related[] = {
    /* in many languages */
    "read more", "read also", "also read", "read next", "read now", "read", "related",
    "related article", "related story", "related articles", "related stories", "related news",
    "see also", "see more", "more", "more on this", "more here", "watch", "watch also",
    "watch more", "listen", "recommended", "you may also like", "further reading", "explained",
    "in pictures", "in depth", "up next", "don't miss", "lesen sie auch", "lesen sie mehr",
    "lesen sie hier", "lesen sie dazu", "mehr zum thema", "auch interessant", "lire aussi",
    "à lire aussi", "a lire aussi", "à lire également", "lire également", "à lire", "lea también",
    "lee también", "leer más", "te puede interesar", "le puede interesar", "lea además",
    "mira también", "ver también", "leia também", "leia mais", "veja também", "saiba mais",
    "leggi anche", "leggi di più", "guarda anche", "lees ook", "lees meer", "läs också",
    "läs mer", "les også", "les mer", "læs også", "læs mere", "lue myös", "lue lisää",
    "czytaj także", "czytaj też", "czytaj więcej", "zobacz także", "zobacz też", "čtěte také",
    "čtěte též", "citește și", "pročitajte i", "читайте также", "читайте ещё", "читайте еще",
    "смотрите также", "по теме", "читать также", "читайте также на", "подробнее", "читайте також",
    "дивіться також", "ilgili haber", "διαβάστε επίσης", "اقرأ أيضا", "اقرأ أيضاً", "إقرأ أيضا",
    "اقرأ المزيد", "بیشتر بخوانید", "קראו גם", "相关阅读", "相关新闻", "延伸阅读", "延伸閱讀", "推荐阅读", "関連記事",
    "관련기사", "관련 기사", "यह भी पढ़ें", "baca juga", "xem thêm"};
/* clang-format on */

/* clang-format off */
static const char *const tag_labels[] = {
    /* in many languages */
    "tags", "tag", "tagged", "tagged in", "tagged with", "keywords", "keyword", "key words",
    "topics", "topic", "topics in this article", "related tags", "themes", "hashtags",
    "filed under", "labels", "schlagwörter", "schlagworte", "stichwörter", "stichworte", "themen",
    "thema", "mots-clés", "mots clés", "mots-cles", "thèmes", "étiquettes", "etiquetas",
    "palabras clave", "temas", "palavras-chave", "tópicos", "parole chiave", "argomenti",
    "etichette", "trefwoorden", "onderwerpen", "nyckelord", "ämnen", "emneord", "emner",
    "avainsanat", "aiheet", "tagi", "słowa kluczowe", "tematy", "štítky", "témata",
    "klíčová slova", "címkék", "etichete", "oznake", "теги", "тэги", "метки", "ключевые слова",
    "темы", "теги:", "ключові слова", "теми", "етикети", "etiketler", "anahtar kelimeler",
    "ετικέτες", "وسوم", "الوسوم", "كلمات مفتاحية", "الكلمات المفتاحية", "کلیدواژه", "برچسب‌ها",
    "תגיות", "标签", "標籤", "关键词", "關鍵字", "关键字", "タグ", "キーワード", "태그", "키워드", "टैग", "từ khóa", "thẻ",
    "แท็ก"};
/* clang-format on */

/* Sections that papers share, told when one stands alone near the top. */
/* clang-format off */
static const char *const sections[] = {
    /* in many languages */
    "world", "world news", "politics", "uk", "us", "usa", "u.s.", "europe", "asia",
    "asia pacific", "africa", "americas", "middle east", "australia", "china", "india", "uk news",
    "us news", "uk politics", "us politics", "national", "national news", "international",
    "international news", "local", "local news", "business", "economy", "finance", "money",
    "markets", "companies", "technology", "tech", "science", "science & environment",
    "science and environment", "environment", "climate", "health", "education", "society",
    "culture", "arts", "books", "music", "film", "movies", "tv", "television", "media",
    "entertainment", "entertainment & arts", "lifestyle", "life & style", "life and style",
    "style", "fashion", "food", "travel", "sport", "sports", "football", "cricket", "tennis",
    "golf", "opinion", "comment", "analysis", "editorial", "editorials", "letters", "features",
    "feature", "investigations", "obituaries", "obituary", "weather", "crime", "law", "defence",
    "defense", "military", "religion", "property", "real estate", "motoring", "cars", "politik",
    "wirtschaft", "kultur", "gesellschaft", "panorama", "ausland", "inland", "wissen",
    "wissenschaft", "meinung", "feuilleton", "regional", "lokales", "politique", "monde",
    "international", "économie", "société", "culture", "sciences", "sport", "sports",
    "faits divers", "planète", "santé", "opinions", "débats", "política", "mundo",
    "internacional", "economía", "sociedad", "cultura", "deportes", "ciencia", "tecnología",
    "opinión", "economia", "sociedade", "esportes", "desporto", "ciência", "brasil", "portugal",
    "españa", "politica", "esteri", "cronaca", "mondo", "scienza", "spettacoli", "binnenland",
    "buitenland", "politiek", "economie", "inrikes", "utrikes", "ekonomi", "nöje", "polityka",
    "świat", "kraj", "gospodarka", "kultura", "sport", "политика", "экономика", "общество", "мир",
    "в мире", "в россии", "россия", "культура", "спорт", "происшествия", "наука", "технологии",
    "армия", "бизнес", "финансы", "мнения", "интервью", "украина", "політика", "економіка",
    "суспільство", "світ", "україна", "dünya", "siyaset", "gündem", "spor", "سياسة", "اقتصاد",
    "رياضة", "ثقافة", "العالم", "عرب وعالم", "أخبار العالم", "国际", "國際", "国内", "时政", "政治", "财经",
    "社会", "社會", "科技", "体育", "娱乐", "国際", "経済", "スポーツ", "정치", "경제", "사회", "국제", "문화", "스포츠"};
/* clang-format on */

bool sheaf_dump_is_rights(sheaf_slice folded) {
    return IN(folded, rights);
}

/* A star in the middle of a phrase stands for anything. */
static bool matches_around(sheaf_slice folded, const char *phrase) {
    const char *star = strchr(phrase, '*');
    if (!star || star[1] == '\0')
        return phrase_matches(folded, phrase);
    sheaf_slice head = sheaf_slice_from(phrase, (size_t)(star - phrase));
    sheaf_slice tail = sheaf_slice_of(star + 1);
    if (!sheaf_slice_starts(folded, head) || folded.size < head.size + tail.size)
        return false;
    if (tail.data[tail.size - 1] == '*')
        return sheaf_slice_find(folded, head.size, sheaf_slice_part(tail, 0, tail.size - 1)) !=
               SIZE_MAX;
    return sheaf_slice_ends(folded, tail);
}

/* "5 min read", "3 hours ago": a star at the head stands for a number. */
static bool matches_number(sheaf_slice folded, const char *phrase) {
    size_t digits = 0;
    while (digits < folded.size && sheaf_is_digit(folded.data[digits]))
        digits++;
    return digits > 0 && digits <= 4 &&
           sheaf_slice_is(sheaf_slice_part(folded, digits, folded.size), phrase + 1);
}

bool sheaf_dump_is_furniture(sheaf_slice folded) {
    if (folded.size == 0)
        return false;
    for (size_t i = 0; i < sizeof furniture / sizeof *furniture; i++) {
        if (furniture[i][0] == '*'
                ? matches_number(folded, furniture[i])
                : furniture[i][0] == folded.data[0] && matches_around(folded, furniture[i]))
            return true;
    }
    return sheaf_dump_is_rights(folded);
}

/* Furniture that comes in long sentences: consent and ownership. */
/* clang-format off */
static const char *const notices[] = {
    /* in many languages */
    "we use cookies*", "we and our partners*", "this site uses cookies*",
    "this website uses*cookie*", "our site uses cookies*", "our website uses cookies*",
    "by continuing to use*", "by continuing to browse*", "by using this site*",
    "by using our site*", "by clicking*accept*", "by clicking*agree*", "by signing up*you agree*",
    "by subscribing*you agree*", "by entering your email*", "to continue, please*",
    "please enable javascript*", "your browser does not*", "this material may not be published*",
    "wir verwenden cookies*", "diese website verwendet*cookie*", "nous utilisons des cookies*",
    "ce site utilise des cookies*", "utilizamos cookies*", "este sitio utiliza cookies*",
    "usamos cookies*", "utilizziamo i cookie*", "questo sito utilizza*cookie*",
    "wij gebruiken cookies*", "vi använder cookies*", "vi bruger cookies*", "ta strona używa*",
    "мы используем*cookie*", "на сайте используются*cookie*", "при использовании материалов*"};
/* clang-format on */

bool sheaf_dump_is_notice(sheaf_slice folded) {
    for (size_t i = 0; folded.size && i < sizeof notices / sizeof *notices; i++) {
        if (notices[i][0] == folded.data[0] && matches_around(folded, notices[i]))
            return true;
    }
    return false;
}

bool sheaf_dump_is_menu(sheaf_slice folded) {
    return IN(folded, menus);
}

bool sheaf_dump_is_section(sheaf_slice folded) {
    return IN(folded, sections);
}

bool sheaf_dump_is_tag_label(sheaf_slice folded) {
    return IN(folded, tag_labels);
}

size_t sheaf_dump_related(sheaf_slice folded) {
    size_t best = 0;
    for (size_t i = 0; i < sizeof related / sizeof *related; i++) {
        if (folded.size == 0 || related[i][0] != folded.data[0])
            continue;
        sheaf_slice phrase = sheaf_slice_of(related[i]);
        if (phrase.size > best && sheaf_slice_starts(folded, phrase))
            best = phrase.size;
    }
    return best;
}
