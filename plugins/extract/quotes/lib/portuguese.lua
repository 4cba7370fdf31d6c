-- portuguese.lua - words of Portuguese that tell who says what.

return {
  code = "pt",
  inverted = true, dropped = true,
  dialogue = true,
  reporting = [[
    disse diz dizem disseram dizia dito afirmou afirma afirmam afirmaram declarou declara declararam
    explicou explica explicaram acrescentou acrescenta adiantou garantiu garante assegurou assegura
    ressaltou ressalta destacou destaca sublinhou sublinha salientou salienta observou observa comentou
    comenta respondeu responde perguntou pergunta escreveu escreve contou conta lembrou lembra recordou
    recorda admitiu admite reconheceu reconhece negou nega anunciou anuncia alertou alerta advertiu
    adverte avisou avisa criticou critica denunciou denuncia prometeu promete pediu pede exigiu exige
    considerou considera opinou concluiu conclui confirmou confirma reiterou reitera lamentou lamenta
    brincou brinca exclamou exclama prosseguiu continuou informou informa revelou revela relatou relata
    frisou frisa pontuou pontua ]],
  that = "que", bare_clause = "",
  telling = "disse informou alertou lembrou avisou",
  participles = "dizendo afirmando acrescentando explicando destacando garantindo lembrando",
  fillers = [[
    tem têm tinha havia também ainda depois então ontem hoje já não se lhe lhes o além disso ]],
  pronouns = "ele=m ela=f eles=p elas=p eu=i nós=p",
  determiners = [[
    o a os as um uma uns umas seu sua seus suas este esta esse essa aquele aquela nosso nossa vários
    várias alguns algumas muitos dois três ]],
  indefinite = "um uma uns umas vários várias alguns algumas muitos dois três",
  prepositions = [[
    de do da dos das em no na nos nas por pelo pela para com sem sobre desde até entre após ante
    contra durante segundo ao à aos ]],
  conjunctions = "e ou mas porém porque embora enquanto quando se como onde que",
  relative = "quem",
  honorifics = [[
    senhor=m senhora=f sr=m sr.=m sra=f sra.=f dom=m dona=f dr=m dr.=m dra.=f papa=m rei=m rainha=f ]],
  roles = [[
    ministro ministra presidente presidenta secretário secretária porta-voz diretor diretora chefe
    prefeito prefeita deputado deputada senador senadora governador governadora embaixador embaixadora
    general treinador treinadora técnico capitão jogador jogadora especialista professor professora
    pesquisador pesquisadora investigador autor autora escritor escritora cantor cantora ator atriz
    advogado advogada juiz juíza procurador procuradora chanceler líder candidato candidata
    historiador economista jornalista diplomata testemunha morador moradora analista responsável
    engenheiro engenheira pescador bispo vice-presidente homólogo ]],
  relations = "homólogo",
  writing = "escreveu escreve",
  unnamed = "porta-voz especialista testemunha morador moradora analista jornalista diplomata",
  tails = "exteriores defesa interior justiça negócios relações",
  particles = "de do da dos das e von van",
  organs = "ministério governo agência universidade polícia partido",
  documents = "comunicado texto relatório documento carta nota",
  places = "brasil portugal rússia londres lisboa moscou moscovo",
  calendar = [[
    janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
    segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo ]],
  works = [[
    filme livro romance álbum canção música série artigo título obra jornal revista poema
    intitulado intitulada ]],
  terms = "chamado chamada denominado denominada apelidado apelidada termo palavra expressão",
  according = [[
    segundo
    de acordo com
    nas palavras de
    para ]],
  by = "por pelo pela",
  abbreviations = "sr sra dr dra st etc",
  function_words = [[
    isto isso aqui ali hoje ontem amanhã sim não mais muito tudo todos assim então também mas após
    segundo além ]],
  women = "harriet maria ana dilma marina",
  men = "anton josé joão luís pedro carlos paulo antónio antônio jair",
}
