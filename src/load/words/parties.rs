//! Between whom an interest is, by the words of a register: who lets to whom, and whose what is owned is.

use super::affirmed::words as words_of;
use super::tenure::leases;
use crate::load::{Table, cells};

/// Whose register it is.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::load) struct Own<'a> {
    /// The words of its agency's names.
    pub words: &'a [String],
    /// Whether most of its records say that a government above a town owns them: it is that government's own.
    pub of_government: bool,
}

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
const OTHERS: [&str; 15] = [
    "yksity", "tiers", "terzi", "terceir", "tercer", "dritte", "derden", "fremd", "privat",
    "privad", "prive", "others", "民間", "他者", "個人",
];
/// Beginnings of words for a government above a town: what it owns is the register's own only where the register is.
const GOVERNMENT: [&str; 19] = [
    "valtion", "crown", "couronne", "state", "federal", "national", "nacional", "etat", "estad",
    "estatal", "statale", "provinc", "region", "bundes", "県", "国", "道有", "府有", "都有",
];
/// Words before the name of one party to a lease that are not yet it.
const ARTICLES: [&str; 9] = ["a", "an", "the", "un", "une", "des", "les", "la", "le"];

/// Which party to a lease somebody else is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::load) enum Party {
    /// Nothing is said of another.
    Unsaid,
    /// Somebody else is the tenant.
    Tenant,
    /// Somebody is named of whom it is not known which side of the lease is theirs.
    Unsure,
}

