"""Names of places as data: countries with their codes, states and provinces, large cities."""

from assay.reading.headings import folded

_STATE_CODES = """
    AL, AK, AZ, AR, CA, CO, CT, DE, FL, GA, HI, ID, IL, IN, IA, KS, KY, LA, ME, MD, MA, MI, MN, MS, MO, MT, NE, NV,
    NH, NJ, NM, NY, NC, ND, OH, OK, OR, PA, RI, SC, SD, TN, TX, UT, VT, VA, WA, WV, WI, WY, DC, ON, QC, BC, AB, MB,
    SK, NS, NB, NL, NSW, VIC, QLD, ACT, TAS
"""
_STATE_NAMES = """
    Alabama, Alaska, Arizona, Arkansas, California, Colorado, Connecticut, Delaware, Florida, Hawaii, Idaho,
    Illinois, Indiana, Iowa, Kansas, Kentucky, Louisiana, Maine, Maryland, Massachusetts, Michigan, Minnesota,
    Mississippi, Missouri, Montana, Nebraska, Nevada, New Hampshire, New Jersey, New Mexico, New York, North
    Carolina, North Dakota, Ohio, Oklahoma, Oregon, Pennsylvania, Rhode Island, South Carolina, South Dakota,
    Tennessee, Texas, Utah, Vermont, Virginia, Washington, West Virginia, Wisconsin, Wyoming, Ontario, Quebec,
    British Columbia, Alberta, Bavaria, Bayern, Hessen, Sachsen, Nordrhein-Westfalen, NRW, Baden-Württemberg,
    Catalonia, Cataluña, Île-de-France, Karnataka, Maharashtra, Tamil Nadu, Telangana, Kerala, Gujarat, Victoria,
    Queensland, New South Wales
"""
_CITY_NAMES = """
    London, Paris, Berlin, Munich, München, Hamburg, Köln, Cologne, Frankfurt, Frankfurt am Main, Stuttgart,
    Düsseldorf, Leipzig, Dresden, Hannover, Nürnberg, Nuremberg, Bremen, Dortmund, Essen, Bonn, Karlsruhe, Mannheim,
    Heidelberg, Freiburg, Aachen, Darmstadt, Potsdam, Jena, Augsburg, Göttingen, Münster, Kiel, Ulm, Tübingen,
    Saarbrücken, Mainz, Kassel, Bielefeld, Wuppertal, Zürich, Zurich, Geneva, Genève, Genf, Lausanne, Basel, Bern,
    Winterthur, Lugano, Vienna, Wien, Graz, Linz, Salzburg, Innsbruck, Lyon, Marseille, Toulouse, Nice, Nantes,
    Strasbourg, Straßburg, Montpellier, Bordeaux, Lille, Rennes, Grenoble, Rouen, Dijon, Nancy, Madrid, Barcelona,
    Valencia, Sevilla, Seville, Zaragoza, Málaga, Bilbao, Granada, Murcia, Alicante, Córdoba, Valladolid, Vigo,
    Lisbon, Lisboa, Porto, Rome, Roma, Milan, Milano, Turin, Torino, Naples, Bologna, Florence, Amsterdam,
    Rotterdam, Utrecht, Delft, Eindhoven, The Hague, Brussels, Bruxelles, Brüssel, Antwerp, Ghent, Leuven, Dublin,
    Cork, Edinburgh, Glasgow, Manchester, Birmingham, Leeds, Bristol, Cambridge, Oxford, Liverpool, Sheffield,
    Copenhagen, Stockholm, Gothenburg, Oslo, Helsinki, Warsaw, Warszawa, Krakow, Kraków, Wroclaw, Wrocław, Gdansk,
    Prague, Praha, Brno, Budapest, Bucharest, Cluj-Napoca, Sofia, Athens, Istanbul, Ankara, Izmir, Moscow, Saint
    Petersburg, Kyiv, Kiev, Lviv, Tallinn, Riga, Vilnius, Zagreb, Belgrade, Ljubljana, New York, New York City, NYC,
    San Francisco, Los Angeles, Chicago, Boston, Seattle, Austin, Houston, Dallas, Denver, Atlanta, Miami,
    Philadelphia, Phoenix, San Diego, San Jose, Palo Alto, Mountain View, Menlo Park, Sunnyvale, Cupertino, Redmond,
    Portland, Pittsburgh, Detroit, Minneapolis, Washington, Washington DC, Baltimore, Raleigh, Durham, Charlotte,
    Nashville, Salt Lake City, Toronto, Montreal, Montréal, Vancouver, Ottawa, Calgary, Waterloo, Mexico City,
    Ciudad de México, Guadalajara, Monterrey, Bogotá, Bogota, Medellín, Lima, Santiago, Buenos Aires, São Paulo, Sao
    Paulo, Rio de Janeiro, Montevideo, Quito, Caracas, Bangalore, Bengaluru, Mumbai, Delhi, New Delhi, Hyderabad,
    Chennai, Pune, Kolkata, Ahmedabad, Gurgaon, Gurugram, Noida, Jaipur, Kanpur, Karachi, Lahore, Islamabad, Dhaka,
    Colombo, Kathmandu, Beijing, Shanghai, Shenzhen, Guangzhou, Hangzhou, Nanjing, Wuhan, Chengdu, Taipei, Tokyo,
    Osaka, Kyoto, Yokohama, Seoul, Busan, Daejeon, Kuala Lumpur, Jakarta, Bandung, Bangkok, Hanoi, Ho Chi Minh City,
    Manila, Sydney, Melbourne, Brisbane, Perth, Adelaide, Canberra, Auckland, Wellington, Cape Town, Johannesburg,
    Pretoria, Durban, Lagos, Abuja, Nairobi, Accra, Addis Ababa, Cairo, Casablanca, Rabat, Tunis, Algiers, Tel Aviv,
    Haifa, Jerusalem, Tehran, Amman, Beirut, Riyadh, Dubai, Abu Dhabi, Doha, Kampala, Kigali, Dakar, Bay Area, San
    Francisco Bay Area, Silicon Valley, Greater London
"""
_COUNTRY_NAMES = """
    US: usa, us, u s a, u s, united states, united states of america; GB: uk, u k, united kingdom, england,
    scotland, wales, great britain, northern ireland, scotland uk; DE: germany, deutschland, allemagne, alemania;
    FR: france, frankreich, francia; ES: spain, spanien, espagne, espana; CH: switzerland, schweiz, suisse, suiza;
    AT: austria, osterreich, autriche; IT: italy, italien, italie, italia; NL: netherlands, the netherlands,
    niederlande, pays-bas; BE: belgium, belgien, belgique, belgica; LU: luxembourg, luxemburg; IE: ireland, irland;
    PT: portugal; PL: poland, polen, pologne; CZ: czech republic, czechia; SK: slovakia; HU: hungary; RO: romania;
    BG: bulgaria; GR: greece; TR: turkey, turkiye, turkei; RU: russia; UA: ukraine; SE: sweden, schweden; NO:
    norway; DK: denmark; FI: finland; IS: iceland; EE: estonia; LV: latvia; LT: lithuania; HR: croatia; RS: serbia;
    SI: slovenia; IN: india; PK: pakistan; BD: bangladesh; LK: sri lanka; NP: nepal; CN: china; HK: hong kong; TW:
    taiwan; JP: japan; KR: south korea, korea; SG: singapore; MY: malaysia; ID: indonesia; TH: thailand; VN:
    vietnam; PH: philippines; AU: australia; NZ: new zealand; CA: canada, kanada; MX: mexico; BR: brazil, brasil;
    AR: argentina; CL: chile; CO: colombia; PE: peru; UY: uruguay; EC: ecuador; VE: venezuela; CR: costa rica; ZA:
    south africa; NG: nigeria; KE: kenya; GH: ghana; ET: ethiopia; EG: egypt; MA: morocco, maroc; TN: tunisia,
    tunisie; DZ: algeria, algerie; IL: israel; IR: iran; IQ: iraq; JO: jordan; LB: lebanon; SA: saudi arabia; AE:
    uae, united arab emirates; QA: qatar; KW: kuwait; SN: senegal; CM: cameroon; UG: uganda; RW: rwanda; CY: cyprus;
    MT: malta; GE: georgia; AM: armenia; KZ: kazakhstan; BY: belarus; AL: albania; CU: cuba; BO: bolivia
"""
COUNTRIES: dict[str, str] = {
    " ".join(name.split()): code.strip()
    for code, names in (row.split(":") for row in _COUNTRY_NAMES.split(";"))
    for name in names.split(",")
}


def _names(listed: str) -> frozenset[str]:
    return frozenset(" ".join(name.split()) for name in listed.split(","))


STATE_CODES = _names(_STATE_CODES)
"""Codes of the states of the USA, the provinces of Canada and the states of Australia."""
STATES = frozenset(folded(name) for name in _names(_STATE_NAMES))
CITIES = frozenset(folded(name) for name in _names(_CITY_NAMES))
