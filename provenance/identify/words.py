"""The vocabulary of machine texts: words that belong to a model's name, and words that explain themselves.

What is in none of these lists is unexplained, and an unexplained token costs an answer its tier or the answer.
All words are in the spelling that `normalise.fold` gives them.
"""

from __future__ import annotations

from provenance.expressions import expression


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VARIANTS = _words(
    "pro xp jxp hyd imm se fe lite light max mini ultra turbo dual duo hex slim nano home box air super elite extreme "
    "neo gen mk mark ii iii iv vi vii plus premium special edition prime quad solo ln hf ex exp "
    "exph xph mix custom series"
)
"""Words that tell siblings apart. One that no known name accounts for means an unknown model."""

COOLING = frozenset({"hyd", "imm", "air"})
"""Words that only describe a series whose number already says how it is cooled."""

DESCRIPTIVE = frozenset({"home"})
"""Suffix words that also describe a machine where no known name has them: `Avalon Q home miner`."""

BOARD_NOISE = _words(
    "nopic pic x88 bb bbb aml amlogic zynq xilinx cv cvitek cv1835 beaglebone am1 am2 am3 c52 c55 ctrl rev"
)
"""Control boards and board revisions that firmware appends to a model name."""

NOISE = _words(  # The trade
    "miner miners mining asic asics machine machines rig rigs unit units server servers computer computing equipment "
    "device hardware model models type hashrate hash rate hashing power consumption efficiency only each per cell "
    # Condition and offer
    "new used refurbished refurb brand condition good grade tested working sealed open boxed stock available sale "
    "for with without no and or the a of in on at to from by incl including included includes inc w wo "
    "warranty days day months month year years batch lot order po sku item price usd usdt eur cny rmb fob exw ddp ddu "
    "us eu hk shipping delivery ship spot future futures preorder hosting hosted colocation online offline ready "
    "qty quantity pcs pc pieces piece ea nos x "
    # Coins and algorithms
    "btc bitcoin bch bsv ltc litecoin doge dogecoin kas kaspa kda kadena eth etc ethereum dash dcr decred zec zcash "
    "ckb sc siacoin hns alph alephium aleo sha scrypt kheavyhash blake eaglesong equihash ethash etchash x11 "
    "blake2s blake2b handshake nervos radiant rxd zen horizen heavyhash cuckatoo cuckaroo cryptonight tensority randomx "
    "zksnark keccak groestl skein qubit quark lbry neoscrypt hashimoto dagger monero grin bytom verge digibyte sia "
    # Firmware and fleet software, and what resellers write after a name
    "vnish luxos luxor spos spideros braiins bos hiveon bixbit hashmaster epic awesome stock firmware fw ums foreman "
    "hiveos asicboost overclocked overclock oc underclocked lpm hpm eco normal standard low high mode efficient "
    # Formats and cells
    "na n tbd tested v version ver "
    # What dealers of other languages write beside a name
    "usado usada usados usadas nuevo nueva nuevos nuevas novo nova seminovo minero mineros minera minador mineradora "
    "mineracao mineria com con sem sin em de da do del para ou maquina maquinas garantia estoque unidades pronta "
    "macchine minerarie mineraria minerario mineras minage maschine maschinen "
    "gebraucht neu neuwertig mit ohne und fuer fur inkl garantie stueck stuck "
    "occasion neuf avec sans et pour mineur mineurs reconditionne usato nuovo usati senza macchina "
    "sprzedam uzywany uzywana nowy nowa koparka koparki ikinci sifir madenci "
    # Sentences of filings and of the press
    "our maybe approximately approx about around next current additional remaining ordered purchased purchase acquired "
    "deployed installed energized delivered shipped received contract contracts these those their its all more first "
    "which are were have has been that this will be "
    # Condition, terms and offers in longer titles
    "fully excellent great very good nice clean cleaned serviced repaired untested as is nib bnib oem original genuine "
    "authentic official fast free local pickup best deal offer sell selling buy wanted wts wtb only left firm obo "
    "tier top mint like lightly gently pre owned preowned second hand 2nd secondhand off lease running worker workers "
    "farm fleet site pool bin bins latest profitable heater currently live active idle backup complete set kit bundle "
    "combo pair lots total sold chain stockpile full node hw pcb mb "
    "inventory texas usa canada dubai uae china malaysia paraguay ethiopia houston kazakhstan russia moscow kiev "
    "ukraine norway hong kong shenzhen hk aircooled cooled cooling "
    "jan feb mar apr may jun jul aug sep sept oct nov dec january february march april june july august september "
    "october november december mon tue wed thu fri sat sun cst msk utc gmt "
    # More of condition, terms and offers
    "upgraded modified modded certified recertified remanufactured refurbish broken dead faulty defective "
    "nonworking repairable repasted dusty dirty scratches cosmetic minor perfect washed inactive maintained maintenance "
    "discount promo promotion bulk wholesale moq retail clearance liquidation auction immediate immediately dispatch "
    "dispatched arrives arriving arrival eta etd ships shipment freight dhl fedex customs duty tax vat cif incoterms gtd "
    "invoice quote quotation msrp deposit prepaid presale shared bestseller upcoming newest trending popular recommended "
    "bonus gift coupon insured guarantee guaranteed lease leased leasing rent rental seller supplier manufacturer "
    "specs specification specifications review powerful profitability quiet silent loud noise energy saving "
    "crypto cryptocurrency cryptominer blockchain coin coins bitcoins mined farming datacenter managed colo colocated "
    "warehouse facility mskminer blissz nicehash "
    "north south dakota ohio georgia kentucky tennessee wyoming montana oklahoma nebraska pennsylvania york argentina "
    "brazil bhutan finland iceland indonesia laos oman sweden singapore thailand siberia irkutsk abu dhabi "
    "unidad unidade equipo equipos precio preco envio gratis incluido incluida inclusa incluso minado criptomonedas "
    "potencia consumo silencioso equipamento equipamentos frete lacrado lacrada importado importada nacional parcelado "
    "entrega lieferung versand kostenlos leistung verbrauch leise sofort lieferbar rechnung mwst zustand livraison "
    "gratuite puissance consommation silencieux disponible prix etat spedizione gratuita garanzia potenza silenzioso "
    "disponibile prezzo kullanilmis yeni fiyat kargo garanti stok stokta cihaz cihazi cena wysylka gwarancja sprawny "
    "sprawna uzywane nowe madencilik makinesi el la mesin bekas tambang may dao "
    # Returns, faults, papers and customs
    "profit profits earn earning earnings income revenue payback roi instock brandnew unboxed unopened openbox "
    "returns refund refunds accepted trusted reliable durable stable house office industrial commercial enterprise "
    "professional beginner beginners easy setup play usb wifi ethernet connected configured preconfigured flashed "
    "unlocked tuned autotuned undervolted find zero error errors issue issues problem problems fault faults failure "
    "fails detected restarting rebooting overheating overheat temperature damaged burnt salvage listing title example "
    "sample demo test nominal typical rated reference stated average avg performance arrived stocked imported "
    "domestic international worldwide shipper buyer customer client owner investor hoster plan package deals orders "
    "ordering purchasing secure payment escrow paypal transfer negotiable graded serial serials number numbers asset "
    "assets tag sn code automatic data processing digital currency"
)
"""Words that explain themselves beside a model name."""

