//! Words of registers and what they mean: tenures, occupancy, locks, flags.

use super::reading::plain;
use crate::load::normalise;
use crate::place::{Lock, Occupancy, Repair, TenureKind};

/// The interest a register's words describe. In a freehold row the detail may say that the
/// building is let to somebody else: freehold with detail `Leasehold Out` is not a rented building.
pub(super) fn tenure(kind: Option<&str>, detail: Option<&str>) -> TenureKind {
    let word = kind.map(normalise).unwrap_or_default();
    let detail = detail.map(normalise).unwrap_or_default();
    match tenure_word(&word) {
        Some(TenureKind::Freehold) if is_let_out(&detail) => TenureKind::LetOut,
        Some(TenureKind::Freehold) if detail.contains("pfi") => TenureKind::Pfi,
        Some(TenureKind::Freehold) => TenureKind::Freehold,
        Some(TenureKind::Leasehold) => match tenure_word(&detail) {
            Some(TenureKind::GroundLease) => TenureKind::GroundLease,
            Some(TenureKind::Licence) => TenureKind::Licence,
            Some(TenureKind::Pfi) => TenureKind::Pfi,
            _ => TenureKind::Leasehold,
        },
        Some(kind) => kind,
        None => tenure_word(&detail).unwrap_or(TenureKind::Unknown),
    }
}

fn is_let_out(detail: &str) -> bool {
    detail.contains("lease") && !detail.contains("leaseholdin") && !detail.contains("leasein")
        || detail.contains("letout")
        || detail.contains("letto")
        || detail.contains("tenanted")
        || matches!(
            detail,
            "let" | "sublet" | "licence" | "license" | "licenceout" | "tenancy"
        )
}

/// Words for a building that its owner has let to somebody else, in several languages.
const LET_OUT: [&str; 22] = [
    "leaseholdout",
    "leasedout",
    "leaseout",
    "letout",
    "lessor",
    "verhuur",
    "vermiet",
    "verpacht",
    "udlej",
    "uthyr",
    "utleid",
    "utleie",
    "locazioneattiva",
    "locationatiers",
    "louea",
    "donneabail",
    "arrendadoaterceros",
    "alquiladoaterceros",
    "cedido",
    "oddanywnajem",
    "vuokrattuulos",
    "εκμισθωμεν",
];
/// Words for a lease of the ground, or a right to build on it.
const GROUND: [&str; 9] = [
    "groundlease",
    "erfpacht",
    "erbbau",
    "erbpacht",
    "emphyt",
    "uzytkowaniewieczyste",
    "dirittodisuperficie",
    "derechodesuperficie",
    "direitodesuperficie",
];
/// Words for an owner's title.
const OWNED: [&str; 21] = [
    "freehold",
    "feuhold",
    "heritable",
    "eigentum",
    "eigendom",
    "propri",
    "propied",
    "propio",
    "rhyddddaliad",
    "egenag",
    "wlasnosc",
    "wlasny",
    "vlastni",
    "ιδιοκτητ",
    "demanial",
    "市有",
    "所有",
    "県有",
    "国有",
    "selveier",
    "omaomistus",
];
/// Words for a right to use without rent or title.
const LICENSED: [&str; 9] = [
    "licen",
    "moto",
    "memorandumofterms",
    "tenancyatwill",
    "comodato",
    "miseadisposition",
    "bruikleen",
    "uzyczenie",
    "cesiongratuita",
];
/// Words for a tenancy.
const LEASED: [&str; 27] = [
    "lease",
    "lessee",
    "rent",
    "tenan",
    "miet",
    "pacht",
    "locat",
    "locaz",
    "locac",
    "loue",
    "priseabail",
    "bail",
    "alquil",
    "arrend",
    "alug",
    "huur",
    "prydles",
    "lejet",
    "leid",
    "hyrd",
    "vuokra",
    "najem",
    "dzierzaw",
    "pronajem",
    "pronajat",
    "μισθωμ",
    "借",
];

