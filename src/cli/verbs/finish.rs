//! The end of `plan` and `appraise`: verify, then publish, then say what came out.

use super::summary;
use crate::cli::Failure;
use crate::cli::args::EditionArgs;
use crate::load::Loaded;
use crate::plan::verify::verify;
use crate::plan::{Plan, Status};
use crate::publish::{Audience, Edition, Format, PublishError, publish};
use std::path::Path;

/// A plan that is ready to be verified and written.
pub(super) struct Finished<'a> {
    pub(super) loaded: Loaded,
    pub(super) plan: Plan,
    pub(super) out: &'a Path,
    pub(super) edition: Understood,
    pub(super) json: bool,
}

/// What was meant by the options of an edition.
pub(super) struct Understood {
    audience: Audience,
    only: Vec<Format>,
    excel: bool,
}

impl EditionArgs {
    /// Reads the options, before any work is done.
    pub(super) fn understood(&self) -> Result<Understood, Failure> {
        let usage = |cause: String| Failure::Usage {
            cause,
            hint: "`oneroof plan --help` lists what can be written, and for whom".to_owned(),
        };
        let audience = self
            .audience
            .parse::<Audience>()
            .map_err(|f| usage(f.to_string()))?;
        let only = self
            .only
            .iter()
            .map(|name| name.parse::<Format>())
            .collect::<Result<_, _>>();
        Ok(Understood {
            audience,
            only: only.map_err(|fault| usage(fault.to_string()))?,
            excel: self.excel,
        })
    }
}

/// Verifies the plan; writes the folder only where every figure agrees; prints the summary.
pub(super) fn finish(done: Finished<'_>) -> Result<(), Failure> {
    let Finished {
        loaded,
        plan,
        out,
        edition,
        json,
    } = done;
    let discrepancies = verify(&loaded.place, &loaded.travel, &plan);
    if !discrepancies.is_empty() {
        let figures = discrepancies.iter().map(ToString::to_string).collect();
        return Err(match plan.status {
            Status::Appraised => Failure::Refused(figures),
            _ => Failure::NotVerified(figures),
        });
    }
    let printed = Edition {
        place: &loaded.place,
        travel: &loaded.travel,
        plan: &plan,
        findings: &loaded.findings,
        rejected: &loaded.rejected,
        matches: &loaded.matches,
        audience: edition.audience,
        excel: edition.excel,
    };
    publish(out, &printed, &edition.only).map_err(refused)?;
    if json {
        let text = serde_json::to_string_pretty(&summary::json(&plan))
            .map_err(|fault| Failure::Internal(fault.to_string()))?;
        println!("{text}");
    } else {
        print!("{}", summary::of(&plan));
    }
    eprintln!(
        "hint: verified, and written to {}; begin with maps/ and actions.csv",
        out.display()
    );
    Ok(())
}

/// What publishing could not do: a target that is not ours is the caller's mistake.
pub(super) fn refused(error: PublishError) -> Failure {
    if error.is_usage() {
        Failure::Usage {
            cause: error.to_string(),
            hint: "name a folder that does not exist yet, or an earlier plan folder".to_owned(),
        }
    } else {
        Failure::Internal(error.to_string())
    }
}