FIRMWARE = _words("braiins braiinsos bixbit bitfufu")
"""Names of makers that in a model text are those of their firmware, until a model of their own is named."""

RESELLERS = _words(
    "kaboomracks minefarmbuy upstreamdata asicmarketplace asicminervalue hashrateindex luxor compassmining compass "
    "viperatech coinmining blokforge bitmart asicjungle apextomining zeusbtc"
)
"""Shops and platforms, seen where a maker is asked for; they make nothing."""

NO_MAKER = _words(
    "na none unknown various misc other others generic mixed tbd nil null multiple several asic miner miners "
    "mining oem nobrand unbranded notapplicable notavailable"
)
"""What people write into a maker column to say that they do not know, as cores."""

PART_WORDS = _words(
    "hashboard hashboards psu psus powersupply cord cords cable cables fan fans controller controllers controlboard "
    "controlboards hb heatsink heatsinks chip chips adapter adaptor adapters plug plugs fuse shroud shrouds "
    "spare spares parts gasket eeprom thermalpaste sdcard bracket brackets "
    "fonte fuente netzteil alimentation alimentatore zasilacz ventilador ventilateur lufter cabo kabel"
)
PART_PAIRS = _words(
    "hashboard hashboards hashingboard hashingboards powersupply powersupplies powerboard controlboard controlboards "
    "powercord powercords powercable powercables powerunit datacable datacables ribboncable fanassembly coolingfan "
    "heatsink heatsinks adapterboard dataline logicboard mainboard motherboard sparepart spareparts iocard "
    "ioboard thermalpaste sdcard chipset"
)
"""Parts of machines, as one word or as two in a row."""

