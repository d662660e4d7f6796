//! How sure it is that the opposite of what a plan makes of a building is no better: the one place for its words.

/// How sure that is. Files have the code; reports and answers the same word with a capital letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// The opposite costs more, or cannot be.
    Proven,
    /// The opposite costs no less, because the whole plan is the cheapest there is.
    Optimal,
    /// Nothing cheaper was found.
    BestFound,
}

impl Sureness {
    /// All of them, the surest first.
    pub const ALL: [Self; 3] = [Self::Proven, Self::Optimal, Self::BestFound];

    /// The one that files write so; `None` where a building was not in question.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// As files write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Proven => "proven",
            Self::Optimal => "optimal",
            Self::BestFound => "best_found",
        }
    }

    /// As people read it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Proven => "Proven",
            Self::Optimal => "Optimal",
            Self::BestFound => "Best found",
        }
    }

    /// What that means, to stand behind the label and a colon.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Proven => {
                "no plan has it the other way round, or every one that has costs more than this plan"
            }
            Self::Optimal => {
                "the whole plan is proven the cheapest, to a millionth of its cost, so with it the other way round no plan costs less, though one may cost as much"
            }
            Self::BestFound => {
                "nothing cheaper was found; that a plan with it the other way round costs less is not ruled out"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_label_is_the_code_as_people_read_it() {
        for one in Sureness::ALL {
            let spoken = one.label().to_lowercase().replace(' ', "_");
            assert_eq!(spoken, one.code());
            assert_eq!(Sureness::from_code(one.code()), Some(one));
        }
        assert_eq!(Sureness::from_code(""), None);
    }
}
