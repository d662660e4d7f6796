//! Names that sound like places and are none: heraldic beasts and old endings.

use super::chance::Chance;
use std::collections::BTreeSet;

const BEGINNINGS: [&str; 43] = [
    "Alphyn", "Amphis", "Bagwyn", "Basil", "Boreyn", "Brock", "Calyg", "Chatloup", "Cinna",
    "Cocka", "Corbel", "Drakel", "Ermel", "Fessle", "Gamelyn", "Griff", "Gulesby", "Hippal",
    "Keythong", "Lambrel", "Lozen", "Lymph", "Manti", "Marlet", "Merlion", "Musimon", "Nebul",
    "Opin", "Orlen", "Panthel", "Pegas", "Pellet", "Phen", "Quinta", "Rompel", "Sablen", "Saltire",
    "Theow", "Tragel", "Tyger", "Vairen", "Yalen", "Ypotryl",
];

const ENDINGS: [&str; 22] = [
    "bourne", "bridge", "combe", "cote", "den", "field", "ford", "grove", "ham", "hurst", "leigh",
    "low", "mere", "minster", "stead", "stow", "thorpe", "ton", "wardine", "wick", "wold", "worth",
];

const BEFORE: [&str; 7] = [
    "Great", "Little", "Upper", "Nether", "Long", "Temple", "Castle",
];

const AFTER: [&str; 6] = ["St Mary", "Abbas", "Magna", "Parva", "Regis", "on the Hill"];

const STREETS: [&str; 30] = [
    "High Street",
    "Market Place",
    "Station Road",
    "Mill Lane",
    "Church Street",
    "Bridge Street",
    "Castle Street",
    "Priory Road",
    "London Road",
    "Victoria Road",
    "Albert Street",
    "Park Road",
    "School Lane",
    "Chapel Street",
    "Kingsway",
    "Queen Street",
    "Abbey Road",
    "Orchard Way",
    "Meadow Road",
    "Foundry Lane",
    "Wharf Road",
    "Corn Street",
    "St John's Road",
    "Broad Street",
    "Hill Rise",
    "Beech Avenue",
    "Elm Grove",
    "Quarry Road",
    "Sheep Street",
    "Tower Road",
];

/// Second words of ward names.
pub(super) const WARDS: [&str; 16] = [
    "Abbey",
    "Castle",
    "Priory",
    "Northfield",
    "Eastgate",
    "Westgate",
    "Southfield",
    "Park",
    "Riverside",
    "Hill",
    "Station",
    "Market",
    "Bridge",
    "Wharf",
    "Meadows",
    "Heath",
];

/// Postcode areas that are well formed and that no real address uses.
const AREAS: [&str; 30] = [
    "WY", "YA", "YB", "YD", "YE", "YF", "YG", "YH", "YK", "YL", "YM", "YN", "YP", "YR", "YS", "YT",
    "YU", "YW", "ZA", "ZB", "ZC", "ZD", "ZF", "ZG", "ZH", "ZK", "ZL", "ZM", "ZN", "ZP",
];

/// Gives out names, each once.
#[derive(Default)]
pub(super) struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// Keeps a name for somebody.
    pub(super) fn reserve(&mut self, name: &str) -> String {
        self.taken.insert(name.to_owned());
        name.to_owned()
    }

    /// A ward round a settlement: its own name first, then with second words.
    pub(super) fn ward(&mut self, seat: &str, words: &[&str]) -> String {
        let plain = std::iter::once(seat.to_owned());
        let others = words.iter().map(|word| format!("{seat} {word}"));
        let numbered = (2..).map(|number| format!("{seat} {number}"));
        for name in plain.chain(others).chain(numbered) {
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
        seat.to_owned()
    }

    /// A name nobody has: plain for towns, now and then with a second word for villages.
    pub(super) fn settlement(&mut self, chance: &mut Chance, village: bool) -> String {
        let mut tries = 0;
        loop {
            let mut name = format!("{}{}", chance.pick(&BEGINNINGS), chance.pick(&ENDINGS));
            tries += 1;
            // Two words come by chance for villages, and for anybody once short names run out.
            if (village && chance.happens(0.25)) || tries > 6 {
                name = if chance.happens(0.6) {
                    format!("{} {name}", chance.pick(&BEFORE))
                } else {
                    format!("{name} {}", chance.pick(&AFTER))
                };
            }
            if tries > 60 {
                name = format!("{name} {tries}");
            }
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// A street.
pub(super) fn street(chance: &mut Chance) -> &'static str {
    let street: &&str = chance.pick(&STREETS);
    street
}

/// The outward half of the postcodes of the `number`th postal district of a county.
pub(super) fn outward(county: usize, number: usize) -> String {
    // Three counties share an area; a county has at most 33 districts of it.
    let area = AREAS[(county / 3) % AREAS.len()];
    format!("{area}{}", (county % 3) * 33 + (number % 33) + 1)
}

/// The inward half of the `number`th postcode of a district.
pub(super) fn inward(number: usize) -> String {
    const LETTERS: &[u8] = b"ABDEFGHJLNPQRSTUWXYZ";
    let pair = number / 9;
    let first = LETTERS[(pair / LETTERS.len()) % LETTERS.len()];
    let second = LETTERS[pair % LETTERS.len()];
    format!(
        "{}{}{}",
        number % 9 + 1,
        char::from(first),
        char::from(second)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_thousand_settlements_have_ten_thousand_names() {
        let mut names = Names::default();
        let mut chance = Chance::new(1, 1);
        let given: BTreeSet<String> = (0..10_000)
            .map(|_| names.settlement(&mut chance, true))
            .collect();
        assert_eq!(given.len(), 10_000);
    }

    #[test]
    fn postcodes_are_well_formed() {
        assert_eq!(format!("{} {}", outward(0, 0), inward(0)), "WY1 1AA");
        assert_eq!(outward(2, 32), "WY99");
    }
}
