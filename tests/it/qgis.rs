//! `plan.gpkg` in QGIS itself, where it is installed.

use crate::folder::Folder;
use std::process::Command;

/// Debian's QGIS is for Debian's Python.
const PYTHON: &str = "/usr/bin/python3";

/// Prints of each layer: name, validity, system, features, whether its style was found and read, and what draws it.
const SCRIPT: &str = r#"
import os
import sys
from qgis.core import QgsApplication, QgsProviderRegistry, QgsVectorLayer
app = QgsApplication([], False)
app.initQgis()
file = sys.argv[1]
metadata = QgsProviderRegistry.instance().providerMetadata("ogr")
for part in metadata.querySublayers(file):
    name = part.name()
    if name == "layer_styles":
        continue
    layer = QgsVectorLayer(file + "|layername=" + name, name, "ogr")
    message, styled = layer.loadDefaultStyle()
    drawn = layer.renderer().type() if layer.renderer() else "nothing"
    print(name, layer.isValid(), layer.crs().authid(), layer.featureCount(), styled, drawn)
sys.stdout.flush()
os._exit(0)
"#;

fn has_qgis() -> bool {
    let asked = Command::new(PYTHON)
        .args(["-c", "import qgis.core"])
        .output();
    asked.is_ok_and(|asked| asked.status.success())
}

#[test]
fn every_layer_opens_in_qgis_styled() {
    if !has_qgis() {
        println!("SKIPPED: QGIS is not installed");
        return;
    }
    let folder = Folder::six();
    folder.run(&["plan", ".", "--out", "plan", "--only", "gpkg"], 0);
    let asked = Command::new(PYTHON)
        .env("QT_QPA_PLATFORM", "offscreen")
        .args(["-c", SCRIPT])
        .arg(folder.path().join("plan/plan.gpkg"))
        .output()
        .expect("it runs");
    let told = String::from_utf8_lossy(&asked.stdout).into_owned();
    let seen = |layer: &str| {
        let mut lines = told.lines();
        let line = lines.find(|line| line.split(' ').next() == Some(layer));
        line.unwrap_or_else(|| panic!("no {layer}: {told}"))
            .to_owned()
    };
    for layer in [
        "buildings",
        "moves",
        "zones",
        "findings",
        "matches",
        "decisions",
    ] {
        let line = seen(layer);
        let words: Vec<&str> = line.split(' ').collect();
        assert_eq!((words[1], words[4]), ("True", "True"), "{line}");
        assert!(words[2].starts_with("EPSG:"), "{line}");
    }
    // What becomes of each of the six buildings is told by symbol.
    let buildings = seen("buildings");
    assert!(
        buildings.contains(" 6 True categorizedSymbol"),
        "{buildings}"
    );
}
