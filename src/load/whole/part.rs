//! A part of a building that could go while the rest stays, from the building's row.

use super::buildings::RowReader;
use super::lease_dates::first_whole_year;
use crate::load::{Record, normalise};
use crate::place::{Areas, Finding, Gbp, GbpPerYear, Grade, Graded, Part, PartExit, SpaceType};

impl RowReader<'_> {
    /// Half a part changes nothing: what is missing, or contradicts the rest of the row, is said.
    pub(super) fn part(
        &self,
        record: &Record,
        usable: &Graded<Areas>,
        findings: &mut Vec<Finding>,
    ) -> Option<Part> {
        let c = self.columns;
        let area = c.area(record, "part_m2", findings);
        let brings = self.no_credit(record, "part_gbp", findings);
        let costs = self
            .no_credit(record, "part_cost_gbp", findings)
            .unwrap_or(0.0);
        let receipt = self.no_credit(record, "part_receipt_gbp", findings);
        let how = self.part_exit(record, findings);
        let from = c.date(record, "part_from", findings);
        let mut refuse = |code, field: &str, cause: &str, action: &str| {
            findings.push(
                self.doubted(code, record, field)
                    .cause(cause)
                    .action(action),
            );
        };
        let area = area.filter(|area| area.get() > 0.0);
        let sold = how == PartExit::Sell;
        let Some(area) = area else {
            let stated = [("part_gbp", brings), ("part_receipt_gbp", receipt)];
            let stated = stated.iter().find(|(_, sum)| sum.is_some());
            if let Some((field, _)) = stated {
                let cause = "what a part brings is stated, and not its floor";
                let action = "the part stays in use; give part_m2";
                refuse("part-incomplete", field, cause, action);
            }
            return None;
        };
        let missing = match (sold, brings, receipt) {
            (true, _, None) => Some(("what its sale brings", "part_receipt_gbp")),
            (false, None, _) => Some(("what it brings or saves a year", "part_gbp")),
            _ => None,
        };
        if let Some((what, field)) = missing {
            let cause = format!("a part is stated, and not {what}");
            let action = format!("the part stays in use; give {field}");
            refuse("part-incomplete", "part_m2", &cause, &action);
            return None;
        }
        if let (false, Some(_)) = (sold, receipt) {
            let cause = "the price of a part is stated, and not that it is sold";
            let action = "the price counts for nothing; write sell in part_exit";
            refuse("part-incomplete", "part_receipt_gbp", cause, action);
        }
        let (brings, receipt) = (brings.unwrap_or(0.0), receipt.unwrap_or(0.0));
        let sums = [
            ("part_gbp", brings),
            ("part_cost_gbp", costs),
            ("part_receipt_gbp", receipt),
        ];
        for (field, sum) in sums {
            if sum < 0.0 {
                let cause = "it is less than nought";
                let action = "the part stays in use; write what it brings, and what it costs, as positive sums";
                refuse("part-out-of-range", field, cause, action);
                return None;
            }
        }
        let space = self.part_type(record, usable, findings);
        let held = usable.value.get(space).get() + usable.value.get(SpaceType::Any).get();
        if usable.grade == Grade::Defaulted
            || area.get() >= usable.value.total().get()
            || area.get() > held
        {
            let cause = match usable.grade {
                Grade::Defaulted => "how much usable floor there is is not stated",
                _ => "the part is not smaller than the usable floor it is part of",
            };
            let action =
                "the part stays in use; correct one of the areas, or let the whole building go";
            let found = self.doubted("part-out-of-range", record, "part_m2");
            findings.push(found.cause(cause).action(action));
            return None;
        }
        Some(Part {
            how,
            floor: Areas::of(space, area),
            brings: GbpPerYear(brings),
            receipt: Gbp(receipt),
            costs: Gbp(costs),
            // By the end of the year in which the day falls.
            from_year: from.map_or(0, |day| {
                first_whole_year(self.base_date, day).saturating_sub(1)
            }),
        })
    }

    fn part_exit(&self, record: &Record, findings: &mut Vec<Finding>) -> PartExit {
        let Some(cell) = self.columns.text(record, "part_exit") else {
            return PartExit::Let;
        };
        match normalise(&cell).as_str() {
            "let" | "sublet" | "letout" | "letting" | "subletting" => PartExit::Let,
            "giveup" | "handback" | "surrender" | "release" | "givenup" => PartExit::GiveUp,
            "sell" | "sale" | "sold" | "disposal" | "dispose" | "partrelease" | "partsale" => {
                PartExit::Sell
            }
            _ => {
                findings.push(self.unread(record, "part_exit", &cell, "let, give_up, sell"));
                PartExit::Let
            }
        }
    }

    /// The type stated, else the type of which the building has the most floor.
    fn part_type(
        &self,
        record: &Record,
        usable: &Graded<Areas>,
        findings: &mut Vec<Finding>,
    ) -> SpaceType {
        let most = || {
            let mut best = SpaceType::Any;
            for space in SpaceType::ALL {
                if usable.value.get(space).get() > usable.value.get(best).get() {
                    best = space;
                }
            }
            best
        };
        let Some(cell) = self.columns.text(record, "part_type") else {
            return most();
        };
        let word = normalise(&cell);
        let known = SpaceType::ALL.into_iter().find(|one| one.name() == word);
        known.unwrap_or_else(|| {
            let words: Vec<_> = SpaceType::ALL.iter().map(|one| one.name()).collect();
            findings.push(self.unread(record, "part_type", &cell, &words.join(", ")));
            most()
        })
    }
}
