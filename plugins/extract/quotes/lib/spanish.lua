-- spanish.lua - words of Spanish that tell who says what.

return {
  code = "es",
  inverted = true, dropped = true,
  dialogue = true,
  reporting = [[
    dijo dice dicen dijeron decía dicho afirmó afirma afirman afirmaron aseguró asegura aseguran
    aseguraron explicó explica explican explicaron señaló señala señalan señalaron añadió añade
    agregó agrega declaró declara declararon indicó indica indicaron manifestó manifiesta sostuvo
    sostiene expresó expresa comentó comenta advirtió advierte advirtieron anunció anuncia
    anunciaron apuntó apunta subrayó subraya destacó destaca insistió insiste recordó recuerda
    respondió responde preguntó pregunta escribió escribe relató relata contó cuenta reconoció
    reconoce admitió admite negó niega denunció denuncia criticó critica reiteró reitera confirmó
    confirma precisó precisa lamentó lamenta prometió promete pidió pide exigió exige consideró
    considera opinó opina concluyó concluye exclamó exclama bromeó bromea calificó califica
    prosiguió continuó informó informa ]],
  that = "que", bare_clause = "",
  telling = "dijo informó advirtió recordó aseguró",
  participles = "diciendo afirmando asegurando añadiendo explicando señalando destacando subrayando",
  fillers = [[
    ha han había habían también además luego después entonces ayer hoy ya no se le les lo asimismo
    aún ]],
  pronouns = "él=m ella=f ellos=p ellas=p yo=i nosotros=p",
  determiners = [[
    el la los las un una unos unas su sus este esta estos estas ese esa nuestro nuestra varios varias
    algunos algunas muchos dos tres ]],
  indefinite = "un una unos unas varios varias algunos algunas muchos dos tres",
  prepositions = "de del a al en por para con sin sobre desde hasta entre tras ante contra durante según",
  conjunctions = "y e o u pero sino porque aunque mientras cuando si como donde que",
  relative = "quien",
  honorifics = [[
    señor=m señora=f sr=m sr.=m sra=f sra.=f don=m doña=f dr=m dr.=m dra.=f rey=m reina=f papa=m ]],
  roles = [[
    ministro ministra presidente presidenta secretario secretaria portavoz vocero vocera director
    directora jefe jefa alcalde alcaldesa diputado diputada senador senadora gobernador gobernadora
    embajador embajadora general entrenador entrenadora seleccionador capitán jugador jugadora experto
    experta profesor profesora investigador investigadora autor autora escritor escritora cantante actor
    actriz abogado abogada juez jueza fiscal canciller líder dirigente candidato candidata historiador
    economista periodista diplomático testigo vecino vecina analista responsable ingeniero ingeniera
    pescador obispo vicepresidente vicepresidenta homólogo ]],
  relations = "homólogo",
  writing = "escribió escribe",
  unnamed = "portavoz vocero vocera experto experta testigo vecino vecina analista periodista diplomático",
  tails = "exteriores defensa interior justicia asuntos relaciones",
  particles = "de del la las los y von van",
  organs = "ministerio gobierno agencia universidad policía partido",
  documents = "comunicado texto informe documento carta nota",
  places = "españa rusia londres madrid moscú",
  calendar = [[
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes
    martes miércoles jueves viernes sábado domingo ]],
  works = [[
    película libro novela álbum canción serie artículo título obra diario revista poema titulado
    titulada ]],
  terms = "llamado llamada llamados denominado denominada apodado apodada término palabra expresión",
  according = [[
    según
    en palabras de
    de acuerdo con ]],
  by = "por",
  abbreviations = "sr sra dr dra ud uds st etc",
  function_words = [[
    esto eso aquí ahí hoy ayer mañana sí no más muy todo todos así entonces también pero tras
    según además ]],
  women = "harriet maría ana carmen cristina margarita isabel",
  men = "anton josé juan luis pedro carlos miguel antonio francisco jorge",
}