/// Whether words say that the building is let to somebody else: `vermietet`, `locato a terzi`, `leased to others`.
pub(in crate::load) fn party(words: &[String], own: Own<'_>) -> Party {
    let letting = |word: &String| {
        LETTING
            .iter()
            .any(|(does, person)| word.contains(does) && !word.contains(person))
    };
    // French says `louer à` of the owner alone, and `loué auprès de` of the tenant.
    let french = words.windows(2).any(|pair| match pair {
        [first, second] => first.starts_with("loue") && matches!(second.as_str(), "a" | "aux"),
        _ => false,
    });
    let landlord = leases(words)
        && words.windows(2).any(|pair| {
            matches!(pair, [r#as, who] if r#as == "as" && matches!(who.as_str(), "landlord" | "lessor"))
        });
    if words.iter().any(letting) || landlord || french && !words.iter().any(|word| word == "bail") {
        return Party::Tenant;
    }
    let sides: Vec<Party> = (0..words.len())
        .map(|at| side(words, at, own))
        .filter(|party| *party != Party::Unsaid)
        .collect();
    match sides.first() {
        Some(first) if sides.iter().all(|party| party == first) => *first,
        Some(_) => Party::Unsure,
        None => Party::Unsaid,
    }
}

/// What is said by a `to` or a `from` and whoever stands behind it.
fn side(words: &[String], at: usize, own: Own<'_>) -> Party {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    let before = at.checked_sub(1).map_or("", word);
    let whom = (at + 1..words.len())
        .map(word)
        .find(|word| !ARTICLES.contains(word))
        .unwrap_or_default();
    let ours = own.words.iter().any(|own| own == whom);
    let others = is_other(whom) || matches!(whom, "third" | "tenant" | "tenants");
    let let_before = before == "let"
        || before == "out"
        || leases(&words[..at]) && leases(std::slice::from_ref(&before.to_owned()));
    match word(at) {
        // `from a third party`: an article, and no preposition.
        "a" if matches!(before, "from" | "by" | "of" | "with" | "to" | "as") => Party::Unsaid,
        "a" | "ad" | "aux" | "to" if others && (leases(words) || before == "let") => Party::Tenant,
        "to" if let_before && !ours => {
            let until = whom.starts_with(|c: char| c.is_ascii_digit())
                || cells::month(whom).is_some()
                || matches!(whom, "" | "let" | "us");
            if until { Party::Unsaid } else { Party::Unsure }
        }
        "from" if let_before && ours => Party::Unsure,
        _ => Party::Unsaid,
    }
}

fn is_other(word: &str) -> bool {
    OTHERS.iter().any(|other| word.starts_with(other))
}

/// Whether words of ownership say that the owner is somebody else: `third party owned`, `propiedad de terceros`,
/// `State owned` in a town's register. A commune's `domaine privé` is its own, and a freehold may have a private road.
pub(in crate::load) fn of_others(word: &str, words: &[String], own: Own<'_>) -> bool {
    const SAYS: [&str; 4] = [
        "thirdparty",
        "landlordowned",
        "ownedbyother",
        "ownedbylandlord",
    ];
    let private = |other: &str| {
        other.starts_with("prive") && word.contains("domaine")
            || other == "private" && word.contains("freehold")
    };
    SAYS.iter().any(|part| word.contains(part))
        || words.iter().any(|word| is_other(word) && !private(word))
        || of_government(word, words, own)
}

fn of_government(word: &str, words: &[String], own: Own<'_>) -> bool {
    !own.of_government
        && !word.contains("freehold")
        && GOVERNMENT.iter().any(|part| {
            let says = |word: &String| match part.is_ascii() {
                true => word.starts_with(part),
                false => word.contains(part),
            };
            words.iter().any(says) && !own.words.iter().any(says)
        })
}

/// Whether most records of a register say that a government above a town owns them.
pub(in crate::load) fn mostly_of_government(table: &Table, column: Option<usize>) -> bool {
    let Some(column) = column else { return false };
    let says = |cell: &str| {
        let words: Vec<String> = words_of(cell).into_iter().map(|word| word.plain).collect();
        of_government("", &words, Own::default())
    };
    let count = table
        .records
        .iter()
        .filter(|record| says(record.cell(column)))
        .count();
    count * 2 > table.records.len()
}

#[cfg(test)]
mod tests {
    use super::super::tenure::tenure;
    use super::*;
    use crate::place::TenureKind::{self, Freehold, Leasehold, LetOut, Unknown};

    fn read(words: &str, agency: &[&str]) -> TenureKind {
        let names: Vec<String> = agency.iter().map(|word| (*word).to_owned()).collect();
        let own = Own {
            words: &names,
            of_government: false,
        };
        tenure(Some(words), None, own)
    }

    #[test]
    fn who_lets_to_whom_is_read_and_not_guessed() {
        for (words, kind) in [
            ("Leased from a third party", Leasehold),
            ("Leased from third party (rent payable)", Leasehold),
            ("Leased to a third party", LetOut),
            ("Let to third party", LetOut),
            ("Rented to tenant", LetOut),
            ("Lease (as landlord)", LetOut),
            ("Lease (as tenant)", Leasehold),
            ("Leased to the Council", Leasehold),
            ("Leased by the Council", Leasehold),
            ("Leased from Council", Unknown),
            ("Leased to Smith Ltd", Unknown),
            ("Leasehold to 2030", Leasehold),
            ("Lease to March 2030", Leasehold),
            ("Tenanted", Unknown),
            ("Freehold, tenanted", LetOut),
        ] {
            assert_eq!(read(words, &["council"]), kind, "{words}");
        }
        assert_eq!(read("Leased to the Council", &["nhs", "trust"]), Unknown);
    }

    #[test]
    fn what_a_government_owns_is_only_its_own() {
        for words in [
            "State Government Owned",
            "県有",
            "Propriété Etat",
            "Próprio nacional",
            "Crown Owned / Propriété de la Couronne",
        ] {
            assert_eq!(read(words, &["council"]), Unknown, "{words}");
        }
        assert_eq!(read("State owned", &["state", "ohio"]), Freehold);
        assert_eq!(read("Freehold (state road)", &["council"]), Freehold);
        assert_eq!(read("Real estate owned", &["council"]), Freehold);
        let own = Own {
            words: &[],
            of_government: true,
        };
        assert_eq!(tenure(Some("Propriété Etat"), None, own), Freehold);
        assert_eq!(tenure(Some("Crown Owned"), None, own), Freehold);
    }
}
