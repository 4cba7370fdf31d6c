-- names.lua - the words that tell people and places from other names in English.

local function set_of(list)
  local set = {}
  for word in list:gmatch("%S+") do set[word] = true end
  return set
end

return {
  titles = set_of [[
    Mr Mrs Ms Miss Dr Sir Lord Lady Dame Prof Professor President Minister Chancellor Senator
    Representative Rep Sen Gov Governor Mayor Judge Justice General Gen Colonel Col Captain Capt Major Lt
    Lieutenant Sergeant Sgt Admiral King Queen Prince Princess Pope Cardinal Bishop Archbishop Rev
    Reverend Ambassador Secretary Chairman Chairwoman Chief Director Commissioner Premier Spokesman
    Spokeswoman Spokesperson Sheikh Ayatollah Congressman Congresswoman Inspector Detective Officer Coach
    Editor Author Actor Actress Singer Footballer Prime Foreign Defence Defense Interior Finance Vice
    Deputy Former]],
  roles = set_of [[
    president minister chancellor senator governor mayor judge general spokesman spokeswoman spokesperson
    director chairman chairwoman ambassador secretary premier leader coach editor analyst professor author
    actor actress singer lawyer captain manager founder head chief officer husband wife son daughter
    brother sister father mother economist researcher activist journalist writer artist player striker]],
  verbs = set_of [[
    said says told asked added argued wrote explained warned insisted announced replied noted claimed
    tweeted died agreed denied declined admitted accused urged born resigned testified recalled stated
    declared thinks believes]],
  place_endings = set_of [[
    River Island Islands Lake Lakes Mountain Mountains Street Road Avenue Square Bay County Province Sea
    Ocean Airport District Valley Region Peninsula Gulf Strait Desert Forest Park Beach Port Bridge
    Village City Town Canal Coast Harbour Harbor Hills Parish Falls Creek Hill Castle Palace]],
  never = set_of [[
    I The A An In On At By For From With And But Or If It He She We They You This That These Those His Her
    Their Our My Its As When While After Before Since Until During However Although Because There Here
    What Who Why How Where Which Not No Yes Also Then Now Monday Tuesday Wednesday Thursday Friday
    Saturday Sunday January February March April May June July August September October November December
    To Of One Two Three Four Five Six Some Many Most More All Both Each Every Another Other Such So Yet
    Still Just Only Even Once According Under Over About Between Among Against Despite Meanwhile Last Next
    First Second Earlier Later Today Yesterday Tomorrow Is Are Was Were Do Does Did Has Have Had Will
    Would Can Could Should May Might Must Let Please Photo Image Read See New Old Good Great English
    British American French German Russian Chinese European Western Eastern Northern Southern Christian
    Muslim Jewish Islamic Catholic Republican Democratic Democrat Democrats Republicans]],
  -- Those of them that may begin the name of an organisation or a place.
  adjectives = set_of [[New Old First Second British American French German Russian Chinese European Western
    Eastern Northern Southern Christian Muslim Jewish Islamic Catholic Republican Democratic]],
  -- First names that are common in news, from many countries.
  first = set_of [[
    Aaron Abdul Abdullah Adam Ahmed Alain Alan Albert Alex Alexander Alexandra Alexei Alfred Ali Alice
    Amanda Amir Amy Ana Anders Andre Andrea Andreas Andrew Andrey Andrzej Angela Angus Anita Ann Anna Anne
    Annie Anthony Antoine Anton Antonio Arthur Barack Barbara Ben Benjamin Bernard Bill Bob Boris Brad
    Brian Bruce Carl Carlos Carmen Caroline Catherine Charles Charlie Charlotte Chen Chris Christian
    Christina Christine Christopher Claire Clara Claude Claudia Colin Craig Daniel Daniela Dave David
    Deborah Denis Dennis Diana Diane Diego Dimitri Dmitry Dominic Donald Dora Douglas Eduardo Edward Elena
    Eli Elizabeth Ella Ellen Emily Emma Emmanuel Eric Erik Ernest Esther Eva Fatima Felix Fernando Francis
    Francisco Franco Frank Fred Frederick Gabriel Gareth Gary Geoff Geoffrey George Georgia Gerald Gerhard
    Giorgia Giovanni Giuseppe Gordon Graham Greg Gregory Guy Hamid Hannah Hans Harold Harry Hassan Heather
    Helen Helmut Henri Henry Herbert Hillary Howard Hugh Hugo Ian Ibrahim Igor Ilya Imran Irina Isabel
    Isabella Ivan Jack Jacob Jacques Jake James Jamie Jan Jane Janet Jason Javier Jean Jeff Jeffrey
    Jennifer Jeremy Jessica Jim Jimmy Joan Joe Johan Johannes John Jonathan Jorge Jose José Joseph Josh
    Joshua Juan Judith Julia Julian Julie Jürgen Justin Kamala Karen Karl Kate Katherine Kathleen Katie
    Keir Keith Kelly Ken Kenneth Kevin Khalid Kim Klaus Kurt Kyle Larry Lars Laura Lauren Lawrence Lee Leo
    Leon Leonid Lewis Linda Lisa Liz Lloyd Louis Louise Lucas Lucy Luis Luke Luiz Magnus Manuel Marc Marco
    Marcus Margaret Maria Marie Marina Mario Marion Mark Martha Martin Mary Matt Matthew Maurice Max Maxim
    Megan Mehmet Melissa Michael Michel Michelle Miguel Mike Mikhail Mina Mitch Mohamed Mohammad Mohammed
    Monica Muhammad Mustafa Nancy Naomi Narendra Natalia Natalie Nathan Neil Nicholas Nick Nicola Nicolas
    Nigel Nikolai Nina Noah Norman Olaf Oleg Olga Oliver Olivia Omar Oscar Pablo Pamela Patricia Patrick
    Paul Paula Paulo Pavel Pedro Peter Phil Philip Philippe Pierre Piotr Rachel Rafael Ralph Raymond
    Rebecca Recep Ricardo Richard Rick Rishi Robert Roberto Robin Roger Roland Roman Ron Ronald Rosa Rosie
    Ross Roy Russell Ruth Ryan Salman Sam Samantha Samuel Sandra Sara Sarah Scott Sean Sebastian Sergei
    Sergey Sharon Simon Sofia Sophie Stanley Stefan Stella Stephanie Stephen Steve Steven Stuart Susan
    Svetlana Sven Tariq Ted Teresa Terry Theo Theresa Thomas Tim Timothy Tobias Todd Tom Tommy Tony Tracy
    Tyler Uwe Vera Victor Victoria Viktor Vincent Virginia Vladimir Volodymyr Walter Wayne Wendy William
    Wolfgang Xavier Yasser Yuri Yusuf Yves Zachary Zoe]],
  -- First names of German, French, Spanish, Italian and Russian; but in English nothing else tells a
  -- person.
  abroad = set_of [[
    Anna Andrea Angela Anne Annalena Anja Antje Barbara Bettina Birgit Carla Christian Christine Claudia
    Daniel David Dirk Elena Elisabeth Emma Eva Felix Florian Frank Franz Friedrich Georg Gerd Gerhard
    Greta Günter Hans Heike Heinrich Helmut Herbert Ingrid Jan Jens Joachim Johann Johannes Jörg Josef
    Julia Jürgen Karin Karl Katharina Katrin Klaus Kurt Lars Laura Lena Lukas Manfred Manuela Marco Maria
    Marie Markus Martin Martina Matthias Max Michael Monika Nina Norbert Olaf Oliver Otto Patrick Paul
    Peter Petra Philipp Rainer Ralf Robert Rolf Sabine Sandra Sarah Sebastian Silke Simone Sophie Stefan
    Stephan Susanne Sven Thomas Tim Tobias Ulrich Ursula Ute Uwe Volker Walter Werner Wolfgang Alain
    Alexandre Antoine Arnaud Aurélie Benoît Bernard Bertrand Brigitte Bruno Camille Catherine Cécile
    Céline Charles Christophe Claire Claude Clément Delphine Denis Didier Dominique Édouard Élisabeth
    Élodie Emmanuel Éric Étienne Fabien Florence François Françoise Frédéric Gabriel Gérald
    Gérard Gilles Guillaume Henri Hélène Hugo Isabelle Jacques Jean Jean-Luc Jean-Pierre Jean-Marie
    Jérôme Julie Julien Laurence Laurent Louis Luc Marc Marine Mathieu Michel Monique Nathalie Nicolas
    Olivier Pascal Philippe Pierre René Sandrine Ségolène Serge Stéphane Sylvie Thierry Valérie
    Vincent Virginie Xavier Yves Alberto Alejandro Alfonso Ana Andrés Ángel Antonio Beatriz Carlos
    Carmen Cristina Diego Eduardo Elena Enrique Esteban Felipe Fernando Francisco Gabriela Guillermo
    Gustavo Ignacio Irene Isabel Iván Javier Jesús Joaquín Jorge José Juan Juana Julio Lucía Luis
    Manuel Marcos Margarita María Mariano Marta Miguel Mónica Nicolás Nuria Óscar Pablo Paloma
    Patricia Pedro Pilar Rafael Ramón Raúl Ricardo Roberto Rosa Santiago Sergio Silvia Sofía Teresa
    Tomás Vicente Víctor Yolanda Alessandro Andrea Carlo Chiara Enrico Federico Francesca Francesco
    Giorgia Giorgio Giovanni Giulia Giuseppe Luca Luigi Marco Mario Matteo Paolo Pietro Roberta Salvatore
    Silvio Stefano Александр Алексей Анатолий Андрей Анна Антон
    Артём Борис Вадим Валентина Валерий Василий Вера
    Виктор Виктория Виталий Владимир Вячеслав Галина
    Геннадий Георгий Григорий Дарья Денис Дмитрий Дональд
    Евгений Евгения Екатерина Елена Иван Игорь Ирина
    Кирилл Константин Ксения Лариса Леонид Людмила Максим
    Маргарита Марина Мария Михаил Надежда Наталья Никита
    Николай Оксана Олег Ольга Павел Пётр Роман Сергей
    Светлана Станислав Степан Татьяна Фёдор Эмманюэль Юлия
    Юрий Яна]],
}
