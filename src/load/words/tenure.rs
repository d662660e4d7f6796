//! What the words of registers say of tenure, in the languages of many countries.

use super::affirmed::{Word, affirmed, without, words};
use super::interests::{
    GROUND, LEASED, LEASED_WITHIN, LET_OUT, LICENSED, OVER, OWNED, OWNER, PARTNERED,
    PARTNERED_SHORT,
};
use super::parties::{Own, Party, of_others, party};
use crate::load::normalise;
use crate::place::TenureKind;

/// The interest a register's words describe. In a freehold row the detail may say that the
/// building is let to somebody else: freehold with detail `Leasehold Out` is not a rented building.
pub(in crate::load) fn tenure(
    kind: Option<&str>,
    detail: Option<&str>,
    own: Own<'_>,
) -> TenureKind {
    let detail = held_today(detail.unwrap_or_default());
    let stated = kind.unwrap_or_default();
    let kind = held_today(stated);
    match tenure_word(&kind, own) {
        Some(TenureKind::Freehold) if is_let_out(&detail) => TenureKind::LetOut,
        Some(TenureKind::Freehold) if is_partnered(&detail) => TenureKind::Pfi,
        Some(TenureKind::Freehold) => TenureKind::Freehold,
        Some(TenureKind::Leasehold) => match tenure_word(&detail, own) {
            Some(TenureKind::GroundLease) => TenureKind::GroundLease,
            Some(TenureKind::Licence) => TenureKind::Licence,
            Some(TenureKind::Pfi) => TenureKind::Pfi,
            _ => TenureKind::Leasehold,
        },
        Some(kind) => kind,
        // What the one column denies, the other does not say.
        None if kind != stated => TenureKind::Unknown,
        None => tenure_word(&detail, own).unwrap_or(TenureKind::Unknown),
    }
}

/// Whether words say that a building is held in trust: whose it is to sell, and for what, they do not say.
pub(in crate::load) fn is_in_trust(text: &str) -> bool {
    words(text).iter().any(|word| {
        matches!(
            word.plain.as_str(),
            "trust" | "trustee" | "trustees" | "charity"
        )
    })
}

/// A letter of a column that its heading explains: `O` below `Own/Lease`. `None` where two of its words begin so.
pub(in crate::load) fn letter(heading: &str, cell: &str, own: Own<'_>) -> Option<TenureKind> {
    let letter = normalise(cell);
    if letter.chars().count() != 1 {
        return None;
    }
    let mut meant = heading
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| normalise(word).starts_with(&letter));
    let only = meant.next().filter(|_| meant.next().is_none())?;
    tenure_word(only, own)
}

/// What words say of today: less what they deny (`not owned`, `unleased`) and what is over (`lease surrendered`).
fn held_today(text: &str) -> String {
    let ended = |words: &[Word]| {
        let over = |word: &Word| OVER.contains(&word.plain.as_str());
        words.iter().any(over).then_some(0..words.len())
    };
    let denied = |words: &[Word]| {
        // `Unallocated`, and neither `underlease` nor `unit`.
        let un = |word: &Word| {
            word.plain.starts_with("un")
                && !["unde", "unte", "uni"]
                    .iter()
                    .any(|other| word.plain.starts_with(other))
        };
        words.iter().position(un).map(|at| at..at + 1)
    };
    without(&without(&affirmed(text), ended), denied)
}

fn is_let_out(detail: &str) -> bool {
    let word = normalise(detail);
    let from_others = ["leaseholdin", "leasein", "leasedin", "leasedfrom"];
    let leased = words(detail)
        .iter()
        .any(|word| word.plain.starts_with("lease") || word.plain.ends_with("lease"));
    leased && !from_others.iter().any(|part| word.contains(part))
        || word.contains("letout")
        || word.contains("letto")
        || word.contains("tenanted")
        || matches!(
            word.as_str(),
            "let" | "sublet" | "licence" | "license" | "licenceout" | "tenancy"
        )
}

fn is_partnered(text: &str) -> bool {
    let plain = normalise(text);
    let short = |word: &Word| PARTNERED_SHORT.contains(&word.plain.as_str());
    PARTNERED.iter().any(|part| plain.contains(part)) || words(text).iter().any(short)
}

fn tenure_word(text: &str, own: Own<'_>) -> Option<TenureKind> {
    let word = normalise(text);
    let words: Vec<String> = words(text).into_iter().map(|word| word.plain).collect();
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
            "own" | "fh" | "fhld" | "f" | "eid" | "eiet" | "eget" | "eie" | "agd" | "agt" | "oma"
        );
    let party = party(&words, own);
    if word.is_empty() || mixed {
        None
    } else if is_partnered(text) || has("lift") && has("nhs") || word == "lift" {
        Some(TenureKind::Pfi)
    } else if any(&GROUND) || has("groundrent") && has("lease") {
        Some(TenureKind::GroundLease)
    } else if any(&LET_OUT)
        || abbreviated
        || matches!(word.as_str(), "let" | "lessor")
        || party == Party::Tenant
        || owned && has("tenanted")
        || has("freehold") && has("out") && has("lease")
    {
        Some(TenureKind::LetOut)
    } else if party == Party::Unsure {
        None
    } else if owned {
        let others = of_others(&word, &words, own);
        match leases(&words) {
            // `Location (propriétaire privé)`: the owner is the landlord.
            true => (others || any(&OWNER)).then_some(TenureKind::Leasehold),
            false => (!others).then_some(TenureKind::Freehold),
        }
    } else if any(&LICENSED) || matches!(word.as_str(), "rentfree" | "freeofrent") {
        Some(TenureKind::Licence)
    } else if leases(&words) || matches!(word.as_str(), "lh" | "lhld" | "l") {
        Some(TenureKind::Leasehold)
    } else {
        None
    }
}

