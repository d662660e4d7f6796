//! Exit codes: part of the product, and stable.

/// Done.
pub const DONE: u8 = 0;
/// A fault of ours, or the disk refused.
pub const INTERNAL: u8 = 1;
/// The command line makes no sense, or the target folder is not ours to replace.
pub const USAGE: u8 = 2;
/// The input has errors; all of them are listed.
pub const BAD_INPUT: u8 = 3;
/// No plan keeps the hard limits; those at fault are named.
pub const INFEASIBLE: u8 = 4;
/// Stopped at a limit or interrupted: a verified plan is written, its gap above the one asked for.
pub const GAP_LEFT: u8 = 5;
/// The plan does not say what the files say; each figure is named.
pub const NOT_VERIFIED: u8 = 6;
/// Interrupted, or out of time, before there was any plan.
pub const INTERRUPTED: u8 = 130;

/// The codes with their meaning, for `--help` and the manual page.
pub const TABLE: [(u8, &str); 8] = [
    (DONE, "done"),
    (INTERNAL, "internal fault, or the disk refused"),
    (
        USAGE,
        "usage, or a target folder that is not ours to replace",
    ),
    (
        BAD_INPUT,
        "bad input: every error is listed with file, row and column",
    ),
    (
        INFEASIBLE,
        "no plan can keep the hard limits: the rules, zones and buildings are named",
    ),
    (
        GAP_LEFT,
        "stopped early: a verified plan is written, its gap above the one asked for",
    ),
    (NOT_VERIFIED, "verification failed: each figure is named"),
    (
        INTERRUPTED,
        "interrupted, or out of time, before there was any plan",
    ),
];
