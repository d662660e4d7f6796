//! The end of `plan` and `appraise`: verify, then publish, then say what came out.

use super::summary;
use crate::cli::args::EditionArgs;
use crate::cli::{Failure, out};
use crate::load::Loaded;
use crate::load::config::did_you_mean;
use crate::place::Place;
use crate::plan::verify::verify;
use crate::plan::{Drift, Plan, Status};
use crate::publish::{
    Audience, Beside, Edition, Format, PublishError, alternatives_summary, may_publish,
    publish_beside,
};
use std::path::Path;

/// A plan that is ready to be verified and written.
pub(super) struct Finished<'a> {
    pub(super) loaded: Loaded,
    pub(super) plan: Plan,
    pub(super) to: &'a Path,
    pub(super) edition: Understood,
    pub(super) beside: Besides,
    pub(super) json: bool,
}

/// What stands beside the plan: nothing, usually.
#[derive(Default)]
pub(super) struct Besides {
    /// Plans that are nearly as good.
    pub(super) alternatives: Vec<Plan>,
    /// The plan it was planned from, and what became of that.
    pub(super) last: Option<(Plan, Drift)>,
    /// The same in words, after the summary.
    pub(super) words: String,
}

/// What was meant by the options of an edition.
pub(super) struct Understood {
    audience: Audience,
    only: Vec<Format>,
    excel: bool,
}

impl EditionArgs {
    /// Reads the options and looks at the target, before any work is done.
    pub(super) fn understood(&self, to: &Path) -> Result<Understood, Failure> {
        let audience = understood(&self.audience)?;
        let mut only = Vec::new();
        for name in &self.only {
            match name.trim() {
                "maps" => only.extend([Format::Svg, Format::Png]),
                name => only.push(
                    name.parse::<Format>()
                        .map_err(|fault| usage(fault.to_string()))?,
                ),
            }
        }
        may_publish(to).map_err(refused)?;
        Ok(Understood {
            audience,
            only,
            excel: self.excel,
        })
    }
}

impl Understood {
    /// Refuses an audience that is no agency of the place.
    pub(super) fn fits(&self, place: &Place) -> Result<(), Failure> {
        fits(&self.audience, place)
    }

    /// Where a reader of what was written begins.
    fn begin_with(&self) -> &'static str {
        let writes = |format| self.only.is_empty() || self.only.contains(&format);
        if writes(Format::Report) {
            return "report.html";
        }
        match (
            writes(Format::Svg) || writes(Format::Png),
            writes(Format::Csv),
        ) {
            (true, true) => "maps/ and actions.csv",
            (true, false) => "maps/",
            (false, true) => "actions.csv",
            (false, false) => "plan.json",
        }
    }
}

/// An audience by its word.
pub(super) fn understood(audience: &str) -> Result<Audience, Failure> {
    audience
        .parse()
        .map_err(|fault: crate::publish::UnknownAudience| usage(fault.to_string()))
}

/// Refuses an audience that is no agency of the place.
pub(super) fn fits(audience: &Audience, place: &Place) -> Result<(), Failure> {
    let Audience::Agency(id) = audience else {
        return Ok(());
    };
    let ids = || place.agencies.iter().map(|agency| agency.id.as_str());
    if ids().any(|known| known == id) {
        return Ok(());
    }
    Err(Failure::Usage {
        cause: format!("`{id}` is no agency of {}", place.name),
        hint: did_you_mean(id, ids()),
    })
}

fn usage(cause: String) -> Failure {
    Failure::Usage {
        cause,
        hint: "`oneroof plan --help` lists what can be written, and for whom".to_owned(),
    }
}

/// Verifies the plan; writes the folder only where every figure agrees; prints the summary. Returns
/// the last line of a run that did all it was asked.
pub(super) fn finish(done: Finished<'_>) -> Result<String, Failure> {
    let Finished {
        loaded,
        plan,
        to,
        edition,
        beside,
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
    let begin = edition.begin_with();
    let printed = edition_of(&loaded, &plan, edition.audience, edition.excel);
    let around = Beside {
        alternatives: &beside.alternatives,
        last: beside.last.as_ref().map(|(last, drift)| (last, drift)),
    };
    publish_beside(to, &printed, &edition.only, around).map_err(refused)?;
    if json {
        out::json(&with_besides(summary::json(&plan), &plan, &beside))?;
    } else {
        out::data(&summary::of(&plan, &loaded.place, loaded.rejected.len()))?;
        out::data(&beside.words)?;
    }
    Ok(format!(
        "hint: verified, and written to {}; begin with {begin}",
        to.display()
    ))
}

/// The summary for machines with what stands beside the plan, where anything does.
fn with_besides(
    mut summary: serde_json::Value,
    plan: &Plan,
    beside: &Besides,
) -> serde_json::Value {
    if !beside.alternatives.is_empty() {
        summary["alternatives"] = alternatives_summary(plan, &beside.alternatives);
    }
    if let Some((_, drift)) = &beside.last {
        summary["drift"] = serde_json::json!(drift);
    }
    summary
}

/// A plan of what was loaded, for an audience.
pub(super) fn edition_of<'a>(
    loaded: &'a Loaded,
    plan: &'a Plan,
    audience: Audience,
    excel: bool,
) -> Edition<'a> {
    Edition {
        place: &loaded.place,
        travel: &loaded.travel,
        plan,
        findings: &loaded.findings,
        rejected: &loaded.rejected,
        matches: &loaded.matches,
        audience,
        excel,
    }
}

/// What publishing could not do: a target that is not ours is the caller's mistake.
pub(super) fn refused(error: PublishError) -> Failure {
    match error {
        PublishError::Target {
            path,
            cause,
            action,
        } => Failure::Usage {
            cause: format!("{}: {cause}", path.display()),
            hint: action,
        },
        PublishError::Picture {
            ref name,
            ref known,
        } => Failure::Usage {
            hint: match name.as_str() {
                verb @ ("frontier" | "partnership") => format!(
                    "it is drawn for the partners, once `oneroof {verb} PLACE --out PLAN/{verb}` has put it into the plan folder"
                ),
                name => did_you_mean(name, known.iter().map(String::as_str)),
            },
            cause: error.to_string(),
        },
        PublishError::Io { .. } => Failure::Disk {
            cause: error.to_string(),
        },
        other if other.is_usage() => usage(other.to_string()),
        other => Failure::Internal(other.to_string()),
    }
}
