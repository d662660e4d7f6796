//! Every way a verb can fail, with its exit code and its words.

use super::exit;
use super::say;
use crate::place::Finding;
use std::fmt;

/// Why a verb did not do what it was asked.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// A fault of ours: please report it.
    Internal(String),
    /// The disk, or whatever is written to, refused.
    Disk {
        /// What the system said, and of what.
        cause: String,
    },
    /// The command line makes no sense, or the target is not ours to replace.
    Usage {
        /// What is wrong.
        cause: String,
        /// What to do.
        hint: String,
    },
    /// The input has errors.
    Input {
        /// Everything noticed, the errors among it.
        findings: Vec<Finding>,
        /// What to do.
        hint: String,
    },
    /// No plan keeps the hard limits.
    Infeasible(Vec<String>),
    /// No plan was found that keeps a hard rule on capacity, and it is not shown that there is none.
    Unkept(Vec<String>),
    /// No facilities can serve the demand as asked.
    Uncoverable(Vec<String>),
    /// The time was up before there was any plan.
    NothingFound,
    /// A verified plan is written; its gap is above the one asked for.
    GapLeft(String),
    /// The plan does not say what the files say.
    NotVerified(Vec<String>),
    /// The answer does not say what the problem says.
    WrongAnswer(Vec<String>),
    /// The plan that people chose cannot stand: nothing is written.
    Refused(Vec<String>),
    /// Interrupted before there was any plan.
    Interrupted,
}

impl Failure {
    /// The documented exit code.
    pub fn exit_code(&self) -> u8 {
        match self {
            Failure::Internal(_) | Failure::Disk { .. } => exit::INTERNAL,
            Failure::Usage { .. } => exit::USAGE,
            Failure::Input { .. } => exit::BAD_INPUT,
            Failure::Infeasible(_) | Failure::Uncoverable(_) => exit::INFEASIBLE,
            Failure::GapLeft(_) => exit::GAP_LEFT,
            Failure::NotVerified(_) | Failure::WrongAnswer(_) | Failure::Refused(_) => {
                exit::NOT_VERIFIED
            }
            Failure::NothingFound | Failure::Unkept(_) | Failure::Interrupted => exit::INTERRUPTED,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::Internal(cause) => {
                writeln!(f, "error: {cause}")?;
                write!(
                    f,
                    "hint: this is a fault of oneroof; please report it with the command"
                )
            }
            Failure::Disk { cause } => write!(
                f,
                "error: {cause}\nhint: see that the folder may be written to and the disk has room; \
                 what stood there before still stands"
            ),
            Failure::Usage { cause, hint } => write!(f, "error: {cause}\nhint: {hint}"),
            Failure::Input { findings, hint } => {
                write!(f, "{}hint: {hint}", say::errors(findings))
            }
            Failure::Infeasible(reasons) => {
                writeln!(f, "error: no plan can keep the hard limits")?;
                for reason in reasons {
                    writeln!(f, "  {reason}")?;
                }
                write!(
                    f,
                    "hint: ease one of the limits named, make a rule soft, or lift a lock"
                )
            }
            Failure::Unkept(reasons) => {
                writeln!(
                    f,
                    "error: no plan was found in which every counter can take its visits"
                )?;
                for reason in reasons {
                    writeln!(f, "  {reason}")?;
                }
                write!(
                    f,
                    "hint: set hard = false for the rule, or give more time with --time; nothing was written"
                )
            }
            Failure::GapLeft(text) => {
                writeln!(f, "warning: {text}")?;
                write!(
                    f,
                    "hint: let it run longer (--time), or ask for less (--gap)"
                )
            }
            Failure::Uncoverable(reasons) => {
                writeln!(f, "error: no facilities can serve the demand as asked")?;
                for reason in reasons {
                    writeln!(f, "  {reason}")?;
                }
                write!(
                    f,
                    "hint: a larger --radius, more facilities or more capacity may do; nothing was written"
                )
            }
            Failure::NotVerified(figures) => {
                writeln!(f, "error: the plan does not say what the files say")?;
                for figure in figures {
                    writeln!(f, "  {figure}")?;
                }
                write!(f, "hint: do not use this plan; plan again from these files")
            }
            Failure::WrongAnswer(figures) => {
                writeln!(f, "error: the answer does not hold against its problem")?;
                for figure in figures {
                    writeln!(f, "  {figure}")?;
                }
                write!(f, "hint: do not use this answer; solve the problem again")
            }
            Failure::Refused(figures) => {
                writeln!(
                    f,
                    "error: the plan that was chosen cannot stand; nothing is written"
                )?;
                for figure in figures {
                    writeln!(f, "  {figure}")?;
                }
                write!(
                    f,
                    "hint: change the decisions about what is named, or correct its record"
                )
            }
            Failure::NothingFound => f.write_str(
                "error: the time was up before any plan was found that keeps every hard limit\n\
                 hint: give more time with --time; nothing was written",
            ),
            Failure::Interrupted => f.write_str(
                "error: interrupted before there was any plan\nhint: nothing was written",
            ),
        }
    }
}