fn tenure_word(word: &str) -> Option<TenureKind> {
    let has = |part: &str| word.contains(part);
    let any = |parts: &[&str]| parts.iter().any(|part| has(part));
    // `F/H let on FRI lease`, `Freehold (let)`.
    let abbreviated = word.starts_with("fhlet") || word.starts_with("freeholdlet");
    let mixed = has("freehold") && has("lease") && !has("out") && !abbreviated;
    let of_others = has("owned")
        && any(&[
            "notowned",
            "thirdparty",
            "privatelyowned",
            "landlordowned",
            "ownedbyother",
            "ownedbylandlord",
        ])
        || has("propri") && any(&["tiers", "terzi", "terceir"]);
    if word.is_empty() || mixed || of_others {
        None
    } else if has("pfi") || has("privatefinance") || has("lift") && has("nhs") {
        Some(TenureKind::Pfi)
    } else if any(&GROUND) || has("groundrent") && has("lease") {
        Some(TenureKind::GroundLease)
    } else if any(&LET_OUT)
        || abbreviated
        || word == "let"
        || has("freehold") && has("out") && has("lease")
    {
        Some(TenureKind::LetOut)
    } else if any(&OWNED)
        || has("owned")
        || has("fee") && has("simple")
        || word.starts_with("ejet")
        || matches!(
            word,
            "own" | "fh" | "f" | "eid" | "eget" | "eie" | "agd" | "agt" | "oma"
        )
    {
        Some(TenureKind::Freehold)
    } else if any(&LICENSED) {
        Some(TenureKind::Licence)
    } else if any(&LEASED) || matches!(word, "lh" | "l") {
        Some(TenureKind::Leasehold)
    } else {
        None
    }
}

/// Whether the words of a lease allow subletting; `None` where they do not say.
pub(super) fn may_sublet(cell: &str) -> Option<bool> {
    let word = plain(cell);
    let has = |part: &str| word.contains(part);
    if matches!(word.as_str(), "no" | "n" | "false" | "0" | "none")
        || has("not ")
        || has("prohibit")
        || has("barred")
        || has("no subl")
        || has("no underl")
        || has("no alienation")
        || has("assignment only")
    {
        Some(false)
    } else if matches!(word.as_str(), "yes" | "y" | "true" | "1")
        || has("permit")
        || has("allow")
        || has("consent")
        || word.starts_with("yes")
    {
        Some(true)
    } else {
        None
    }
}

/// Whose the repairs are, by the words of a register: `FRI`, `internal repairing`, `landlord`.
pub(super) fn repair(cell: &str) -> Option<Repair> {
    let word = normalise(cell);
    let has = |part: &str| word.contains(part);
    if has("internal") && !has("external") || matches!(word.as_str(), "iri" | "ir" | "inside") {
        Some(Repair::Internal)
    } else if has("landlord") && !has("tenant")
        || matches!(
            word.as_str(),
            "none" | "lri" | "lessor" | "inclusive" | "owner"
        )
    {
        Some(Repair::Landlord)
    } else if has("full") || has("fri") || has("tenant") || has("lessee") || has("external") {
        Some(Repair::Full)
    } else {
        None
    }
}

/// Whether somebody says that nobody, or somebody, is inside. `None` where the words do not say.
pub(super) fn occupancy(header: Option<&str>, cell: &str) -> Option<Occupancy> {
    let word = plain(cell);
    let asks_for_vacancy = header.is_some_and(|header| {
        let header = normalise(header);
        header.contains("vacan") && !header.contains("status")
    });
    match word.as_str() {
        "yes" | "y" | "true" | "1" if asks_for_vacancy => Some(Occupancy::Vacant),
        "no" | "n" | "false" | "0" if asks_for_vacancy => Some(Occupancy::Known),
        "yes" | "y" | "true" | "1" => Some(Occupancy::Known),
        "no" | "n" | "false" | "0" => Some(Occupancy::Vacant),
        "known" => Some(Occupancy::Known),
        "unknown" | "" => None,
        word if says_vacant(word) => Some(Occupancy::Vacant),
        word if word.contains("occupied")
            || word.contains("in use")
            || word.contains("operational") && !word.contains("non") =>
        {
            Some(Occupancy::Known)
        }
        _ => None,
    }
}

