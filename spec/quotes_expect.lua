-- quotes_expect.lua - the quotations of the dumps and their speakers, marked by hand; see quotes_spec.lua.

local expect = {}

-- First byte, last byte, hash, kind, speaker; no speaker where the text names an unnamed spokesman.
expect.wild = {
  ["000"] = {
    { 178, 336, "9a65e7eb7159", "direct", "Liz Truss" },
    { 427, 561, "0d841c25fe86", "direct", "Liz Truss" },
    { 718, 904, "d2f9d2adbbfa", "direct", "Liz Truss" },
    { 979, 1056, "70d7e033b3cf", "mixed", "Sergey Lavrov" },
    { 1081, 1207, "6dd2513f73b6", "direct", "Sergey Lavrov" },
    { 1270, 1402, "853f50fd239a", "mixed", "Liz Truss" },
    { 1406, 1946, "b74d5927d1d9", "direct", "Liz Truss" },
    { 2097, 2483, "13f4cab724b7", "direct", "Liz Truss" },
  },
  ["001"] = {
    { 400, 514, "e2179ce99d7a", "direct", "Liz Truss" },
    { 598, 609, "b598cb09abe8", "mixed", "Kremlin" },
    { 657, 681, "c3f6a64b4fbd", "mixed", "Liz Truss" },
    { 882, 1104, "da323185e69b", "direct", "" },
    { 1219, 1268, "3a4a462c8af2", "mixed", "Liz Truss" },
    { 1291, 1336, "b77c65368b21", "mixed", "Liz Truss" },
    { 1366, 1544, "f6683ba5b32e", "direct", "" },
    { 2430, 2485, "e8814b1274da", "mixed", "Dmitry Peskov" },
    { 2552, 2612, "31f1c3302d64", "direct", "Dmitry Peskov" },
    { 2789, 2801, "498ca42b2c2c", "mixed", "Antony Blinken" },
    { 2877, 2999, "527141f8dfe0", "direct", "Antony Blinken" },
  },
  ["002"] = {
    { 529, 666, "f3f1f6fed879", "direct", "Liz Truss" },
    { 712, 842, "5757d9e04b17", "direct", "Liz Truss" },
    { 985, 1193, "94d4230b1ffc", "direct", "Sergei Lavrov" },
    { 1511, 1796, "2610626168d0", "direct", "Sergei Lavrov" },
    { 1813, 2069, "382cceab90e7", "direct", "Sergei Lavrov" },
    { 2349, 2366, "ac0fc82f8832", "mixed", "Dmitry Peskov" },
  },
  ["003"] = {
    { 231, 533, "c0bbf468af8d", "direct", "Foreign, Commonwealth & Development Office" },
    { 547, 687, "e63a55684e7a", "direct", "Foreign, Commonwealth & Development Office" },
    { 804, 1125, "84302bd17639", "direct", "Foreign, Commonwealth & Development Office" },
    { 1148, 1379, "6af105388a81", "direct", "Foreign, Commonwealth & Development Office" },
    { 1442, 1531, "0092deb954ac", "mixed", "Liz Truss" },
    { 1536, 1716, "1934b7a716da", "direct", "Foreign, Commonwealth & Development Office" },
    { 1950, 1969, "5e1a054e294c", "mixed", "Dmitry Peskov" },
    { 2535, 2803, "bb4131fab3e0", "direct", "Foreign, Commonwealth & Development Office" },
  },
  ["004"] = {
    { 358, 536, "f669d7d4a116", "direct", "Sergei Lavrov" },
    { 739, 783, "1836f4fc2545", "mixed", "Liz Truss" },
    { 788, 916, "6647aaa36553", "direct", "Liz Truss" },
  },
}

-- Speaker and the first two words of each; "?" where the text names nobody.
expect.own = {
  ["01-flattened-line.txt"] = {
    "Harriet Colbrook: A ship",
    "Harriet Colbrook: He gave",
    "Harriet Colbrook: Nobody maps",
    "Anton Verigin: our guest",
    "Anton Verigin: We were",
    "Harriet Colbrook: Two frigates",
    "Harriet Colbrook: Visas are",
  },
  ["02-press-reader.txt"] = {
    "Harriet Colbrook: A ship",
    "Anton Verigin: We were",
    "Harriet Colbrook: He gave",
    "Harriet Colbrook: and now",
    "?: frosty but",
    "?: Nobody threw",
    "Pavel Ostrovin: fog and",
  },
  ["03-place-and-dash.txt"] = {
    "Harriet Colbrook: A ship",
    "Harriet Colbrook: He gave",
    "Anton Verigin: We were",
    "Anton Verigin: Ask them",
    "Pavel Ostrovin: fog and",
  },
  ["04-dash-headline.txt"] = {
    "Foreign Office: The Foreign",
    "Foreign Office: London would",
    "Foreign Office: At her",
    "Harriet Colbrook: is bad",
    "Foreign Office: She did",
    "Pavel Ostrovin: fog and",
    "Foreign Office: Both ministers",
  },
  ["05-cms-fields.txt"] = {
    "Anton Verigin: Neighbours who",
    "London: siege of",
    "Harriet Colbrook: A ship",
  },
  ["06-several-articles.txt"] = {
    "Harriet Colbrook: He gave",
    "Anton Verigin: We were",
  },
  ["07-crlf-with-bom.txt"] = {
    "Harriet Colbrook: A ship",
    "Harriet Colbrook: I asked",
    "Anton Verigin: Three hours",
  },
  ["08-german-windows-1252.txt"] = {
    "Harriet Colbrook: Ein Schiff,",
    "Anton Werigin: Man hat",
  },
  ["09-french-latin1.txt"] = {
    "Harriet Colbrook: Un navire",
    "Anton Veriguine: sans précédent",
    "Anton Veriguine: On nous",
  },
  ["10-russian-windows-1251.txt"] = {
    "Харриет Колбрук: Судно, которое",
    "Антон Веригин: Нам велели",
    "Павел Островин: туман и",
  },
  ["11-russian-utf8.txt"] = {
    "Харриет Колбрук: Теперь я",
  },
  ["15-press-database.txt"] = {
    "Anton Verigin: We were",
  },
  ["16-hard-wrapped.txt"] = {
    "Harriet Colbrook: A ship",
    "Anton Verigin: Three hours",
  },
}

return expect
