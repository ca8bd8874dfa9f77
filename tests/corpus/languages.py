"""Short tables in many languages, for the older encodings that each of them is written in."""

LANGUAGES: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "Chinese": (
        (("gb18030", "gbk"), "姓名,年龄\n张三,20\n"),
        (("gb18030", "gbk"), "城市;房价\n北京;500\n上海;600\n"),
        (("gb18030", "gbk"), "价格\n1\n2\n"),
        (("gb18030", "gbk"), "温度\n1\n"),
        (("gb18030", "gbk"), "a,b\n男,1\n女,0\n"),
        (("gb18030", "gbk"), "时间;气温（℃）\n1;2,5\n"),
        (("gb18030", "gbk"), "序号,学校名称,备注\n1,清华大学,无\n2,北京大学,无\n"),
        (("gb18030", "gbk"), "品牌,型号,价格（元）\n华为,Mate 60,6999\n小米,14 Pro,4999\n"),
        (("gb18030", "gbk"), "省份,人口,面积\n广东,12601,17.98\n四川,8367,48.60\n新疆,2585,166.49\n"),
        (("gb18030", "gbk"), "是否有车\n是\n否\n"),
        (("gb18030", "gbk"), "id,评论\n1,这个电影真的很好看\n2,服务态度太差了，不推荐\n"),
        (("gb18030",), "性别,年龄段\n男,18-25\n女,26-35\n"),
        (("gb18030",), "日期,收盘价,成交量（手）\n2020-01-01,3.5,100\n"),
        (("gb18030",), "学历\n本科\n硕士\n博士\n"),
    ),
    "rare Chinese": (
        (("gb18030",), "姓名,年龄\n㐀𠀀,20\n張三,21\n"),
        (("gb18030",), "字,码\n龘,1\n𠮷,2\n"),
    ),
    "traditional Chinese": (
        (("big5",), "姓名,價格\n臺北,1\n高雄,2\n"),
        (("big5",), "縣市,人口\n新北市,4000000\n臺中市,2800000\n桃園市,2200000\n"),
        (("big5",), "商品,單價,數量\n蘋果,30,5\n鳳梨,45,2\n"),
        (("big5",), "性別\n男\n女\n"),
        (("big5",), "編號,評論\n1,這部電影很好看\n2,服務態度太差\n"),
        (("big5",), "日期,收盤價,成交量\n2020-01-01,3.5,100\n"),
        (("big5",), "學歷\n大學\n碩士\n"),
        (("big5",), "性別,年齡層\n男,18-25\n女,26-35\n"),
    ),
    "Japanese": (
        (("cp932", "euc_jp"), "名前,値段\n東京,1\n大阪,2\n"),
        (("cp932", "euc_jp"), "商品名,価格,数量\nりんご,100,3\nバナナ,80,5\nみかん,50,10\n"),
        (("cp932", "euc_jp"), "都道府県,人口\n北海道,5224614\n青森県,1237984\n沖縄県,1467480\n"),
        (("cp932", "euc_jp"), "日付,気温\n1月,5.2\n2月,6.1\n"),
        (("cp932", "euc_jp"), "性別\n男\n女\n"),
        (("cp932", "euc_jp"), "会社名,所在地\n株式会社トヨタ,愛知県\nソニー,東京都\n"),
        (("cp932", "euc_jp"), "日時;平均気温(℃);降水量(mm)\n2020/1/1;5,5;0\n"),
        (("cp932", "euc_jp"), "ID,性別,年代,コメント\n1,男性,20代,とても良い\n2,女性,30代,普通\n"),
        (("cp932", "euc_jp"), "年月日,最高気温(℃)\n2020/1/1,10.1\n"),
        (("cp932", "euc_jp"), "ｱｲｳ,ｶｷｸ\nﾃｽﾄ,1\n"),
    ),
    "Korean": (
        (("cp949", "euc_kr"), "이름,나이\n김철수,20\n이영희,21\n"),
        (("cp949", "euc_kr"), "도시,인구\n서울,9700000\n부산,3400000\n"),
        (("cp949", "euc_kr"), "가격\n1\n2\n"),
        (("cp949", "euc_kr"), "성별\n남\n여\n"),
        (("cp949", "euc_kr"), "지역,평균기온(℃),강수량\n서울,12.5,1450\n제주,15.8,1500\n"),
        (("cp949",), "날짜,종가,거래량\n2020-01-01,3.5,100\n"),
        (("cp949",), "학력\n대졸\n고졸\n"),
        (("cp949",), "번호,의견\n1,아주 좋아요\n2,별로예요\n"),
    ),
    "Russian": (
        (("cp1251", "koi8_r", "iso8859_5", "cp866"), "город,цена\nМосква,1\nКазань,2\n"),
        (("cp1251", "koi8_r", "iso8859_5", "cp866"), "Имя;Возраст;Город\nИван;20;Москва\nАнна;25;Самара\n"),
        (("cp1251", "koi8_r", "iso8859_5", "cp866"), "пол\nм\nж\n"),
        (("cp1251", "koi8_r", "iso8859_5", "cp866"), "дата,температура\n1,5\n"),
        (("cp1251", "koi8_r", "iso8859_5", "cp866"), "Наименование,Количество,Сумма\nХлеб,2,45.50\nМолоко,1,80.00\n"),
        (("cp1251", "koi8_r", "iso8859_5", "cp866"), "id,comment\n1,Очень хорошо\n2,плохо\n"),
        (("cp1251", "koi8_r", "iso8859_5", "cp866"), "№,ФИО\n1,ИВАНОВ ИВАН\n2,ПЕТРОВ ПЁТР\n"),
    ),
    "Ukrainian": ((("cp1251",), "місто,ціна\nКиїв,1\nЛьвів,2\n"),),
    "Polish": (
        (("cp1250", "iso8859_2"), "miasto,cena\nŁódź,1\nKraków,2\nWrocław,3\n"),
        (("cp1250", "iso8859_2"), "Imię;Płeć;Wiek\nJan;mężczyzna;20\nAnna;kobieta;25\n"),
        (("cp1250", "iso8859_2"), "ulica\nŚwiętokrzyska\nJagiellońska\n"),
        (("cp1250", "iso8859_2"), "wartość\n1\n"),
    ),
    "Czech": (
        (("cp1250", "iso8859_2"), "město,cena\nPraha,1\nPlzeň,2\nČeské Budějovice,3\n"),
        (("cp1250", "iso8859_2"), "Příjmení;Jméno\nDvořák;Jiří\nŠťastný;Tomáš\n"),
    ),
    "Hungarian": ((("cp1250", "iso8859_2"), "város,ár\nBudapest,1\nGyőr,2\nPécs,3\nSzékesfehérvár,4\n"),),
    "German": (
        (("cp1252",), "Größe;Straße\n1;Bäckerweg\n"),
        (("cp1252",), "Stadt,Fläche\nMünchen,310\nKöln,405\n"),
        (("cp1252",), "Geschlecht,Männer\n1,2\n"),
        (("cp1252",), "name,x\nMüller,1\n"),
        (("cp1252",), "Temperatur (°C);Höhe\n1,5;2\n"),
        (("cp1252",), "PLZ;Ort;Straße\n80331;München;Töpferstraße\n1010;Wien;Kärntner Straße\n"),
        (("cp1252",), "Umsatz in €;Menge\n1.234,50 €;3\n"),
        (("cp1252",), "Bezeichnung;Stück\nSchlüssel „groß“;2\n"),
    ),
    "French": (
        (("cp1252", "latin-1"), "café,prix\nété,3\n"),
        (
            ("cp1252", "latin-1"),
            "Région;Département\nÎle-de-France;Val-d'Oise\nProvence-Alpes-Côte d'Azur;Hautes-Alpes\n",
        ),
        (("cp1252", "latin-1"), "prénom,âge\nFrançois,20\nZoë,21\n"),
        (("cp1252", "latin-1"), "œuvre,prix\nL’été,1\n"),
        (("cp1252",), "Libellé,Montant (€)\nÉlectricité,12\nLoyer d’août,800\n"),
        (("cp1252",), "Sexe,Âge,Revenu\nH,20,\nF,30,\n"),
        (("cp1252",), "genre\nmâle\nfemelle\n"),
    ),
    "Spanish": (
        (("cp1252",), "año,ciudad\n1,Málaga\n"),
        (("cp1252",), "¿Sí o no?,niño\nSí,1\n"),
        (("cp1252",), "Código,Descripción\n1,Información básica\n"),
        (("cp1252", "latin-1"), "Dirección;Población\nC/ Peñón 3;Cádiz\nAv. Constitución 1;León\n"),
        (("cp1252", "latin-1"), "¡Atención!,días\nsí,3\n"),
        (("cp1252", "latin-1"), "id,opinión\n1,Muy buena atención y rápida\n2,No volveré jamás\n"),
    ),
    "Portuguese": ((("cp1252",), "município,população\nSão Paulo,12\nGoiânia,1\n"),),
    "Swedish and Danish": (
        (("cp1252",), "påske,år\nÅrhus,1\nbrød,2\n"),
        (("cp1252",), "kön,ålder\nman,20\nkvinna,21\nMalmö,3\n"),
    ),
    "signs": (
        (("cp1252",), "price in €,x\n1,2\n"),
        (("cp1252",), "µg/m³,x\n1,2\n"),
        (("cp1252",), "£,x\n1,2\n"),
        (("cp1252",), "naïve – “quoted”,x\nçà,2\n"),
        (("cp1252",), "n°,x\n1,2\n"),
    ),
    "Greek": (
        (("cp1253", "iso8859_7"), "πόλη,τιμή\nΑθήνα,1\nΠάτρα,2\n"),
        (("cp1253", "iso8859_7"), "Όνομα;Ηλικία\nΓιώργος;20\nΜαρία;25\n"),
        (("cp1253", "iso8859_7"), "ημερομηνία,θερμοκρασία\n1,5\n"),
    ),
    "Turkish": (
        (("cp1254",), "şehir,fiyat\nİstanbul,1\nDiyarbakır,2\nEskişehir,3\n"),
        (("cp1254",), "Adı;Soyadı;Doğum yılı\nAyşe;Yılmaz;1990\nÇağrı;Öztürk;1985\n"),
        (("cp1254",), "ürün,ağırlık\nşeker,1\n"),
        (("cp1254",), "Cinsiyet,Öğrenim\nErkek,Üniversite\nKadın,İlköğretim\n"),
        (("cp1254",), "il,nüfus\nİzmir,4\nMuğla,1\n"),
    ),
    "Hebrew": ((("cp1255",), "עיר,מחיר\nירושלים,1\nחיפה,2\n"),),
    "Arabic": ((("cp1256",), "المدينة,السعر\nالقاهرة,1\nدمشق,2\n"),),
    "Thai": ((("cp874",), "เมือง,ราคา\nกรุงเทพ,1\nเชียงใหม่,2\n"),),
    "Lithuanian": ((("cp1257",), "miestas,kaina\nŠiauliai,1\nKlaipėda,2\nPanevėžys,3\n"),),
    "from a Macintosh": (
        (("mac_roman",), "prénom,âge\nFrançois,20\nZoë,21\n"),
        (("mac_roman",), "Größe;Straße\n1;Bäckerweg\n"),
        (("mac_roman",), "Código,Descripción\n1,Información básica\n"),
        (("mac_roman",), "Libellé,Montant\nÉlectricité,12\nLoyer,800\n"),
        (("mac_roman",), "año,ciudad\n1,Málaga\n"),
    ),
    "from DOS": (
        (("cp850",), "prénom,âge\nFrançois,20\nZoë,21\n"),
        (("cp850",), "Größe;Straße\n1;Bäckerweg\n"),
    ),
    "Italian": (
        (("cp1252",), "città,qualità\nForlì,1\nCantù,2\n"),
        (("cp1252",), "Età;Perché\n20;Sì\n"),
    ),
    "Dutch": ((("cp1252",), "naam,reünie\nZoë,1\nFrançois,2\n"),),
    "Finnish": ((("cp1252",), "nimi,ikä\nPäivi,20\nJyväskylä,30\n"),),
    "Icelandic": ((("cp1252",), "nafn,aldur\nÞóra,20\nGuðmundur,30\n"),),
    "Romanian": ((("cp1250",), "oraş,populaţie\nBucureşti,1\nIaşi,2\nTimişoara,3\n"),),
    "Croatian": ((("cp1250",), "grad,županija\nČakovec,1\nŠibenik,2\nVaraždin,3\n"),),
    "Bulgarian": ((("cp1251",), "град,население\nСофия,1\nПловдив,2\n"),),
}


def tables() -> list[tuple[str, str, bytes]]:
    """Return the language, the text and its bytes, once for each encoding that has all its characters."""
    found = []
    for language, texts in LANGUAGES.items():
        for encodings, text in texts:
            for encoding in encodings:
                data = text.encode(encoding, errors="ignore")
                if data.decode(encoding) == text:
                    found.append((language, text, data))
    return found
