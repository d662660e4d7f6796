//! What registers outside the English-speaking world call their columns, one line for each language.
//!
//! As [`aliases`](super::aliases): compared after [`normalise`](super::normalise), the likelier first. A name here
//! counts after all of those.

/// Names of a field, by its canonical name.
pub(super) fn names(field: &str) -> impl Iterator<Item = &'static str> {
    NAMES
        .iter()
        .filter(move |(name, _)| *name == field)
        .flat_map(|(_, names)| names.iter().copied())
}

macro_rules! names {
    ($($field:literal: [$($name:literal),* $(,)?];)*) => {
        const NAMES: &[(&str, &[&str])] = &[$(($field, &[$($name),*])),*];
    };
}

names! {
    // Dutch
    "asset_id": ["objectnummer", "objectnr", "objectcode", "complexnummer", "pandnummer"];
    "name": ["objectnaam", "omschrijving", "gebouw", "gebouwnaam", "objectomschrijving"];
    "street": ["straat", "straatnaam", "openbareruimte"];
    "street_number": ["huisnummer", "huisnr"];
    "town": ["woonplaats"];
    "tenure": ["eigendomssituatie", "eigendom", "eigendomsvorm", "eigendomhuur", "eigenaarschap"];
    "rent_gbp": ["huurperjaar", "jaarhuur", "huurlasten", "huurprijs", "huurpj"];
    "lease_expiry": ["einddatumhuurcontract", "einddatumhuur", "huureinde", "expiratiedatum", "einddatumcontract"];
    "running_gbp": ["exploitatiekosten", "exploitatielasten", "gebruikskosten"];
    "value_gbp": ["wozwaarde", "woz", "marktwaarde", "boekwaarde"];
    "backlog_gbp": ["achterstalligonderhoud"];
    "energy_rating": ["energielabel", "energieklasse"];
    "occupancy": ["leegstand"];
    "condition": ["conditiescore", "conditie"];
    "population": ["aantalinwoners"];
    // German
    "asset_id": ["liegenschaftsnr", "objektnr", "objektid", "gebaudenr", "gebaudeid", "liegenschaftsid", "wirtschaftseinheit", "wenummer", "wenr", "uuid", "inventarnummer"];
    "name": ["objektname", "liegenschaft", "liegenschaftsbezeichnung", "gebaudebezeichnung", "bauwerk", "einrichtung"];
    "street": ["strassenr", "strassehausnummer", "strassehausnr", "strassename", "strassenname"];
    "street_number": ["hausnummerzusatz"];
    "town": ["gemeindename", "ortsteil", "wohnort"];
    "floor_area_m2": ["bgfinm2", "geschossflache", "geschossflachegf", "bruttogrundflachebgf", "bgfm2", "gesamtflache", "gebaudegrundflache"];
    "usable_m2": ["nuf", "nutzungsflache", "hnf", "hauptnutzflache", "hauptnutzflachehnf", "nutzflachenf", "mietflache", "nutzungsflachenuf"];
    "tenure": ["eigentumanmietung", "eigentum", "eigentumsverhaltnisse", "eigentumsstatus", "rechtsverhaltnis", "rechtsform", "eigentumsform"];
    "rent_gbp": ["jahresmietenettokalt", "nettokaltmiete", "mietzins", "kaltmietepa", "mietepa", "mietkosten", "mietejahr", "mietzinsnettojahr", "kaltmiete", "kaltmietemonat"];
    "lease_expiry": ["mietvertragsende", "befristungbis", "vertragslaufzeitbis", "mietvertragbis", "mietvertragsablauf"];
    "running_gbp": ["bewirtschaftungskosten", "bewirtschaftungskostenjahr", "unterhaltskosten", "nebenkosten"];
    "backlog_gbp": ["instandhaltungsruckstau", "sanierungsstau", "sanierungsbedarf", "instandsetzungsbedarf"];
    "value_gbp": ["buchwert", "marktwert", "restbuchwert", "zeitwert"];
    "occupancy": ["leerstand"];
    "condition": ["zustand", "zustandsnote", "bauzustand"];
    "energy_rating": ["energieeffizienzklasse"];
    "population": ["einwohnerinsgesamt", "bevolkerunginsgesamt", "personen"];
    // French
    "asset_id": ["idbat", "numeroue", "codeue", "idbatiment", "numerobatiment", "numerodebien", "idsite", "codesite", "numeroinventaire", "idbien", "codepatrimoine", "refbien", "ndebien"];
    "name": ["nombat", "nombatiment", "nomsite", "nomdubien", "nometablissement", "equipement", "nomequipement", "nomdeletablissement", "nominstallation"];
    "floor_area_m2": ["surfm2", "surfbat", "superficiem2", "superficieplancher", "supplancher", "surfaceplanchertotale", "surfacebatie", "surfacebati", "surfhon", "shob", "surfacetotalem2"];
    "usable_m2": ["sun", "surfaceutilenette", "surfaceloueem2", "subl"];
    "tenure": ["propriete", "titredoccupation", "modedoccupation", "typedoccupation", "modedetention", "modededetention", "titredepropriete"];
    "rent_gbp": ["montantdesloyers", "montantduloyer", "loyertrimestriel", "loyertrimestrielht", "loyerannuelttc", "loyercharges"];
    "lease_expiry": ["finbail", "echeancedubail", "datedecheancedubail"];
    "running_gbp": ["coutdefonctionnement", "coutexploitation", "depensesfonctionnement", "coutannuel", "coutdexploitation"];
    "value_gbp": ["valeurcomptable", "valeurnettecomptable", "vnc"];
    "desks": ["nombredepostesdetravail", "postesdetravail"];
    "condition": ["etatbatiment", "etatdubatiment", "etatgeneral"];
    // Spanish
    "asset_id": ["noinventario", "ninventario", "numeroinventario", "numinventario", "inventario", "codinmueble", "idinmueble", "cie", "codigobien", "codbien", "ndeinventario"];
    "name": ["denominacioninmueble", "denominaciondelinmueble", "inmueble", "edificio", "nombreedificio", "nombreinmueble", "descripcion", "nombredelcentro", "equipamiento"];
    "street": ["nombrevia", "calle", "via"];
    "street_number": ["numero", "numerodevia", "num"];
    "town": ["poblacion", "nombremunicipio"];
    "floor_area_m2": ["supconstruida", "supconstruidam2", "superficieconstruidatotal", "superficiecubierta", "supcubierta", "superficieedificada", "m2construidos", "superficiedeconstruccion"];
    "usable_m2": ["suputil", "superficieutiltotal"];
    "tenure": ["titularidad", "regimentenencia", "regimendetenencia", "regimen", "regimendeuso", "titulo", "tipodedominio", "situacionjuridica"];
    "rent_gbp": ["rentaanual", "importealquiler", "canonanual", "alquileranualeur"];
    "lease_expiry": ["fincontrato", "fechafincontrato", "vencimiento", "finalquiler"];
    "running_gbp": ["costeanualmantenimiento", "gastosanuales", "gastosdefuncionamiento", "costefuncionamiento"];
    "value_gbp": ["valorcontable", "valorcatastral", "valorinventario", "valoractual"];
    "condition": ["estadoconservacion", "estadodeconservacion"];
    // Italian
    "asset_id": ["codiceimmobile", "codicebene", "identificativobene", "idimmobile", "idbene", "codice", "codiceedificio", "codiceistitutoscolastico", "numeroinventario"];
    "name": ["denominazioneimmobile", "denominazione", "descrizioneimmobile", "descrizione", "immobile", "edificio", "nomeedificio", "denominazioneedificio", "denominazionebene"];
    "address": ["ubicazione", "viacivico"];
    "street_number": ["civico", "numerocivico", "ncivico"];
    "town": ["comune"];
    "floor_area_m2": ["superficielorda", "superficielordamq", "superficiediriferimento", "suplorda", "superficiecomplessiva", "superficiemq", "mq", "superficietotale", "superficielordadipavimento", "slp"];
    "usable_m2": ["superficieutilemq", "superficieutile", "superficienetta", "superficieutilelorda"];
    "tenure": ["titolodiutilizzo", "titolodigodimento", "titolodipossesso", "titolo", "tipologiadidiritto"];
    "rent_gbp": ["canoneannuo", "canonedilocazione", "canonelocazione", "canonelocazionepassiva", "canonepassivo"];
    "let_income_gbp": ["canoneattivo", "canoneannuopercepito", "canonelocazioneattiva"];
    "lease_expiry": ["scadenzacontratto", "scadenzalocazione", "datascadenza", "datascadenzacontratto"];
    "running_gbp": ["costigestione", "costidigestione", "spesedigestione", "spesegestione"];
    "value_gbp": ["valoredimercato", "valoredimercatostimato", "valoreinventariale", "valore"];
    "lat": ["latitudine"];
    "lon": ["longitudine"];
    // Portuguese
    "asset_id": ["ninventario", "noinventario", "numinventario", "ripimovel", "rip", "idimovel", "codigopatrimonial"];
    "name": ["denominacaodoimovel", "designacao", "imovel", "edificacao", "descricao", "nomedoimovel", "unidade"];
    "address": ["morada"];
    "town": ["localidade", "concelho", "freguesia"];
    "floor_area_m2": ["areabrutadeconstrucao", "areabruta", "areabrutaconstrucao", "areadeconstrucao", "areaconstruidatotal", "areaedificada"];
    "tenure": ["regimedeocupacao", "regimedeutilizacao", "regime", "situacaodoimovel", "tipodeposse"];
    "rent_gbp": ["rendaanual", "renda", "valordalocacaoanual", "valormensaldoaluguel"];
    "lease_expiry": ["datafimcontrato", "fimdocontrato", "fimcontrato", "datafimdocontrato", "terminodocontrato", "vigenciafinal", "fimdavigencia"];
    "value_gbp": ["valorpatrimonial", "valorpatrimonialtributario", "vpt", "valordoimovel", "valorcontabilistico"];
    // Danish and Norwegian
    "asset_id": ["ejendomsnr", "ejendomsnummer", "bygningsnr", "byggnr", "byggnummer", "bygningsnummer", "eiendomsnr", "byggid"];
    "name": ["navn", "ejendomsnavn", "byggnavn", "bygningsnavn", "eiendomsnavn", "bygg", "institution"];
    "address": ["vejnavn", "gateadresse", "besoksadresse"];
    "town": ["by", "postdistrikt", "poststed", "bynavn", "kommune"];
    "floor_area_m2": ["bruttoetageareal", "etageareal", "bruttoareal", "bta", "bruttoarealbta", "samletareal", "bygningsareal", "arealm2"];
    "usable_m2": ["nettoareal", "bra", "bruksareal", "bruksarealbra"];
    "tenure": ["ejerforhold", "eierforhold", "eieleie", "ejetlejet", "eidleid", "ejeform"];
    "rent_gbp": ["huslejeudgift", "husleje", "arligleje", "leiekostnad", "leiekostnadprar", "husleie", "arsleie", "lejeudgift"];
    "lease_expiry": ["lejemaludlober", "lejeudlob", "leieutloper", "leieutlop", "kontraktutlop", "uopsigelighedtil"];
    "running_gbp": ["driftsudgifter", "driftsudgift", "fdvkostnad", "fdvkostnader", "driftskostnad", "driftskostnader", "forvaltningdriftvedlikehold"];
    "energy_rating": ["energimaerke", "energimerke"];
    "condition": ["tilstandsgrad", "tilstand"];
    // Swedish
    "asset_id": ["objektnr", "fastighetsnr", "byggnadsnr", "byggnadsid"];
    "name": ["fastighet", "byggnad", "byggnadsnamn", "objektsnamn", "fastighetsbeteckning"];
    "address": ["adress", "besoksadress", "gatuadress"];
    "postcode": ["postnr"];
    "floor_area_m2": ["bruttoarea", "areabta"];
    "usable_m2": ["loa", "lokalarea", "uthyrningsbararea"];
    "tenure": ["agande", "agandeform", "upplatelseform", "agdinhyrd"];
    "rent_gbp": ["hyra", "arshyra", "hyreskostnad"];
    "lease_expiry": ["kontraktstidtom", "kontraktslut", "avtalslut", "hyresavtalslut"];
    "running_gbp": ["driftkostnad", "driftskostnad", "driftkostnader"];
    "energy_rating": ["energiklass"];
    // Finnish
    "asset_id": ["kohdenumero", "kohdenro", "kiinteistonumero", "rakennustunnus"];
    "name": ["kohteennimi", "kohde", "rakennus", "nimi", "toimipaikka"];
    "address": ["osoite", "katuosoite"];
    "town": ["postitoimipaikka", "kunta", "kaupunki"];
    "floor_area_m2": ["bruttoala", "kerrosala", "kokonaisala", "bruttoalabrm2"];
    "usable_m2": ["huoneistoala", "hyotyala", "huoneistoalahtm2"];
    "tenure": ["omistus", "omistusmuoto", "hallintamuoto"];
    "rent_gbp": ["vuokra", "vuosivuokra", "vuokrakk"];
    "lease_expiry": ["vuokrasopimuspaattyy", "sopimuspaattyy"];
    "running_gbp": ["yllapitokustannukset", "yllapitokustannus", "kayttokustannukset", "yllapitokustannuksetv"];
    // Polish
    "asset_id": ["nrinwentarzowy", "numerinwentarzowy", "lp", "identyfikator"];
    "name": ["nazwaobiektu", "nazwa", "obiekt", "nazwabudynku", "nazwajednostki", "budynek"];
    "address": ["adresobiektu", "ulica", "lokalizacja"];
    "town": ["miejscowosc", "miasto", "gmina"];
    "floor_area_m2": ["powierzchniacalkowita", "powcalkowita", "powierzchnia", "powierzchniabudynku"];
    "usable_m2": ["powierzchniauzytkowa", "powuzytkowa", "pu"];
    "tenure": ["formawladania", "tytulprawny", "formawlasnosci", "rodzajprawa", "stanprawny"];
    "rent_gbp": ["czynszroczny", "czynsz", "rocznyczynsz", "czynszmiesieczny", "czynszmiesiecznynetto"];
    "lease_expiry": ["datazakonczeniaumowy", "umowado", "koniecumowy"];
    "running_gbp": ["kosztyutrzymania", "rocznekosztyutrzymania", "kosztyutrzymaniarocznie", "kosztyeksploatacji"];
    "value_gbp": ["wartoscksiegowa", "wartoscksiegowabrutto", "wartosc", "wartoscrynkowa"];
    "lat": ["szerokoscgeogr", "szerokoscgeograficzna"];
    "lon": ["dlugoscgeogr", "dlugoscgeograficzna"];
    "population": ["ludnosc", "liczbaludnosci", "liczbamieszkancow"];
    // Czech and Slovak
    "asset_id": ["inventarnicislo", "cisloobjektu", "kodobjektu"];
    "name": ["nazevobjektu", "nazev", "objekt", "nazov", "budova"];
    "street": ["ulice"];
    "street_number": ["cislopopisne"];
    "town": ["obec", "mesto"];
    "floor_area_m2": ["podlahovaplocha", "celkovaplocha", "podlahovaplochacelkem"];
    "usable_m2": ["uzitnaplocha", "uzitkovaplocha"];
    "tenure": ["vlastnictvi", "pravnivztah", "vlastnickyvztah"];
    "rent_gbp": ["najemne", "rocninajemne", "najom"];
    "lease_expiry": ["konecnajmu", "najemdo", "ukoncenismlouvy"];
    "running_gbp": ["provoznaklady", "provoznnaklady", "provoznikosty", "provozninaklady"];
    "value_gbp": ["porizovacicena", "ucetnihodnota"];
    "lat": ["zemepisnasirka"];
    "lon": ["zemepisnadelka"];
    "population": ["pocetobyvatel", "pocetobyvatelov"];
    // Greek
    "asset_id": ["αα", "κωδικος", "κωδικοσ"];
    "name": ["ονομασια", "ονομα", "ονομασιακτιριου", "κτιριο"];
    "address": ["διευθυνση", "οδος"];
    "postcode": ["τκ", "ταχυδρομικοσκωδικοσ"];
    "town": ["πολη", "δημος", "δημοσ"];
    "floor_area_m2": ["εμβαδον", "επιφανεια", "εμβαδοντμ"];
    "tenure": ["ιδιοκτησια", "ιδιοκτησιακοκαθεστωσ"];
    "rent_gbp": ["ετησιομισθωμα", "μισθωμα", "ενοικιο"];
    "lease_expiry": ["ληξημισθωσησ", "ληξημισθωσης"];
    "lat": ["γεωγραφικοπλατος", "γεωγραφικοπλατοσ"];
    "lon": ["γεωγραφικομηκος", "γεωγραφικομηκοσ"];
    "population": ["πληθυσμος", "πληθυσμοσ"];
    // Japanese
    "name": ["名称", "施設名", "施設名称", "建物名"];
    "address": ["住所", "所在地", "所在地連結表記"];
    "postcode": ["郵便番号"];
    "lat": ["緯度"];
    "lon": ["経度"];
    "floor_area_m2": ["延床面積", "延床面積m2", "延べ床面積", "建物面積"];
    "tenure": ["所有形態", "所有区分"];
    "rent_gbp": ["年間賃料", "年間賃借料", "賃料年額"];
    "lease_expiry": ["契約終了日", "契約満了日", "賃貸借満了日"];
    "population": ["人口", "総人口"];
    // Canadian, American, South African, Australian and New Zealand habits
    "asset_id": ["bbl", "locationid", "facilitynumber"];
    "name": ["commonname", "parcelname", "realpropertyname"];
    "tenure": ["legalinterestindicator", "federalleasedcode", "ownleaseindicator", "ownedleasedfederal", "fhorlh", "fhlh", "holding"];
    "rent_gbp": ["annualrental", "leaseannualrenttolessor", "annualleasecost", "annualbaserent", "netannualrent"];
    "rent_gbp": ["monthlyrent", "monthlyrental", "rentpcm", "rentpm", "rentpermonth", "rentmonthly", "loyermensuel", "monatsmiete", "mietepromonat", "alquilermensual", "canonemensile", "huurpermaand", "aluguelmensal", "quarterlyrent", "rentperquarter", "weeklyrent", "rentperweek"];
    "usable_m2": ["gla", "glasqm", "usablesf", "grosslettablearea"];
    "backlog_gbp": ["repairneeds"];
    "value_gbp": ["municipalvalue", "ratingvaluation", "capitalvaluation"];
    "town": ["suburb", "cityname"];
    "lease_break": ["break", "breaks", "tenantsbreak", "tenantsbreakdate", "tenantbreakoption"];
    // Zones of statistical offices
    "zone_id": ["2021statisticalarealevel2sa29digitcode", "2021statisticalarealevel1sa111digitcode", "2021statisticalarealevel1sa17digitcode", "2016statisticalarealevel2sa29digitcode", "2016statisticalarealevel1sa17digitcode", "sa2code2021", "sa2maincode2021", "sa2maincode2016", "sa22021code", "sa2code", "sa1maincode2021", "sa17digitcode2021", "sa12018code", "sa12023code", "sa22018code", "sa22023code"];
    "zone_id": ["gitterid", "gitterid1km", "gitterid100m", "gitterid10km", "idcar", "idcar1km", "idcar200m", "idcar1kminspire", "idinspire", "grdid", "crs28992res500m", "crs28992res100m", "vierkant", "c28992r500"];
    "zone_id": ["soa2001", "soa2011", "soa2001code", "buurtcode", "wijkcode", "gwbcode", "bucode", "sezione", "sezionecensimento", "sez2011", "sez2021", "grunnkrets", "grunnkretsnr", "grunnkretsnummer", "desokod", "deso", "regsokod", "postinumeroalue", "codsec", "seccion", "bgri2021", "geocod", "setorcensitario", "cdgeocodi", "codsetor", "smallareacode", "smallareapub"];
    "name": ["sa2name2021", "sa22018name", "sa22023name", "soa2001name", "soaname", "buurtnaam", "nmun", "edname", "grunnkretsnavn", "zonenaam"];
    "population": ["t11agett", "urpopnsa12018", "urpopnsa12023", "urpop", "dp050001e", "b010030001e", "b010010001e", "p1001n", "p0010001", "folketal", "folkmangd", "asukkaitayhteensa", "popolazione", "popolazioneresidente", "populacaoresidente", "nindividuos", "poptot", "innbyggere", "antallpersoner"];
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::{BUILDING_FIELDS, ZONE_FIELDS, normalise};

    #[test]
    fn every_name_is_written_as_it_is_compared_and_belongs_to_a_field() {
        for (field, names) in NAMES {
            let fields = BUILDING_FIELDS.iter().chain(ZONE_FIELDS);
            assert!(
                fields.into_iter().any(|known| known.name == *field),
                "{field}"
            );
            for name in *names {
                assert_eq!(normalise(name), *name, "{field}");
            }
        }
    }

    #[test]
    fn no_name_means_two_fields_of_a_register() {
        let mut all: Vec<(&str, &str)> = BUILDING_FIELDS
            .iter()
            .flat_map(|field| field.aliases.iter().map(|name| (*name, field.name)))
            .chain(
                NAMES
                    .iter()
                    .flat_map(|(field, names)| names.iter().map(|name| (*name, *field))),
            )
            .collect();
        all.sort_unstable();
        all.dedup();
        let twice: Vec<_> = all
            .windows(2)
            .filter(|two| matches!(two, [a, b] if a.0 == b.0))
            .collect();
        let of_old = |name: &str| !NAMES.iter().any(|(_, names)| names.contains(&name));
        assert!(twice.iter().all(|two| of_old(two[0].0)), "{twice:?}");
    }
}
