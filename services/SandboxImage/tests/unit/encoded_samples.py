"""Texts as offices write them, with the encodings that their programs use: a name or a line, and a page."""

SHORT: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "German": (("cp1252", "iso8859_15", "cp850", "mac_roman"), (
        "Straße;Betrag\nHauptstraße 5;12,50\nÖlmühlgasse 2;7,00\n", "Name,Ort\nMüller,Köln\n", "Artikel;Preis\nKäse;3,20 €\n")),
    "French": (("cp1252", "iso8859_15", "mac_roman"), (
        "prénom;âge\nZoé;31\nFrançois;45\n", "Date;Libellé;Débit\n01/02/2024;Chèque n° 7;120,00\n", "Hôtel de la Forêt – réservé\n")),
    "Spanish": (("cp1252", "cp850"), ("Año;Población\n2023;47\n", "nombre,dirección\nMuñoz,Calle Colón 5\nPeña,Avenida de América 12\n")),
    "Portuguese": (("cp1252",), ("Mês;Situação\nMarço;concluído\nJaneiro;não iniciado\n", "Endereço,São Paulo,Ação\n")),
    "Swedish": (("cp1252", "cp850"), ("Förnamn;Ålder\nÅsa;44\nBjörn;51\n",)),
    "Danish": (("cp1252",), ("Beløb;Kørsel\n120;på plads\nÆbler og pærer;7\n",)),
    "Polish": (("cp1250", "iso8859_2"), (
        "Imię;Miejscowość\nŁukasz;Łódź\nZbigniew;Kraków\n", "Wartość sprzedaży,Województwo\n12,śląskie\n7,świętokrzyskie\n")),
    "Czech": (("cp1250", "iso8859_2"), ("Jméno;Město\nJiří;Plzeň\nTomáš;České Budějovice\n", "Číslo,Částka\n1,tři tisíce\n")),
    "Hungarian": (("cp1250",), ("Név;Összeg\nErzsébet;hétfő\nGyőző;szűk körű\n",)),
    "Turkish": (("cp1254",), ("Adı;Şehir\nAyşe;İstanbul\nÇağrı;Muğla\n", "Ürün,Satış\nÇay,dokuz yüz\nIşık,beş\n")),
    "Russian": (("cp1251", "koi8_r", "cp866"), (
        "Город;Выручка\nМосква;12,5\nКазань;7,1\n", "Имя,Телефон\nАнна,112\n", "Отчёт за январь: итого по складу\n")),
    "Greek": (("cp1253", "iso8859_7"), ("Όνομα;Πόλη\nΓιώργος;Αθήνα\nΕλένη;Θεσσαλονίκη\n",)),
    "Hebrew": (("cp1255",), ("שם;עיר\nדוד;תל אביב\nשרה;ירושלים\n",)),
    "Arabic": (("cp1256",), ("الاسم;المدينة\nمحمد;القاهرة\nفاطمة;دمشق\n",)),
    "Chinese": (("gb18030",), ("省份,销售额\n广东,12\n浙江,7\n", "姓名,部门\n王小明,市场部\n", "产品名称;数量;单价\n螺丝;12;0,50\n")),
    "Taiwanese": (("big5",), ("縣市,銷售額\n臺北市,12\n高雄市,7\n", "姓名,電話\n陳先生,22\n")),
    "Japanese": (("shift_jis", "euc_jp"), ("商品名,売上\nりんご,120\nみかん,80\n", "氏名,住所\n田中太郎,東京都新宿区\n", "備考：至急お願いします。\n")),
    "Korean": (("euc_kr",), ("상품,매출\n사과,120\n배,80\n", "이름;부서\n김민수;영업부\n이지은;관리부\n")),
}

LONG: dict[str, str] = {
    "German": "Der Verein hat im vergangenen Jahr größere Anschaffungen getätigt; darüber wird auf der nächsten Sitzung "
              "ausführlich berichtet. Für Getränke "
              "und Müllabfuhr fielen übliche Kosten an, während die Erlöse aus dem Straßenfest höher waren als erwartet.\n",
    "French": "La société a réglé les dernières échéances à temps; l'année précédente, plusieurs chèques étaient "
              "arrivés très tard. Où sont passés les "
              "reçus de décembre ? Le siège a été prévenu, grâce à la comptable, et tout est rentré dans l'ordre.\n",
    "Polish": "Spółka zapłaciła wszystkie należności w terminie; w zeszłym roku część przelewów przyszła później. Gdzie "
              "są faktury za grudzień? Księgowa "
              "zawiadomiła dyrekcję, więc wszystko się wyjaśniło.\n",
    "Czech": "Společnost zaplatila všechny závazky včas; v loňském roce některé platby přišly později. Kde jsou účtenky "
              "za prosinec? Účetní upozornila "
             "ředitele, takže se všechno vyřešilo.\n",
    "Turkish": "Şirket bütün borçlarını zamanında ödedi; geçen yıl bazı ödemeler çok geç gelmişti. Aralık ayının "
              "faturaları nerede? Muhasebeci müdüre "
               "haber verdi, böylece her şey düzeldi.\n",
    "Russian": "Компания оплатила все счета вовремя; в прошлом году некоторые платежи пришли позже. Где накладные за декабрь? Бухгалтер "
    "предупредила "
               "директора, поэтому всё разрешилось.\n",
    "Greek": "Η εταιρεία πλήρωσε όλες τις υποχρεώσεις της εγκαίρως· πέρυσι μερικές πληρωμές ήρθαν αργά. Πού είναι τα τιμολόγια του "
    "Δεκεμβρίου;\n",
    "Chinese": "公司今年按时支付了所有账款，去年有几笔汇款到得很晚。十二月的发票在哪里？会计已经通知了经理，问题都解决了。销售部门计划明年在华东地区开设三家新店。\n",
    "Taiwanese": "公司今年準時支付了所有帳款，去年有幾筆匯款到得很晚。十二月的發票在哪裡？會計已經通知了經理，問題都解決了。業務部門計畫明年在臺中開設三家新店。\n",
    "Japanese": "会社は今年すべての支払いを期日どおりに済ませた。昨年は振込が遅れたことが何度かあった。十二月の領収書はどこにあるのか。経理が部長に連絡し、すべて解決した。\n",
    "Korean": "회사는 올해 모든 대금을 제때 지급했다. 작년에는 몇 번의 송금이 늦게 도착했다. 십이월 영수증은 어디에 있는가? 경리 담당자가 부장에게 알렸고 모든 문제가 해결되었다.\n",
}


def samples():
    """Each as (language, encoding, text)."""
    for language, (encodings, texts) in SHORT.items():
        for encoding in encodings:
            for text in (*texts, *([LONG[language], 40 * LONG[language]] if language in LONG else [])):
                try:
                    text.encode(encoding)
                except UnicodeEncodeError:
                    continue
                yield language, encoding, text