/// Whether words of a tenure detail or status say that a building is empty.
pub(super) fn says_vacant(words: &str) -> bool {
    let words = plain(words);
    let denied = words.contains("not vacant")
        || words.contains("unoccupied") && words.contains("not unoccupied");
    !denied
        && (words.contains("vacant")
            || words == "void"
            || words == "empty"
            || words.contains("unoccupied")
            || words.contains("disused")
            || words.contains("mothball"))
}

/// Whether words of a status say that the record is closed or no longer held.
pub(super) fn says_closed(words: &str) -> bool {
    let words = plain(words);
    matches!(
        words.as_str(),
        "c" | "closed"
            | "inactive"
            | "dormant"
            | "disposed"
            | "disposed of"
            | "sold"
            | "demolished"
    ) || words.starts_with("closed ")
        || words.starts_with("permanently closed")
}

/// A lock by its words: ours, those of location-allocation tools, and their codes 0–3
/// (candidate, required, competitor, chosen).
pub(super) fn lock(cell: &str) -> Option<Lock> {
    match plain(cell).as_str() {
        "keep" | "required" | "retain" | "fixed" | "1" | "2" | "competitor" => Some(Lock::Keep),
        "dispose" | "closed" | "close" | "disposal" | "sell" => Some(Lock::Dispose),
        "free" | "candidate" | "" | "0" | "3" | "chosen" | "none" => Some(Lock::Free),
        _ => None,
    }
}

/// Whether a holding type is land without a building.
pub(super) fn is_land(words: &str) -> bool {
    const LAND: [&str; 9] = [
        "land",
        "lands",
        "woodland",
        "grassland",
        "parkland",
        "farmland",
        "moorland",
        "allotment",
        "allotments",
    ];
    let words = plain(words);
    let building = ["build", "premises", "office", "structure"]
        .iter()
        .any(|part| words.contains(part));
    let land = words
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| LAND.contains(&word));
    !building
        && (land
            || words.contains("open space")
            || words.contains("rent charge")
            || words.contains("ground rent"))
}

