//! Whether anybody is in a building, by the words of its register.

use super::buildings::RowReader;
use crate::load::cells::{Style, yes_no};
use crate::load::words::{EMPTY, Emptiness, affirmed, emptiness};
use crate::load::{Record, normalise, plain};
use crate::place::{Finding, Occupancy};
use jiff::civil::Date;

impl RowReader<'_> {
    /// Who is inside, as the register says it. A building of which only a part stands empty is not empty.
    pub(super) fn occupancy(&self, record: &Record, findings: &mut Vec<Finding>) -> Occupancy {
        let c = self.columns;
        let stated = c.text(record, "occupancy");
        if let Some(cell) = stated.filter(|cell| plain(cell) != "unknown") {
            let read = occupancy(c.header("occupancy"), &cell, self.base_date);
            return read.unwrap_or_else(|| {
                findings.push(match emptiness(&cell, self.base_date) {
                    Emptiness::Unsaid => {
                        let known = "vacant, occupied, unknown";
                        self.unread(record, "occupancy", &cell, known).action(
                            "occupancy unknown, and it is kept, unless its occupiers are listed",
                        )
                    }
                    _ => self.partly(record, "occupancy"),
                });
                Occupancy::Unknown
            });
        }
        let said: Vec<(&str, String)> = ["tenure_detail", "status"]
            .into_iter()
            .filter_map(|field| Some((field, c.text(record, field)?)))
            .collect();
        let empty = |wanted| {
            let says = |(_, words): &&(&str, String)| emptiness(words, self.base_date) == wanted;
            said.iter().find(says).map(|(field, _)| *field)
        };
        match (empty(Emptiness::Part), empty(Emptiness::Whole)) {
            (Some(field), _) => {
                findings.push(self.partly(record, field));
                Occupancy::Unknown
            }
            (None, Some(field)) => {
                let contradicted = said
                    .iter()
                    .any(|(other, words)| *other != field && says_occupied(words));
                if contradicted {
                    findings.push(self.partly(record, field));
                    return Occupancy::Unknown;
                }
                Occupancy::Vacant
            }
            (None, None) => Occupancy::Unknown,
        }
    }

    fn partly(&self, record: &Record, field: &str) -> Finding {
        self.doubted("partly-vacant", record, field)
            .cause("it does not say that all of the building stands empty today")
            .action("occupancy unknown, and it is kept, unless its occupiers are listed; write `vacant` where nobody is in it")
    }
}

/// Whether somebody says that nobody, or somebody, is inside. `None` where the words do not say.
fn occupancy(header: Option<&str>, cell: &str, base_date: Date) -> Option<Occupancy> {
    let word = plain(cell);
    if let Some(yes) = yes_or_no(&word) {
        // 1 % or 1 m² is no yes.
        let measured = header.is_some_and(|header| header.contains(['%', '²', '2']));
        return of_heading(header, yes).filter(|_| !(measured && word.starts_with('1')));
    }
    match emptiness(cell, base_date) {
        _ if word == "known" => Some(Occupancy::Known),
        Emptiness::Whole => Some(Occupancy::Vacant),
        Emptiness::Part => None,
        Emptiness::Unsaid => {
            let said = affirmed(&word);
            let used = says_occupied(&said)
                || said.contains("in use")
                || said.contains("operational") && !said.contains("non");
            used.then_some(Occupancy::Known)
        }
    }
}

fn says_occupied(words: &str) -> bool {
    let said = plain(&affirmed(words));
    said.contains("occupied") && !said.contains("unoccupied")
}

/// Yes or no of a building; the letters that other words begin with too are neither.
fn yes_or_no(word: &str) -> Option<bool> {
    match word {
        "nej" | "nei" => Some(false),
        "t" | "f" | "x" => None,
        _ => yes_no(word, &Style::default()).value,
    }
}

/// What yes or no means below a heading: `Vacant` and `Leerstand` ask whether nobody is inside, others whether
/// somebody is. `None` where the heading asks both at once.
fn of_heading(header: Option<&str>, yes: bool) -> Option<Occupancy> {
    let header = header.map(normalise).unwrap_or_default();
    let says = |part: &str| header.contains(part);
    let vacancy = says("vacan") || EMPTY.iter().any(|empty| says(empty));
    let occupied = header
        .replace("unoccup", "")
        .replace("inoccup", "")
        .contains("occup");
    if vacancy && (occupied || says("status")) {
        None
    } else if vacancy == yes {
        Some(Occupancy::Vacant)
    } else {
        Some(Occupancy::Known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn base() -> Date {
        date(2026, 4, 1)
    }

    #[test]
    fn yes_and_no_are_read_the_way_the_heading_asks() {
        use Occupancy::{Known, Vacant};
        for (header, cell, read) in [
            ("Leerstand", "0", Some(Known)),
            ("Leerstand", "N", Some(Known)),
            ("Leerstand", "nein", Some(Known)),
            ("Leerstand", "Ja", Some(Vacant)),
            ("Vacancy status", "No", None),
            ("Unoccupied", "N", Some(Known)),
            ("Empty", "Y", Some(Vacant)),
            ("Leerstand", "leerstehend", Some(Vacant)),
            ("Leerstand", "12 %", None),
            ("Leerstand (%)", "1", None),
            ("Leerstand (m²)", "0", Some(Known)),
            ("Leegstand", "nee", Some(Known)),
            ("Leegstand", "ja", Some(Vacant)),
            ("Vacant", "non", Some(Known)),
            ("Vacant", "oui", Some(Vacant)),
            ("Vacant", "nej", Some(Known)),
            ("Vacant", "non vacant", None),
            ("Occupied", "Y", Some(Known)),
            ("Occupied", "no", Some(Vacant)),
            ("Vacant or occupied", "Y", None),
            ("Vacancy status", "F", None),
        ] {
            assert_eq!(
                occupancy(Some(header), cell, base()),
                read,
                "{header}: {cell}"
            );
        }
    }

    #[test]
    fn what_is_denied_says_nothing_of_who_is_inside() {
        for cell in ["Not in use", "Not occupied", "Non-operational", "V", "50%"] {
            assert_eq!(occupancy(Some("Status"), cell, base()), None, "{cell}");
        }
    }
}
