//! What the words of registers say of tenure, in the languages of many countries.

use crate::load::normalise;
use crate::place::TenureKind;

/// The interest a register's words describe. In a freehold row the detail may say that the
/// building is let to somebody else: freehold with detail `Leasehold Out` is not a rented building.
pub(super) fn tenure(kind: Option<&str>, detail: Option<&str>) -> TenureKind {
    let detail_words = detail.unwrap_or_default();
    let detail = normalise(detail_words);
    match tenure_word(kind.unwrap_or_default()) {
        Some(TenureKind::Freehold) if is_let_out(&detail) => TenureKind::LetOut,
        Some(TenureKind::Freehold) if detail.contains("pfi") => TenureKind::Pfi,
        Some(TenureKind::Freehold) => TenureKind::Freehold,
        Some(TenureKind::Leasehold) => match tenure_word(detail_words) {
            Some(TenureKind::GroundLease) => TenureKind::GroundLease,
            Some(TenureKind::Licence) => TenureKind::Licence,
            Some(TenureKind::Pfi) => TenureKind::Pfi,
            _ => TenureKind::Leasehold,
        },
        Some(kind) => kind,
        None => tenure_word(detail_words).unwrap_or(TenureKind::Unknown),
    }
}

fn is_let_out(detail: &str) -> bool {
    let from_others = ["leaseholdin", "leasein", "leasedin", "leasedfrom"];
    detail.contains("lease") && !from_others.iter().any(|part| detail.contains(part))
        || detail.contains("letout")
        || detail.contains("letto")
        || detail.contains("tenanted")
        || matches!(
            detail,
            "let" | "sublet" | "licence" | "license" | "licenceout" | "tenancy"
        )
}