/// A capability tag as it is compared: lower case, `_` between words.
pub(super) fn tag(text: &str) -> String {
    plain(text).replace([' ', '-'], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_leases_about_repairs_and_subletting_are_read() {
        for (word, read) in [
            ("FRI", Some(Repair::Full)),
            ("Full repairing & insuring", Some(Repair::Full)),
            ("Internal repairs only", Some(Repair::Internal)),
            ("Internal and external", Some(Repair::Full)),
            ("Landlord", Some(Repair::Landlord)),
            ("see file", None),
        ] {
            assert_eq!(repair(word), read, "{word}");
        }
        for (word, read) in [
            ("Permitted with consent", Some(true)),
            ("Y", Some(true)),
            ("Not permitted", Some(false)),
            ("Assignment only", Some(false)),
            ("see lease", None),
        ] {
            assert_eq!(may_sublet(word), read, "{word}");
        }
    }

    #[test]
    fn tenures_are_read_in_the_words_of_many_countries() {
        use TenureKind::{Freehold, GroundLease, Leasehold, LetOut, Licence, Unknown};
        for (words, kind) in [
            ("Eigentum", Freehold),
            ("Anmietung", Leasehold),
            ("angemietet", Leasehold),
            ("vermietet", LetOut),
            ("Erbbaurecht", GroundLease),
            ("Eigendom", Freehold),
            ("Huur", Leasehold),
            ("Verhuurd", LetOut),
            ("Erfpacht", GroundLease),
            ("Bruikleen", Licence),
            ("Propriété Etat", Freehold),
            ("Prise à bail", Leasehold),
            ("Locataire", Leasehold),
            ("Loué à un tiers", LetOut),
            ("Mise à disposition", Licence),
            ("Bail emphytéotique", GroundLease),
            ("PROPIEDAD", Freehold),
            ("Arrendamiento", Leasehold),
            ("Alquilado", Leasehold),
            ("Propio", Freehold),
            ("Proprietà", Freehold),
            ("Locazione passiva", Leasehold),
            ("Locazione attiva", LetOut),
            ("Comodato d'uso gratuito", Licence),
            ("Propriedade", Freehold),
            ("Locação de Terceiros", Leasehold),
            ("Ejet", Freehold),
            ("Lejet", Leasehold),
            ("Udlejet", LetOut),
            ("Eid", Freehold),
            ("Leid", Leasehold),
            ("Utleid", LetOut),
            ("Ägd", Freehold),
            ("Inhyrd", Leasehold),
            ("Uthyrd", LetOut),
            ("Oma", Freehold),
            ("Vuokrattu", Leasehold),
            ("własność", Freehold),
            ("użytkowanie wieczyste", GroundLease),
            ("najem", Leasehold),
            ("vlastní", Freehold),
            ("pronájem", Leasehold),
            ("Ιδιόκτητο", Freehold),
            ("Μισθωμένο", Leasehold),
            ("市有", Freehold),
            ("借上", Leasehold),
            ("F/H", Freehold),
            ("L/H", Leasehold),
            ("FH (let on FRI lease)", LetOut),
            ("Freehold (let)", LetOut),
            ("Crown Owned", Freehold),
            ("Privately owned", Unknown),
            ("Owned by others", Unknown),
            ("Third party owned", Unknown),
        ] {
            assert_eq!(super::tenure(Some(words), None), kind, "{words}");
        }
    }

    #[test]
    fn a_freehold_let_to_others_is_not_a_rented_building() {
        let kind = |tenure, detail| super::tenure(Some(tenure), detail);
        assert_eq!(kind("Freehold", Some("Leasehold Out")), TenureKind::LetOut);
        assert_eq!(kind("Freehold", Some("Leasehold")), TenureKind::LetOut);
        assert_eq!(
            kind("Freehold", Some("Owner Occupied")),
            TenureKind::Freehold
        );
        assert_eq!(kind("Freehold", Some("Vacant")), TenureKind::Freehold);
        assert_eq!(
            kind("Leasehold", Some("Leasehold In")),
            TenureKind::Leasehold
        );
        assert_eq!(kind("Leasehold Out", None), TenureKind::LetOut);
        assert_eq!(kind("Leased-in", None), TenureKind::Leasehold);
        assert_eq!(kind("Ground lease", None), TenureKind::GroundLease);
        assert_eq!(kind("MOTO", None), TenureKind::Licence);
        assert_eq!(kind("PFI", None), TenureKind::Pfi);
        assert_eq!(
            kind("Part freehold, part leasehold", None),
            TenureKind::Unknown
        );
        assert_eq!(super::tenure(None, None), TenureKind::Unknown);
    }

    #[test]
    fn land_is_land_only_by_whole_words() {
        assert!(is_land("Land"));
        assert!(is_land("Woodland / open space"));
        assert!(!is_land("Land/Buildings"));
        assert!(!is_land("Island library"));
    }

    #[test]
    fn locks_are_read_in_the_words_and_codes_of_other_tools() {
        assert_eq!(lock("Required"), Some(Lock::Keep));
        assert_eq!(lock("1"), Some(Lock::Keep));
        assert_eq!(lock("0"), Some(Lock::Free));
        assert_eq!(lock("closed"), Some(Lock::Dispose));
        assert_eq!(lock("perhaps"), None);
    }
}