/// Whether one of the words is of a tenancy. `Tenanted` says that somebody is a tenant, and not who.
pub(in crate::load) fn leases(words: &[String]) -> bool {
    words.iter().any(|word| {
        LEASED.iter().any(|part| word.starts_with(part)) && word != "tenanted"
            || LEASED_WITHIN.iter().any(|part| word.contains(part))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> TenureKind {
        super::tenure(Some(words), None, Own::default())
    }

    #[test]
    fn tenures_are_read_in_the_words_of_many_countries() {
        use TenureKind::{Freehold, GroundLease, Leasehold, LetOut, Licence, Pfi, Unknown};
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
            ("Owner Occupied", Freehold),
            ("Commonhold", Freehold),
            ("Fee Farm Grant", Freehold),
            ("PPP", Pfi),
            ("P3 (design-build-finance)", Pfi),
            ("NHS LIFT", Pfi),
            ("LIFT", Pfi),
            ("Service concession", Pfi),
            ("Partenariat public-privé", Pfi),
            ("Lifting station", Unknown),
            ("Rent free", Licence),
            ("Leasehold (rent free until 2027)", Leasehold),
            ("Gebruik om niet", Licence),
            ("MAD à titre gratuit", Licence),
            ("Locado de terceiros", Leasehold),
            ("Imóvel locado", Leasehold),
            ("Locado a terceiros", LetOut),
            ("Own building on leased land", GroundLease),
            ("Kaupungin omistama", Freehold),
            ("Yksityisen omistama", Unknown),
            ("Held in trust", Unknown),
            ("Freehold, held in trust", Freehold),
        ] {
            assert_eq!(read(words), kind, "{words}");
        }
        assert!(is_in_trust("Charity trustee") && !is_in_trust("Trustworthy tenant"));
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
            assert_eq!(read(words), kind, "{words}");
        }
        let detail = Some("Leased from the county");
        assert_ne!(
            super::tenure(Some("Freehold"), detail, Own::default()),
            LetOut
        );
    }

    #[test]
    fn a_freehold_let_to_others_is_not_a_rented_building() {
        let kind = |tenure, detail| super::tenure(Some(tenure), detail, Own::default());
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
        assert_eq!(
            super::tenure(None, None, Own::default()),
            TenureKind::Unknown
        );
    }

    #[test]
    fn what_is_denied_or_over_is_no_tenure() {
        use TenureKind::{Freehold, Leasehold, Unknown};
        for (words, kind) in [
            ("Not owned", Unknown),
            ("Not Council owned", Unknown),
            ("No lease", Unknown),
            ("None - not leased", Unknown),
            ("Ended lease", Unknown),
            ("Lease surrendered 2019", Unknown),
            ("Former leasehold", Unknown),
            ("Unallocated State Land", Unknown),
            ("Unvermietet", Unknown),
            ("Kein Eigentum", Unknown),
            ("Freehold (lease surrendered)", Freehold),
            ("Freehold, not let", Freehold),
            ("Unregistered freehold", Freehold),
            ("Leasehold (not freehold)", Leasehold),
            ("Lease No 12", Leasehold),
            ("Underlease", Leasehold),
        ] {
            assert_eq!(read(words), kind, "{words}");
        }
        let detail = |detail| super::tenure(Some("Freehold"), Some(detail), Own::default());
        assert_eq!(detail("No lease"), Freehold);
        assert_eq!(detail("Lease ended 2019"), Freehold);
        let denied = super::tenure(Some("Not owned"), Some("Freehold"), Own::default());
        assert_eq!(denied, Unknown);
    }

    #[test]
    fn letters_in_the_midst_of_a_word_are_no_tenancy() {
        for words in [
            "Allocated",
            "Current",
            "Relocated",
            "Different interest",
            "Released",
        ] {
            assert_eq!(read(words), TenureKind::Unknown, "{words}");
        }
    }

    #[test]
    fn a_letter_is_what_its_heading_says() {
        use TenureKind::{Freehold, Leasehold};
        let read = |heading, cell| letter(heading, cell, Own::default());
        assert_eq!(read("Own/Lease", "O"), Some(Freehold));
        assert_eq!(read("Own/Lease", "L"), Some(Leasehold));
        assert_eq!(read("Owned/Rented", "R"), Some(Leasehold));
        assert_eq!(read("Owned/Leased/Other", "O"), None);
        assert_eq!(read("Tenure", "O"), None);
    }
}
