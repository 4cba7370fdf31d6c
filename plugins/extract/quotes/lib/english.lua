-- english.lua - words of English that tell who says what.

return {
  code = "en",
  -- Verbs that report speech and may stand beside any quotation.
  reporting = [[
    say says said tell tells told add adds added state states stated claim claims claimed argue argues
    argued ask asks asked reply replies replied answer answers answered explain explains explained warn
    warns warned note notes noted insist insists insisted announce announces announced write writes
    wrote report reports reported tweet tweets tweeted post posts posted admit admits admitted
    acknowledge acknowledges acknowledged assert asserts asserted believe believes believed comment
    comments commented complain complains complained conclude concludes concluded concede concedes
    conceded confirm confirms confirmed contend contends contended continue continues continued declare
    declares declared deny denies denied disclose disclosed emphasize emphasizes emphasized emphasise
    emphasises emphasised stress stresses stressed exclaim exclaims exclaimed joke jokes joked quip
    quips quipped recall recalls recalled reveal reveals revealed remark remarks remarked observe
    observes observed predict predicts predicted promise promises promised pledge pledges pledged vow
    vows vowed suggest suggests suggested point points pointed respond responds responded retort retorts
    retorted shout shouts shouted whisper whispers whispered mutter mutters muttered grumble grumbles
    grumbled cry cries cried yell yells yelled scream screamed sigh sighed laugh laughed smile smiled
    lament laments lamented boast boasts boasted opine opined reiterate reiterates reiterated repeat
    repeats repeated reason reasoned recount recounts recounted reflect reflects reflected maintain
    maintains maintained mention mentions mentioned muse mused protest protests protested query queried
    quote quotes quoted allege alleges alleged testify testifies testified urge urges urged demand
    demands demanded counter counters countered elaborate elaborated caution cautions cautioned lash
    fumed chimed boomed beamed enthuse enthused gush gushed groan groaned bemoan bemoans bemoaned inform
    informed interject interjected propose proposed proclaim proclaims proclaimed profess recommend
    recommends recommended rule ruled caption captioned volunteer volunteered remember remembers
    remembered hint hinted express expresses expressed speculate speculated theorize theorized read
    reads criticise criticised criticize criticized specify specified summarize summarized summarise
    summarised sum sums summed agree agrees agreed feel feels felt think thinks thought hope hopes hoped
    fear fears feared go goes went begin began open opened close closed swear swore advise advised order
    ordered beg begged plead pleaded pray prayed sang sings sing sneer sneered scoff scoffed snap
    snapped thunder thundered tease teased advocate advocated underline underlined underscore
    underscored highlight highlighted clarify clarified dismiss dismissed deem deemed threaten
    threatened intone intoned confess confessed confide confided invite invited hail hailed ]],
  -- Verbs that bring a part of what somebody said.
  judging = [[
    describe describes described call calls called praise praises praised criticize criticizes
    criticized criticise criticises criticised condemn condemns condemned denounce denounces denounced
    dismiss dismisses dismissed brand brands branded castigate castigated label labels labelled labeled
    characterize characterizes characterized characterise characterised compare compares compared
    consider considers considered regard regards regarded rate rated accuse accuses accused blame blames
    blamed hail hails hailed summon refer refers referred liken likened laud lauded commend commended
    applaud applauded decry decried deride derided ridicule ridiculed mock mocked slam slammed blast
    blasted attack attacked term terms termed give gives gave name named find found cite cites cited
    credit credited welcome welcomed voice voiced see sees saw deplore deplored lambast lambasted pan
    panned feel define defines defined deem deems thank thanked commit committed offer offered pronounce
    pronounced advertise sing refused refuse want wanted decide decided encourage encouraged complain
    pitch speak spoke ]],
  -- Verbs that take a clause without "that".
  bare_clause = [[
    say says said claim claims claimed believe believes believed think thinks thought insist insists
    insisted add adds added state states stated admit admits admitted argue argues argued announce
    announced hope hopes hoped fear fears feared feel feels felt suggest suggested ]],
  -- What is no name though it begins a sentence without an article.
  generic = [[
    people police nobody everyone everybody source sources see note notes reference references someone
    somebody anyone legend tradition research evidence history others men women reviews criticism
    reception response science law society public local press media management production staff crew
    research early modern ]],
  nouns = [[
    demand demands claim claims report reports state states comment comments note notes hope hopes fear
    fears promise answer reply pledge call calls cry cries sigh laugh smile joke quip remark remarks
    protest protests query quote quotes post posts tweet tweets point points order feel counter counters
    rule program open close find cause name label labels brand rate attack attacks mock address term
    terms contract blast credit slam voice advocate caution lash hint thanks ]],
  telling = [[
    tell tells told inform informed ask asked asks remind reminded warn warned assure assured advise
    advised ]],
  participles = [[
    saying adding stating writing claiming noting arguing calling describing explaining insisting
    stressing emphasizing emphasising warning declaring telling asking replying commenting remarking
    observing citing praising criticizing criticising suggesting announcing asserting branding
    dismissing labelling labeling concluding complaining proclaiming admitting accusing quoting
    confirming believing feeling finding reporting responding answering referring deeming joking
    quipping alleging recalling urging predicting promising vowing denouncing condemning hailing
    comparing thinking expressing reading exclaiming boasting pledging reiterating repeating shouting
    denying considering lauding deriding mocking characterizing regarding ]],
  fillers = [[
    also later then further once still never always often again has have had is was were be been being
    would will could can may might must should did does do not just even simply famously reportedly
    quoted as however meanwhile therefore himself herself themselves itself all both eventually first
    first-ever now recently soon ever only publicly openly thus already rather having once finally
    additionally similarly subsequently ]],
  pronouns = "he=m she=f they=p it=o i=i we=p you=i him=m her=f",
  determiners = [[
    the a an his her its their our my this that these those one another some several many most both all
    no each every either any other few two three four five ]],
  indefinite = "a an one another some several many most other few two three four five any",
  prepositions = [[
    of for at from with in on by to about after before during since under over between against into
    among as through within without towards toward despite upon following via per like unlike amid
    around near outside inside behind ]],
  conjunctions = [[
    and but or nor yet so because although though while whereas if when where until unless that than ]],
  relative = "who which whose",
  that = "that",
  honorifics = [[
    mr=m mrs=f ms=f miss=f sir=m lord=m lady=f dame=f mr.=m mrs.=f ms.=f dr=x dr.=x prof=x prof.=x
    professor=x madam=f mme=f rev.=x rev=x sen.=x sen=x rep.=x rep=x gov.=x gen.=x gen=x lt.=x col.=x
    capt.=x sgt.=x st.=x hon.=x fr.=m father=m sister=f brother=m king=m queen=f prince=m princess=f
    saint=x lt=x col=x capt=x sgt=x maj.=x maj=x adm.=x baroness=f baron=m count=m countess=f judge=x
    justice=x duke=m duchess=f uncle=m aunt=f herr=m frau=f monsieur=m senator=x congressman=m
    congresswoman=f president=x general=x colonel=x captain=x major=x sergeant=x lieutenant=x admiral=x
    reverend=x rabbi=m pope=m cardinal=m bishop=m archbishop=m emperor=m empress=f constable=x
    inspector=x detective=x officer=x ]],
  roles = [[
    minister secretary president spokesman spokeswoman spokesperson chairman chairwoman chair
    chairperson director chief leader head mayor governor senator premier chancellor ambassador diplomat
    commissioner representative envoy deputy adviser advisor official officer lawyer attorney prosecutor
    judge justice general colonel captain major commander sergeant lieutenant admiral coach manager
    player striker goalkeeper analyst expert economist professor scientist researcher historian author
    writer novelist poet critic reviewer editor journalist reporter columnist correspondent producer
    filmmaker actor actress singer guitarist drummer bassist vocalist musician composer songwriter
    artist designer founder co-founder cofounder executive ceo cfo coo owner activist campaigner
    organizer organiser bishop archbishop cardinal pope priest pastor rabbi imam king queen prince
    princess emperor congressman congresswoman mp mep councillor lawmaker legislator candidate teacher
    principal student doctor physician nurse resident witness victim mother father brother sister wife
    husband son daughter friend colleague counterpart host source aide politician theologian philosopher
    scholar biographer archaeologist psychologist physicist biologist engineer architect developer
    programmer creator showrunner screenwriter blogger commentator broadcaster presenter pilot astronaut
    inspector detective superintendent constable sheriff policeman planner premier speaker whip
    treasurer trustee vice-president co-author cinematographer choreographer conductor dj rapper
    publicist promoter wrestler boxer driver skipper chaplain curator librarian warden ranger negotiator
    undersecretary translator essayist playwright dramatist publisher sociologist anthropologist
    geographer naturalist explorer missionary diarist chronicler soldier caretaker fisherman farmer
    engineer worker ]],
  relations = [[
    host guest counterpart colleague friend father mother brother sister wife husband son daughter ]],
  writing = "wrote writes tweeted tweets posted posts",
  -- Roles whose bearer is not known unless a name stands beside them.
  unnamed = [[
    spokesman spokeswoman spokesperson official source analyst expert witness resident aide
    representative diplomat reporter journalist correspondent critic reviewer student researcher lawyer
    friend colleague officer worker fisherman farmer soldier ]],
  -- What goes on behind a role: secretary of State, minister of Foreign Affairs.
  tails = [[
    state affairs defence defense commonwealth development exchequer staff justice health education
    interior finance trade transport foreign home press prime vice deputy assistant associate executive
    chief senior acting former general secretary of the for and & then-president opposition national
    party house commons senate parliament first second lead head shadow junior late ]],
  particles = "de van von der den del della di da dos du la le bin ibn al el ben ter ten st. st y e zu af",
  organs = [[
    office ministry department government university college institute times post guardian news press
    agency company inc inc. corp corp. ltd ltd. plc party union association committee commission council
    court board bank group society church foundation magazine journal review herald tribune telegraph
    daily weekly network channel radio television studios records team club league federation police
    army navy force forces authority administration organization organisation congress senate parliament
    assembly house embassy kremlin pentagon bureau service services center centre museum library school
    hospital corporation airlines railway street world city county state states river lake island
    mountain act award awards prize festival cup series war battle theatre theater hall park road ]],
  documents = [[
    release statement report document note letter website site post article paper newspaper magazine
    inscription plaque text advertisement poster announcement memo memorandum tweet ruling book review
    reviewer message notice study survey sign caption tagline slogan motto blurb entry lyrics line
    chorus quote ]],
  places = [[
    sweden norway denmark finland iceland switzerland austria belgium netherlands holland luxembourg
    portugal greece cyprus malta hungary romania bulgaria serbia croatia slovenia slovakia bosnia
    albania macedonia montenegro kosovo estonia latvia lithuania belarus moldova georgia armenia
    azerbaijan kazakhstan mexico brazil argentina chile colombia peru venezuela cuba haiti egypt libya
    tunisia algeria morocco sudan ethiopia kenya nigeria ghana uganda rwanda somalia zimbabwe syria
    lebanon jordan yemen qatar pakistan afghanistan bangladesh nepal thailand vietnam indonesia malaysia
    singapore philippines korea taiwan york zealand south north east west uk us usa u.s. u.k. eu un nato
    russia russian britain british ukraine ukrainian america american france french germany german china
    chinese moscow london washington kiev kyiv beijing europe european england english scotland scottish
    wales welsh ireland irish israel israeli iran iranian iraq iraqi india indian japan japanese canada
    canadian australia australian spain spanish italy italian poland polish turkey turkish western
    eastern northern southern south north african african-american latin asia asian norwegian swedish
    dutch greek jewish christian muslim catholic democratic republican labour conservative liberal
    soviet swiss belgian mexican brazilian korean pakistani egyptian danish finnish new york los angeles
    california texas chicago boston ]],
  calendar = [[
    january february march april june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sept sep oct nov dec jan. feb.
    aug. sept. oct. nov. dec. ]],
  linking = "is are was were be been means mean meaning means stands stood",
  function_words = [[
    there here what when why how this that these those if then now today yesterday tomorrow tonight not
    let its it's yes no well oh according early late after asked one two three four five six speaking
    writing asked overall instead perhaps certainly indeed moreover furthermore nevertheless nonetheless
    otherwise likewise hence still yet while during also both every only just once even i'm i've we're
    it'd he's she's don't ]],
  works = [[
    song songs single album film movie book novel play poem essay episode article titled entitled track
    story stories series show opera painting ballad hymn soundtrack documentary musical chapter column
    game tune band group novella anthem sketch comic strip magazine ep lp video remix track tracks
    singles albums films books novels cover pseudonym composition sonata piece program programme section
    exhibition poster paper thesis sitcom hit hits theme lyrics chorus medley featuring performed
    recorded starring released motto slogan nickname tagline headed headline sculpture work works
    version ]],
  terms = [[
    known called dubbed nicknamed termed named so-called term terms word words phrase phrases expression
    meaning means mean nickname alias pseudonym abbreviated spelled pronounced referred acronym stands
    translated translates literally title titled name names entitled labelled labeled designated billed
    concept notion category type class circa codenamed code-named renamed aka translation styled
    subtitled slang label billed ]],
  according = [[
    according to
    in the words of
    in the opinion of
    in the view of
    as told by
    as quoted by
    as stated by
    as reported by ]],
  by = "by",
  abbreviations = [[
    mr mrs ms dr prof st jr sr gen sen gov rep lt col sgt capt maj adm rev hon messrs no vs inc ltd co
    corp jan feb mar apr aug sept sep oct nov dec mt ft vol pp ed eds etc fr cf op cit approx dept fig ]],
  unspoken = "find finding found see saw seen began open opened close closed", -- no indirect speech
  first_person = "i we you",
  -- Words that begin what is no clause: "However," "Today," "One day,".
  prefaces = [[
    however today yesterday tomorrow later earlier then now still instead soon once meanwhile moreover
    additionally furthermore afterwards eventually finally recently originally initially today's
    firstly secondly thirdly lastly shortly similarly subsequently ultimately currently apparently
    reportedly allegedly formerly previously traditionally historically generally usually typically
    interestingly notably famously unfortunately fortunately surprisingly accordingly consequently
    presumably supposedly officially privately publicly simultaneously occasionally sometimes often
    early late nearly almost only exactly immediately suddenly gradually increasingly certainly
    clearly obviously possibly probably ]],
  after_quote = "reporters journalists us me him her them viewers fans lawmakers parliament",
  synonyms = [[
    uk=british britain=british britain's=british u.k.=british russia=russian us=american u.s.=american
    america=american france=french germany=german china=chinese ukraine=ukrainian defense=defence
    israel=israeli norway=norwegian moscow=russian london=british spokeswoman=spokesman
    spokesperson=spokesman chairwoman=chairman press=press ]],
  women = [[
    liz mary elizabeth anna ann anne maria sarah susan emma jane laura julia karen linda barbara
    margaret helen nancy lisa jennifer jessica patricia angela theresa hillary michelle kate catherine
    katherine rachel rebecca victoria alice charlotte emily hannah sophie olivia harriet dora mina diane
    diana carol christine christina claire julie amy amanda melissa stephanie nicole heather elena olga
    natalia tatiana svetlana irina marie martha ruth rose joan judith kathleen madonna beyoncé rihanna
    shakira taylor britney mariah whitney janet jill joyce louise lucy monica nina pamela sandra sharon
    sheila shirley sylvia teresa virginia wendy yvonne alexandra andrea caroline eleanor ellen frances
    grace ursula ]],
  men = [[
    john james robert michael william david richard joseph thomas charles christopher daniel matthew
    anthony mark donald steven stephen paul andrew joshua kenneth kevin brian george edward ronald
    timothy jason jeffrey ryan jacob gary nicholas eric jonathan larry justin scott brandon benjamin ben
    samuel gregory frank alexander raymond patrick jack dennis jerry peter henry adam douglas nathan
    zachary walter kyle harold carl keith roger gerald ethan arthur terry lawrence sean joe jim bob bill
    mike dave steve tom tim tony sam dan matt chris nick greg ian simon martin philip alan neil graham
    stuart sergey sergei dmitry vladimir boris ivan anton pavel igor mikhail nikolai antony gareth
    tobias hugh barry bruce albert louis roy ralph eugene russell bobby philip johnny lloyd oscar leo
    max karl hans otto jean pierre jacques françois antonio juan josé carlos luis pedro giovanni mario
    luigi ahmed mohammed muhammad ali ]],
}