INFRASTRUCTURE = _words(
    "container containers antspace antrack rack racks shelf shelves shelving cabinet cabinets tank tanks transformer "
    "switchgear breaker breakers panelboard drycooler hashhouse blockbox nanopod minepod fencing desk chair table "
    "pallet pallets crate crates"
)
"""Things of a site that are neither machine nor part."""

JOINERS = frozenset(
    {
        "with",
        "incl",
        "including",
        "includes",
        "included",
        "w",
        "and",
        "plus",
        "no",
        "without",
        "wo",
        "missing",
        "+",
        "&",
    }
    | {"com", "con", "mit", "avec", "sem", "sin", "ohne", "sans", "senza", "inkl"}
)
"""Words before a part that make it an addition to the machine instead of the thing itself."""

UNITS = _words(
    "t tmix th ths thps g gh ghs gb gbps tb m mh mhs k kh khs ksol sol sols h hs ph eh w kw kwh watt watts v vac volt volts "
    "a amp amps hz khz mhz ghz j jt jth db dba kg lb lbs mm cm nm c f port ports ph phase "
    "pcs pc units unit ea x days day months month years year yr mo usd usdt eur"
)
"""What makes the number before it a rating, a quantity or a price."""

HASH_UNITS = _words("t tmix th ths thps gh ghs mh mhs ksol sol sols")
"""Units that only mining equipment is rated in."""

MINING_WORDS = _words(
    "miner miners mining asic asics hashrate btc bitcoin ltc doge kas kaspa sha scrypt kheavyhash antminers"
)
"""Words that place a text in mining, so that a bare code may be read as a miner's."""

IDLE = (NOISE | RESELLERS | BOARD_NOISE) - (
    MINING_WORDS | HASH_UNITS | PART_WORDS | INFRASTRUCTURE | VARIANTS | {"x", "u", "box"}
)
"""Words that explain themselves and say nothing of what stands beside them."""

MINING_MAKERS = frozenset({"asic-miner", "component", "asic-chip", "firmware"})
"""Categories of the makers of miners and of what sits inside them."""

MINING_CATEGORIES = ("min", "asic", "hash", "crypto", "btc", "bitcoin", "майн", "асик", "矿")
"""Beginnings or parts of a category column's words for miners."""

REVISION = expression(
    r"(?<![^\W_])(m\d[0-9d][a-z]{0,2}?\+{0,2}-?)[ _(-]*v[a-p]?(?:\d{2,3}|\d[a-f]|[a-f]0)(?![a-z0-9])"
    r"(?:\.[a-z0-9]+-cb\d\S*)?"
)
"""Hardware revisions of Whatsminers, `_V10` to `_VM70`, with the control board and the power supply that firmware
writes behind (`.H616-CB6V10.P221B-VE2`); part of the unit, not of the model's name."""
REVISING_MAKER, REVISING_BRAND = "microbt", "whatsminer"
"""Whose machines bear such revisions."""

EVERYDAY = _words(
    "alta aladdin ams apollo arlo asicminer ava axis baikal balance block bluestar bullet cheetah compac cuckoo dawning deco "
    "delta dragonball edge epic eve extreme fast galaxy gekko giant gigabyte hammer hummer hw imm intel jalapeno jupiter "
    "max mercury monarch neptune newpac obelisk pan parrot phoenix pinecone platinum power proto rig ring rocket sel "
    "sierra solar solarbox spectrum spider stock summit tait terminator tesla titan trio uno wise"
)
"""Names that are words of their own: inside a model text they support a code and decide nothing alone.

In a maker column the name of a maker decides all the same; one of its brands does not.
"""

LEGAL_FORMS = _words(
    "inc incorporated ltd limited llc llp lp co company corp corporation gmbh ag kg sa sas srl spa bv nv ab oy as "
    "plc pte pty pvt private kk sdn bhd uab sia zrt kft sro doo ooo oao zao tov pjsc jsc group holding holdings "
    "international intl the and of"
)

TRADE_WORDS = _words(
    "technology technologies tech technical electronics electronic systems system solutions industries industrial "
    "networks network communications communication digital science innovation innovations manufacturing mfg "
    "enterprise enterprises global"
)

PLACES = _words(
    "usa us america american uk europe european china chinese prc beijing shenzhen hangzhou zhejiang shanghai "
    "guangdong hk hongkong hong kong singapore taiwan cayman malaysia thailand india canada germany japan "
    "korea"
)
