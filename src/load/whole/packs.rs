//! Rule packs that `place.toml` takes over, as the rules they are.

use super::access::Asked;
use super::reading::Desk;
use crate::load::config::{
    AccessConfig, ConfigText, PACKS, PackConfig, PackFile, PlaceConfig, did_you_mean, pack_schema,
    pack_text, read_toml,
};

/// The rules of all packs, their groups and areas by the place's names.
pub(super) fn rules(config: &PlaceConfig, text: &ConfigText, desk: &mut Desk) -> Vec<Asked> {
    let mut asked = Vec::new();
    for (index, pack) in config.pack.iter().enumerate() {
        let key = format!("pack[{index}]");
        let Some((name, file)) = open(pack, &key, text, desk) else {
            continue;
        };
        let known = || file.access.iter().map(|rule| rule.id.as_str());
        for id in &pack.leave_out {
            if !known().any(|known| known == id) {
                let refused = text.refuse(
                    "unknown-rule",
                    &format!("{key}.leave_out"),
                    format!("pack `{name}` has no rule `{id}`"),
                );
                desk.findings
                    .push(refused.action(did_you_mean(id, known())));
            }
        }
        let all = file.access.iter();
        for rule in all.filter(|rule| !pack.leave_out.contains(&rule.id)) {
            let Some(service) = service_of(rule, pack) else {
                let refused = text.refuse(
                    "bad-config",
                    &key,
                    format!("rule `{}` of pack `{name}` is of no service", rule.id),
                );
                desk.findings.push(refused.action(
                    "add service = \"…\" here, for all rules of the pack, or to the rule in its file",
                ));
                continue;
            };
            asked.push(Asked {
                rule: taken_over(rule, pack, &name, service),
                key: key.clone(),
                source: Some(format!(
                    "pack {name}: {}; {}, {}",
                    file.title, file.source, file.date
                )),
            });
        }
    }
    asked
}

/// The service that a rule of a pack protects: the one the place names for all of them, else its own.
fn service_of<'a>(rule: &'a AccessConfig, pack: &'a PackConfig) -> Option<&'a str> {
    let own = (!rule.service.is_empty()).then_some(rule.service.as_str());
    pack.service.as_deref().or(own)
}

/// A pack's name and content.
fn open(
    pack: &PackConfig,
    key: &str,
    text: &ConfigText,
    desk: &mut Desk,
) -> Option<(String, PackFile)> {
    let (name, content) = match (&pack.name, &pack.file) {
        (Some(name), None) => match pack_text(name) {
            Some(content) => (name.clone(), content.to_owned()),
            None => {
                let refused = text.refuse(
                    "unknown-pack",
                    &format!("{key}.name"),
                    format!("there is no pack `{name}`"),
                );
                let known = PACKS.iter().map(|(name, _)| *name);
                desk.findings
                    .push(refused.action(did_you_mean(name, known)));
                return None;
            }
        },
        (None, Some(file)) => match std::fs::read_to_string(desk.path(file)) {
            Ok(content) => (stem(file), content),
            Err(fault) => {
                let refused = text.refuse(
                    "missing-file",
                    &format!("{key}.file"),
                    format!("`{file}` cannot be read: {fault}"),
                );
                desk.findings
                    .push(refused.action("correct the name, or put the file there"));
                return None;
            }
        },
        _ => {
            let refused = text.refuse(
                "bad-config",
                key,
                "a pack is given by exactly one of `name` and `file`",
            );
            desk.findings
                .push(refused.action("add name = \"post_office\", for instance"));
            return None;
        }
    };
    let file = pack.file.clone().unwrap_or_else(|| name.clone());
    match read_toml::<PackFile>(&file, &content, pack_schema()) {
        Ok((read, _)) => Some((name, read)),
        Err(findings) => {
            desk.findings.extend(findings);
            None
        }
    }
}

/// The file's name without folder and ending.
fn stem(file: &str) -> String {
    let stem = std::path::Path::new(file).file_stem();
    stem.map_or(file.to_owned(), |stem| stem.to_string_lossy().into_owned())
}

fn taken_over(rule: &AccessConfig, pack: &PackConfig, name: &str, service: &str) -> AccessConfig {
    let group = |group: &String| pack.groups.get(group).unwrap_or(group).clone();
    let area = |area: &String| pack.areas.get(area).unwrap_or(area).clone();
    let mut taken = rule.clone();
    taken.id = format!("{service}.{name}.{}", rule.id);
    service.clone_into(&mut taken.service);
    taken.group = rule.group.as_ref().map(group);
    taken.groups = rule.groups.iter().map(group).collect();
    taken.each = rule.each.as_ref().map(area);
    if let Some(scope) = &mut taken.area {
        scope.kind = area(&scope.kind);
    }
    if let Some(mode) = &pack.mode {
        taken.mode = Some(mode.clone());
    }
    if let Some(hard) = pack.hard {
        taken.hard = hard;
        taken.price_gbp = taken.price_gbp.filter(|_| !hard);
    }
    taken
}
