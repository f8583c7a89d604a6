"""People who do not exist, with names as they are given in twelve of the portal's countries, and
second records of some of them as they happen: another order, a slip, a title, another spelling or
script, the same phone. Seeded: the same number gives the same people."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

WOMAN, MAN = "woman", "man"


@dataclass(frozen=True)
class Culture:
    """Given names of women and men, and what follows them."""

    women: list[str]
    men: list[str]
    families: list[str]
    pattern: str  # g: given name, m: a further given name, n: a man's name, f: family name
    code: str = "+000"

    def name(self, chance: Random, sex: str) -> str:
        given = self.women if sex == WOMAN else self.men
        lists = {"g": given, "m": given, "n": self.men, "f": self.families}
        return " ".join(chance.choice(lists[letter]) for letter in self.pattern)


def made(stems: str, endings: str) -> list[str]:
    return [stem + ending for stem in stems.split() for ending in endings.split()]


CONGO = Culture(
    """Marie Jeanne Béatrice Clarisse Agnès Thérèse Georgette Joséphine Godelieve Bernadette Furaha Espérance
    Charlotte Albertine Yvette Philomène Odette Pascaline Chantal Solange Henriette Léonie Antoinette Rosalie
    Julienne Véronique Colette Angélique Micheline Suzanne""".split(),
    """Joseph Albert Pierre Antoine Daniel Emmanuel Jean-Claude Floribert Dieudonné Célestin Augustin Patrice
    Laurent Théophile Faustin Gaston Philippe Valentin Sylvain Prosper Boniface Donatien Hilaire Barthélemy
    Norbert Rémy Zacharie Ambroise Évariste Modeste""".split(),
    """Kabongo Ngalula Mbuyi Kapinga Tshibanda Mukendi Kalonji Ilunga Muamba Kazadi Ntumba Mulumba Tshilombo
    Kabeya Mutombo Badibanga Katanga Lukusa Mpoyi Ngoy Kasongo Tshiala Bakajika Lubamba Mwadi Nsenga Kanku
    Odia Mbombo Tshituka Luboya Kayembe Mujinga Biduaya Kamwanya Diulu Musasa Tshimanga
    Beya Kalala""".split(),
    "gff",
    "+243",
)
NEPAL = Culture(
    """Sita Gita Laxmi Saraswati Durga Parbati Sunita Anita Kamala Bimala Sarita Radha Maya Devaki Shanta
    Nirmala Pabitra Sushila Rekha Manju Yamuna Ganga Tulsi Rama Binita Roshani Asmita Prakriti Mandira
    Chandra""".split(),
    """Ram Hari Krishna Bishnu Shyam Gopal Prakash Rajendra Surendra Mahendra Dipak Suresh Ramesh Narayan
    Keshav Madhav Bharat Arjun Bhim Nabin Rabindra Santosh Sudip Tek Yubraj Lokendra Ganesh Mohan Purna
    Kiran""".split(),
    """Shrestha Thapa Gurung Tamang Rai Limbu Magar Adhikari Bhattarai Poudel Koirala Acharya Karki Basnet
    Khadka Pandey Sharma Joshi Bhandari Chaudhary Maharjan Dahal Ghimire Neupane Subedi Regmi Rijal Aryal
    Pokharel Lama Sherpa Chhetri Budhathoki Khatiwada Timalsina Dangol Manandhar Pradhan Bista
    Rokaya""".split(),
    "gmf",
    "+977",
)
KENYA = Culture(
    """Wanjiku Achieng Nyambura Akinyi Wambui Njeri Atieno Chebet Jepkosgei Moraa Kemunto Nekesa Khadija
    Halima Zainab Mwanajuma Grace Mercy Faith Esther Purity Beatrice Eunice Lydia Rahab Tabitha Naomi
    Winnie Catherine Josephine""".split(),
    """Kamau Otieno Kipchoge Mwangi Omondi Kiprotich Njoroge Wafula Barasa Onyango Kariuki Cheruiyot Juma
    Hassan Abdalla Samuel Peter David Philip Geoffrey Stephen Isaac Moses Elijah Joshua Titus Reuben Silas
    Jackson Boniface""".split(),
    """Odhiambo Kimani Kiplagat Wekesa Mutua Musyoka Kilonzo Ochieng Ndungu Gathoni Maina Chepkwony Rotich
    Koech Simiyu Wanyama Nyong'o Githinji Kosgei Lagat Ruto Keter Mumbua Nduku Mwende Kioko Muthoni Gitau
    Waweru Karanja Obura Okello Oduya Ogutu Aluoch Nyaga Njiru Muriithi Kirimi Murithi""".split(),
    "gnf",
    "+254",
)
COLOMBIA = Culture(
    """María Luz Carmen Gloria Martha Claudia Patricia Sandra Adriana Yolanda Esperanza Beatriz Rosalba
    Consuelo Amparo Nubia Blanca Leonor Mercedes Ximena Catalina Lucía Daniela Valentina Yesenia Elvira
    Graciela Ofelia Teresa Magdalena""".split(),
    """José Juan Carlos Luis Jorge Álvaro Hernando Rafael Gustavo Jaime Guillermo Fernando Ricardo Mauricio
    Wilson Édgar Orlando Germán Rodrigo Felipe Andrés Sebastián Nicolás Esteban Fabio Ramiro Gonzalo Óscar
    Iván Efraín""".split(),
    """Rodríguez González Gómez Martínez Jiménez Hernández Muñoz Rojas Díaz Moreno Vargas Castillo Ortiz
    Gutiérrez Suárez Ramírez Álvarez Restrepo Quintero Zapata Mosquera Palacios Cabezas Angulo Caicedo
    Hurtado Valencia Murillo Perea Rentería Cuesta Asprilla Velásquez Echeverri Uribe Arango Ospina Cárdenas
    Zambrano Benavides""".split(),
    "gmff",
    "+57",
)
PHILIPPINES = Culture(
    """Maricel Rosalinda Jocelyn Marites Luzviminda Corazon Imelda Analyn Rowena Lorna Editha Teresita
    Cristina Josefina Remedios Erlinda Norma Evangeline Florencia Perla Soledad Milagros Divina Ligaya
    Mayumi Dalisay Amihan Tala Hiraya Bituin""".split(),
    """Ramon Eduardo Ferdinand Rodrigo Benigno Joselito Reynaldo Ernesto Danilo Rogelio Arnel Bayani Crisanto
    Dominador Edilberto Felipe Gregorio Honorio Isagani Jejomar Leandro Macario Nestor Olegario Pacifico
    Quirino Rizalino Salvador Teodoro Virgilio""".split(),
    """Dela_Cruz Bautista Villanueva Mangahas Macapagal Dimaculangan Catacutan Panganiban Magsaysay Aguinaldo
    Salonga Lacson Abaya Bangsamoro Sinsuat Ampatuan Mangudadatu Dimaporo Lucman Alonto Tamano Pangandaman
    Balweg Dulnuan Baguilat Tauli Bulanglang Gawaran Manalang Tolentino Evangelista Soriano Pascual Mercado
    Aquino Lopez Pacquiao Batungbakal Katigbak Madlangbayan""".split(),
    "gmff",
    "+63",
)
UKRAINE = Culture(
    """Oksana Olena Natalia Iryna Svitlana Liudmyla Halyna Tetiana Yuliia Mariia Kateryna Hanna Nadiia
    Valentyna Larysa Lesia Solomiia Zlata Bohdana Myroslava Daryna Anastasiia Viktoriia Antonina Raisa Zoia
    Polina Snizhana Yaryna Orysia""".split(),
    """Oleksandr Serhii Volodymyr Andrii Mykola Vasyl Yurii Ivan Oleh Petro Dmytro Taras Bohdan Stepan Roman
    Ihor Viktor Pavlo Mykhailo Yevhen Ruslan Maksym Anatolii Valerii Leonid Ostap Danylo Nazar Hryhorii
    Fedir""".split(),
    made(
        "Shevch Bond Koval Tkach Pavl Petr Iva Kravch Mosk Symon Vas Lysench Hrytsa Zakhar Romaniu",
        "enko chuk yk",
    ),
    "gnf",
    "+380",
)
BALKANS = Culture(
    """Jelena Milica Dragana Ljiljana Snežana Gordana Vesna Svetlana Biljana Amra Emina Lejla Aida Jasmina
    Selma Mirsada Azra Nermina Ankica Ružica Ivana Tijana Katarina Nevena Jovana Zorica Slavica Radmila
    Mirjana Sanja""".split(),
    """Dragan Milan Zoran Goran Nenad Dejan Aleksandar Nikola Stefan Marko Petar Emir Adnan Mirza Haris Kemal
    Senad Ibrahim Edin Jasmin Đorđe Miloš Uroš Vuk Lazar Bojan Slobodan Branko Radovan Željko""".split(),
    made(
        """Petr Jovan Nikol Mark Stefan Živk Ilij Pavl Lazar Radovan Bošk Mehmed Husein Hadžiahmet Omer Salih
        Delib Jank Stank Vuk Milivoj Todor Gavril Kost Obrad Vas Jevt Rist Bogdan Tadij""",
        "ović",
    ),
    "gnf",
    "+381",
)
GEORGIA = Culture(
    """Nino Ketevan Tamar Mariam Natia Manana Eka Lali Maia Khatuna Medea Nana Rusudan Teona Salome Lela
    Tinatin Irma Marina Eteri Dali Nona Lamara Tsiala Gulnara Zhuzhuna Nestan Elene Sopio Ana""".split(),
    """Giorgi Davit Levan Zurab Irakli Lasha Nika Tornike Vakhtang Archil Gela Malkhaz Otar Shota Revaz
    Merab Temur Avtandil Guram Jemal Nugzar Paata Ramaz Soso Tengiz Ucha Zaza Bidzina Koba Mamuka""".split(),
    made("Beri Kapana Gior Lomi Tsik Maisura Khvi Gela Kvara Mche Chkhei Nadi", "dze shvili a"),
    "gnf",
    "+995",
)
ARMENIA = Culture(
    """Anahit Gayane Hasmik Karine Lusine Mariam Nare Narine Ruzanna Satenik Shushan Siranush Susanna Tatevik
    Varduhi Zaruhi Araksya Arpine Astghik Gohar Heghine Knarik Lilit Margarit Naira Nune Sona Sirvard Yeva
    Zabel""".split(),
    """Armen Ashot Ara Aram Arsen Artur Gagik Garegin Gevorg Grigor Hakob Harutyun Hayk Hovhannes Karen
    Khachatur Levon Mkrtich Narek Petros Ruben Samvel Sargis Suren Tigran Vahan Vardan Vazgen Yervand
    Zaven""".split(),
    made(
        """Hakob Petros Grigor Harutyun Sargis Khachatr Hovhannis Karapet Mkrtch Poghos Vardan Manuk Stepan
        Ghazar Avetis Danielk Melkum Baghdasar Abraham Arakel Simon Tovmas Minas Nazar Voskan Torosk""",
        "yan",
    ),
    "gnf",
    "+374",
)
SIERRA_LEONE = Culture(
    """Fatmata Aminata Isatu Mariama Kadiatu Hawa Adama Zainab Memunatu Mabinty Yeabu Sallay Baindu Jeneba
    Mamie Nancy Ramatu Sia Finda Kumba Marion Josephine Haja Binta Rugiatu Musu Jattu Hassanatu Tenneh
    Yatta""".split(),
    """Mohamed Ibrahim Abu Alusine Foday Sorie Musa Lansana Momoh Brima Santigie Saidu Osman Sulaiman Tamba
    Sahr Komba Augustine Francis Emmanuel Alimamy Bockarie Vandi Joseph Samuel Unisa Gibrilla Kelfala Morlai
    Patrick""".split(),
    """Kamara Sesay Koroma Bangura Conteh Kargbo Turay Jalloh Mansaray Kanu Fofanah Barrie Bah Cole Johnson
    Williams Lebbie Kallon Lahai Swaray Massaquoi Tucker Margai Koker Fornah Dumbuya Sankoh Samura Kabia
    Thullah Tholley Gbla Yillah Suma Tarawally Sillah Bundu Marah Kuyateh Deen""".split(),
    "gmf",
    "+232",
)
SUDAN = Culture(
    """Fatima Aisha Khadija Amina Mariam Zahra Halima Salma Nadia Samira Hanan Iman Layla Noura Rania Sawsan
    Awatif Ihsan Nagwa Sumaya Nyandeng Achol Ayen Abuk Nyakim Adut Nyibol Akuol Rebecca Awut""".split(),
    """Mohamed Ahmed Ali Hassan Hussein Omar Osman Yusuf Ibrahim Ismail Mustafa Abdallah Khalid Idris Adam
    Bashir Deng Garang Majok Makuei Akol Bol Chol Lual Mabior Riek Taban Wani Lado Peter""".split(),
    """Abdelrahman Elhassan Babiker Eltayeb Siddig Salih Hamid Bakhit Kuol Malual Machar Gatluak Lam Dak
    Biar Ajak Atem Madut Kiir Akuei Nyok Thon Ador Ladu Keji Jada Kenyi Loro Modi Pitia Tombe Swaka Lomoro
    Abdulaziz Fadlallah Yagoub Haroun Zakaria Mahmoud Elamin""".split(),
    "gnnf",
    "+211",
)
UGANDA = Culture(
    """Nakato Babirye Namukasa Nalwanga Nabirye Auma Akello Apio Adong Lamunu Acan Amongi Kyomugisha
    Tumuhimbise Atuhaire Kemigisha Birungi Kabasinguzi Nyamwiza Harriet Juliet Prossy Immaculate Scovia
    Annet Rose Florence Margaret Christine Jackline""".split(),
    """Wasswa Kato Okello Opio Ocen Odong Mugisha Tumwine Byaruhanga Kaggwa Ssemakula Mukasa Kizito Lubega
    Bosco Geoffrey Denis Ronald Julius Vincent Godfrey Charles Robert Patrick Moses Simon Richard Francis
    Fredrick Alex""".split(),
    """Nsubuga Ssentongo Kiggundu Lutaaya Musoke Namatovu Nakibuule Oryem Otim Lukwiya Komakech Rwakatare
    Baguma Asiimwe Turyahikayo Bahati Mugabe Rubongoya Muhumuza Kamugisha Akena Ojok Olanya Okot Aliker
    Nambooze Kakooza Mayanja Sserwadda Walusimbi Wandera Mugoya Isabirye Waiswa Balikowa Mutesi Nangobi
    Tenywa Kirunda Batambuze""".split(),
    "gnf",
    "+256",
)
CULTURES = [CONGO, NEPAL, KENYA, COLOMBIA, PHILIPPINES, UKRAINE]
CULTURES += [BALKANS, GEORGIA, ARMENIA, SIERRA_LEONE, SUDAN, UGANDA]

# Two ways to write one sound; taken from left to right or from right to left.
SPELLINGS = [
    tuple(pair.split("-"))
    for pair in """ph-f ou-u dj-j tsh-c kh-k y-i c-k z-s oo-u ss-s ll-l nn-n mm-m tt-t sh-ch ks-x ž-zh ć-ch
    š-sh đ-dj ii-iy ia-iya mohamed-muhammad yusuf-youssouf ibrahim-ebrahim fatima-fatuma hussein-hussain
    ahmed-ahmad osman-usman omar-umar mw-mu w-ou ee-i bh-b dh-d th-t gh-g""".split()
]
CYRILLIC = dict(zip("abvhdezyiklmnoprstufjgc", "абвгдезиіклмнопрстуфјґц", strict=True)) | {
    "sh": "ш",
    "ch": "ч",
    "zh": "ж",
    "kh": "х",
    "ts": "ц",
    "ii": "ій",
    "yu": "ю",
    "ia": "ія",
    "š": "ш",
    "ž": "ж",
    "č": "ч",
    "ć": "ћ",
    "đ": "ђ",
    "ye": "є",
    "iu": "ю",
    "ya": "я",
    "lj": "љ",
    "dž": "џ",
}
GEORGIAN = dict(zip("abgdevztiklmnoprsuqjhc", "აბგდევზთიკლმნოპრსუქჯჰც", strict=True)) | {
    "zh": "ჟ",
    "kh": "ხ",
    "ts": "ც",
    "dz": "ძ",
    "sh": "შ",
    "ch": "ჩ",
    "gh": "ღ",
}
TITLES = "Hon. Dr Mme Mr Chief Prof. Sra. Ing. Rev. Mwalimu Capt. Cllr".split()


def written_in(name: str, letters: dict[str, str]) -> str:
    """The name in another script, two letters before one."""
    out, rest = "", name.lower()
    while rest:
        size = 2 if rest[:2] in letters else 1
        out += letters.get(rest[:size], rest[:size])
        rest = rest[size:]
    return out.title()


def other_order(name: str, chance: Random) -> str:
    parts = name.split()
    return " ".join([parts[-1], *parts[:-1]])


def one_letter(name: str, chance: Random) -> str:
    """One letter wrong, missing, doubled, or two in the wrong order, anywhere."""
    places = [i for i, letter in enumerate(name) if letter.isalpha()]
    at = chance.choice(places)
    letter = chance.choice("abdeghiklmnoprstuvz".replace(name[at].lower(), ""))
    return chance.choice(
        [
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
            if at + 1 in places
            else name[:at] + name[at:] + letter,
        ]
    )


def titled(name: str, chance: Random) -> str:
    return f"{chance.choice(TITLES)} {name}"


def transliterated(name: str, chance: Random) -> str:
    """In another script where the people have two, else with up to two sounds spelt in another way."""
    if chance.random() < 0.3 and name.isascii():
        return written_in(name, chance.choice([CYRILLIC, GEORGIAN]))
    text = name.lower()
    ways = [way for pair in SPELLINGS for way in (pair, pair[::-1]) if way[0] in text]
    for one, other in chance.sample(ways, min(2, len(ways))):
        text = text.replace(one, other, 1)
    return text.title()


def same_phone(name: str, chance: Random) -> str:
    """Known by another part of the name; the phone is what tells."""
    parts = name.split()
    return " ".join(chance.sample(parts, len(parts) - 1)) if len(parts) > 2 else parts[0]


VARIANTS: dict[str, Callable[[str, Random], str]] = {
    "order": other_order,
    "letter": one_letter,
    "title": titled,
    "spelling": transliterated,
    "phone": same_phone,
}


@dataclass(frozen=True)
class Made:
    """One record; `of` is the place in the list of the record of the same person, if there is one."""

    name: str
    phone: str
    sex: str
    of: int | None = None
    variant: str = ""


def people(how_many: int, *, twice: int, seed: int = 1325) -> list[Made]:
    """So many records, of which the last `twice` are second records of other people. Nobody has a
    namesake: no method could tell the two. Two in three have a phone; a second record has the same one
    where that is what tells, and sometimes by chance."""
    chance = Random(seed)  # noqa: S311  (names, not keys)
    found: list[Made] = []
    taken: set[frozenset[str]] = set()
    while len(found) < how_many - twice:
        culture = CULTURES[len(found) % len(CULTURES)]
        sex = chance.choice([WOMAN, MAN])
        name = culture.name(chance, sex).replace("_", " ")
        phone = f"{culture.code} {chance.randrange(10**8, 10**9)}" if chance.random() < 0.66 else ""
        if frozenset(name.split()) not in taken:
            taken.add(frozenset(name.split()))
            found.append(Made(name, phone, sex))
    ways = list(VARIANTS)
    for n, of in enumerate(chance.sample(range(len(found)), twice)):
        one, way = found[of], ways[n % len(ways)]
        if way == "phone" and not one.phone:
            one = found[of] = Made(one.name, f"+243 {chance.randrange(10**8, 10**9)}", one.sex)
        phone = one.phone if way == "phone" or chance.random() < 0.3 else ""
        found.append(Made(VARIANTS[way](one.name, chance), phone, one.sex, of, way))
    return found