/// Words for a building that its owner has let to somebody else, in several languages.
const LET_OUT: [&str; 17] = [
    "leaseholdout",
    "leasedout",
    "leaseout",
    "letout",
    "locazioneattiva",
    "datoinlocazione",
    "concessoinlocazione",
    "locationatiers",
    "donneabail",
    "donneenlocation",
    "misenlocation",
    "miseenlocation",
    "cedidoa",
    "oddanywnajem",
    "vuokrattuulos",
    "ulosvuokrattu",
    "εκμισθωμεν",
];
/// Beginnings of words for letting out, and the word for who does it: a building leased from a `Vermieter` is not
/// `vermietet`.
const LETTING: [(&str, &str); 6] = [
    ("verhuur", "verhuurder"),
    ("vermiet", "vermieter"),
    ("verpacht", "verpachter"),
    ("udlej", "udlejer"),
    ("uthyr", "uthyrare"),
    ("utlei", "utleier"),
];
/// Beginnings of words for somebody who is not the owner of the register.
const OTHERS: [&str; 14] = [
    "tiers", "terzi", "terceir", "tercer", "dritte", "derden", "fremd", "privat", "privad",
    "prive", "others", "民間", "他者", "個人",
];
/// Words for a person who owns: beside a word for a tenancy they name the landlord.
const OWNER: [&str; 6] = [
    "proprietaire",
    "proprietari",
    "propietari",
    "eigentumer",
    "owner",
    "所有者",
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

fn tenure_word(text: &str) -> Option<TenureKind> {
    let word = normalise(text);
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(normalise)
        .collect();
    let has = |part: &str| word.contains(part);
    let any = |parts: &[&str]| parts.iter().any(|part| has(part));
    // `F/H let on FRI lease`, `Freehold (let)`.
    let abbreviated = word.starts_with("fhlet") || word.starts_with("freeholdlet");
    let mixed = has("freehold") && has("lease") && !has("out") && !abbreviated;
    let owned = any(&OWNED)
        || has("owned")
        || has("fee") && has("simple")
        || word.starts_with("ejet")
        || matches!(
            word.as_str(),
            "own" | "fh" | "f" | "eid" | "eget" | "eie" | "agd" | "agt" | "oma"
        );
    if word.is_empty() || mixed {
        None
    } else if has("pfi") || has("privatefinance") || has("lift") && has("nhs") {
        Some(TenureKind::Pfi)
    } else if any(&GROUND) || has("groundrent") && has("lease") {
        Some(TenureKind::GroundLease)
    } else if any(&LET_OUT)
        || abbreviated
        || matches!(word.as_str(), "let" | "lessor")
        || lets_out(&words)
        || owned && has("tenanted")
        || has("freehold") && has("out") && has("lease")
    {
        Some(TenureKind::LetOut)
    } else if owned {
        let others = of_others(&word, &words);
        match leases(&words) {
            // `Location (propriétaire privé)`: the owner is the landlord.
            true => (others || any(&OWNER)).then_some(TenureKind::Leasehold),
            false => (!others).then_some(TenureKind::Freehold),
        }
    } else if any(&LICENSED) {
        Some(TenureKind::Licence)
    } else if any(&LEASED) || matches!(word.as_str(), "lh" | "l") {
        Some(TenureKind::Leasehold)
    } else {
        None
    }
}

/// Whether words say that the building is let to somebody else: `vermietet`, `locato a terzi`, `leased to others`.
fn lets_out(words: &[String]) -> bool {
    let letting = |word: &String| {
        LETTING
            .iter()
            .any(|(does, person)| word.contains(does) && !word.contains(person))
    };
    // Who stands behind `to`, past an article.
    let to_others = (1..).zip(words).any(|(next, word)| {
        matches!(word.as_str(), "a" | "ad" | "aux" | "to")
            && words
                .iter()
                .skip(next)
                .find(|word| !matches!(word.as_str(), "un" | "une" | "des" | "a"))
                .is_some_and(|whom| {
                    is_other(whom) || matches!(whom.as_str(), "third" | "tenant" | "tenants")
                })
    });
    // French says `louer à` of the owner alone, and `loué auprès de` of the tenant.
    let french = words.windows(2).any(|pair| match pair {
        [first, second] => first.starts_with("loue") && matches!(second.as_str(), "a" | "aux"),
        _ => false,
    });
    words.iter().any(letting)
        || french && !words.iter().any(|word| word == "bail")
        || leases(words) && to_others
}

fn is_other(word: &str) -> bool {
    OTHERS.iter().any(|other| word.starts_with(other))
}

/// Whether words of ownership say that the owner is somebody else: `third party owned`, `propiedad de terceros`.
/// A commune's `domaine privé` is its own, and a freehold may have a private road.
fn of_others(word: &str, words: &[String]) -> bool {
    const SAYS: [&str; 5] = [
        "notowned",
        "thirdparty",
        "landlordowned",
        "ownedbyother",
        "ownedbylandlord",
    ];
    let own = |other: &str| {
        other.starts_with("prive") && word.contains("domaine")
            || other == "private" && word.contains("freehold")
    };
    SAYS.iter().any(|part| word.contains(part))
        || words.iter().any(|word| is_other(word) && !own(word))
}

/// Whether one of the words is of a tenancy. Of the short ones the word must begin so: `current` and `maintenance`
/// say nothing of rent or tenants.
fn leases(words: &[String]) -> bool {
    const SHORT: [&str; 8] = [
        "rent", "tenan", "lease", "locat", "locac", "bail", "loue", "leid",
    ];
    words.iter().any(|word| {
        LEASED.iter().any(|part| {
            if SHORT.contains(part) {
                word.starts_with(part)
            } else {
                word.contains(part)
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
            ("Owned", Freehold),
            ("Owned, full maintenance", Freehold),
            ("Current freehold", Freehold),
            ("Freehold (private road)", Freehold),
            ("Freehold, tenanted", LetOut),
            ("Propriété (domaine privé)", Freehold),
            ("所有", Freehold),
        ] {
            assert_eq!(super::tenure(Some(words), None), kind, "{words}");
        }
    }

    #[test]
    fn a_building_leased_from_its_owner_is_neither_let_out_nor_owned() {
        use TenureKind::{Leasehold, LetOut, Unknown};
        for (words, kind) in [
            ("Loué auprès d'un bailleur privé", Leasehold),
            ("Anmietung vom privaten Vermieter", Leasehold),
            ("Gehuurd van verhuurder", Leasehold),
            ("Leased from private lessor", Leasehold),
            ("Location (propriétaire privé)", Leasehold),
            ("所有者より賃借", Leasehold),
            ("Lejet af udlejer", Leasehold),
            ("Inhyrd av uthyrare", Leasehold),
            ("Locato da terzi", Leasehold),
            ("Locação de terceiros", Leasehold),
            ("Propiedad de terceros", Unknown),
            ("Fremdeigentum", Unknown),
            ("Privateigentum", Unknown),
            ("Propriété d'un tiers", Unknown),
            ("Eigentum / Anmietung", Unknown),
            ("Arrendado a terceiros", LetOut),
            ("Locato a terzi", LetOut),
            ("Alquilado a terceros", LetOut),
            ("Loué aux associations", LetOut),
            ("An Dritte vermietet", LetOut),
            ("Leased to third parties", LetOut),
            ("Lessor", LetOut),
        ] {
            assert_eq!(super::tenure(Some(words), None), kind, "{words}");
        }
        let detail = Some("Leased from the county");
        assert_ne!(super::tenure(Some("Freehold"), detail), LetOut);
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
}
