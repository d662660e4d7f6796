use super::*;
use crate::load::{read_bytes, read_table};
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The shapes of a file: a square with a hole, a point with a height, and one that is empty.
fn shapes() -> Vec<u8> {
    let square = [[0.0, 0.0], [0.0, 4.0], [4.0, 4.0], [4.0, 0.0], [0.0, 0.0]];
    let hole = [[1.0, 1.0], [2.0, 1.0], [2.0, 2.0], [1.0, 2.0], [1.0, 1.0]];
    let numbers = |list: &[f64]| -> Vec<u8> { list.iter().flat_map(|n| n.to_le_bytes()).collect() };
    let whole = |list: &[u32]| -> Vec<u8> { list.iter().flat_map(|n| n.to_le_bytes()).collect() };
    let outline = [
        whole(&[5]),
        numbers(&[0.0, 0.0, 4.0, 4.0]),
        whole(&[2, 10, 0, 5]),
        numbers(square.as_flattened()),
        numbers(hole.as_flattened()),
    ]
    .concat();
    let point = [whole(&[11]), numbers(&[7.0, 8.0, 100.0, 0.0])].concat();
    let mut file = [0x0000_270a_u32.to_be_bytes().as_slice(), &[0; 96]].concat();
    for (at, content) in [outline, point, whole(&[0])].iter().enumerate() {
        file.extend((at as u32 + 1).to_be_bytes());
        file.extend((content.len() as u32 / 2).to_be_bytes());
        file.extend(content);
    }
    file
}

/// The rows beside them, the third of which is deleted where that is asked for.
fn rows(name: &[u8], deleted: bool) -> Vec<u8> {
    let fields: [(&str, u8, u8); 5] = [
        ("GEOID", b'N', 18),
        ("NAME", b'C', 8),
        ("POP", b'F', 14),
        ("SINCE", b'D', 8),
        ("OPEN", b'L', 1),
    ];
    let width: u16 = 1 + fields.iter().map(|field| u16::from(field.2)).sum::<u16>();
    let header = 32 + 32 * fields.len() as u16 + 1;
    let mut file = vec![3, 126, 11, 29];
    file.extend(3_u32.to_le_bytes());
    file.extend(header.to_le_bytes());
    file.extend(width.to_le_bytes());
    file.resize(32, 0);
    for (name, kind, width) in fields {
        let mut field = name.as_bytes().to_vec();
        field.resize(11, 0);
        field.extend([kind, 0, 0, 0, 0, width]);
        field.resize(32, 0);
        file.extend(field);
    }
    file.push(0x0d);
    for row in 0..3 {
        file.push(if deleted && row == 2 { b'*' } else { b' ' });
        file.extend(format!("{:>18}", 900_000_000_000_000_001_u64 + row).bytes());
        let mut name = name.to_vec();
        name.resize(8, b' ');
        file.extend(name);
        file.extend(format!("{:>14}", "123456789.2500").bytes());
        file.extend(b"20260401T");
    }
    file.push(0x1a);
    file
}

const BRITISH: &str = r#"PROJCS["British_National_Grid",GEOGCS["GCS_OSGB_1936",DATUM["D_OSGB_1936",SPHEROID["Airy_1830",6377563.396,299.3249646]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",400000.0],UNIT["Meter",1.0]]"#;

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default())
            .expect("a file");
        zip.write_all(content).expect("writes");
    }
    zip.finish().expect("closes").into_inner()
}

fn of_archive(
    files: &[(&str, &[u8])],
    layer: Option<&str>,
) -> (Result<Table, Box<Finding>>, Vec<Finding>) {
    let options = TableOptions {
        layer: layer.map(str::to_owned),
        ..TableOptions::default()
    };
    let mut findings = Vec::new();
    let read = read_bytes(
        archive(files),
        "z.zip",
        &options,
        &mut findings,
        &mut Vec::new(),
    );
    (read, findings)
}

#[test]
fn shapes_cells_system_and_letters_are_read_from_the_files_of_a_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, content: &[u8]| {
        std::fs::write(folder.path().join(name), content).expect("writes")
    };
    write("Zones.shp", &shapes());
    write("zones.DBF", &rows(b"Caf\xe9", false));
    write("Zones.prj", BRITISH.as_bytes());
    write("Zones.cpg", b"1252");
    write("Zonesbis.dbf", b"of another");
    let mut findings = Vec::new();
    let table = read_table(
        &folder.path().join("Zones.shp"),
        "Zones.shp",
        &TableOptions::default(),
        &mut findings,
        &mut Vec::new(),
    )
    .expect("reads");
    assert_eq!(table.header, ["GEOID", "NAME", "POP", "SINCE", "OPEN"]);
    // Eighteen figures stay, and nine of a number of type F.
    let cells = table.records[0].cells.to_vec();
    assert_eq!(
        cells,
        [
            "900000000000000001",
            "Café",
            "123456789.25",
            "2026-04-01",
            "true"
        ]
    );
    let shape = |at: usize| table.records[at].shape.as_deref();
    let Some(geo::Geometry::MultiPolygon(outline)) = shape(0) else {
        panic!("{:?}", shape(0));
    };
    assert!((geo::Area::unsigned_area(outline) - 15.0).abs() < 1e-9);
    assert_eq!(
        shape(1),
        Some(&geo::Geometry::Point(geo::Point::new(7.0, 8.0)))
    );
    assert!(shape(2).is_none());
    let codes: Vec<&str> = findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["no-geometry"]);
    assert_eq!(
        super::super::crs::Crs::named(table.crs.as_deref().unwrap_or_default()).name(),
        "EPSG:27700"
    );
}

#[test]
fn what_a_cpg_or_the_bytes_say_of_letters_is_followed() {
    let name = |name: &[u8], cpg: &[u8]| {
        let files = [
            ("z.shp", shapes()),
            ("z.dbf", rows(name, false)),
            ("z.cpg", cpg.to_vec()),
        ];
        let files: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(name, content)| (*name, content.as_slice()))
            .collect();
        let (table, findings) = of_archive(&files, None);
        let told = findings.iter().any(|finding| finding.code == "encoding");
        (table.expect("reads").records[0].cell(1).to_owned(), told)
    };
    let is =
        |found: (String, bool), name: &str, told: bool| assert_eq!(found, (name.to_owned(), told));
    is(name("Łódź".as_bytes(), b"UTF-8"), "Łódź", false);
    is(name("Łódź".as_bytes(), b""), "Łódź", false);
    is(name(b"Caf\xe9", b""), "Café", true);
    is(name(b"\xa3\xf3d\x9f", b"ANSI 1250"), "Łódź", false);
    is(name(b"Caf\xe9", b"88591"), "Café", false);
    // Cut off within a letter, as programs cut that count bytes.
    let cut = &"Dún Laoé".as_bytes()[..9];
    assert!(std::str::from_utf8(&cut[1..]).is_err());
    is(name(&cut[1..], b"UTF-8"), "ún Lao", false);
}

#[test]
fn one_shapefile_of_an_archive_is_read_and_of_several_the_one_that_is_named() {
    let (shp, dbf) = (shapes(), rows(b"A", true));
    let one = [
        ("a/z.shp", shp.as_slice()),
        ("a/z.dbf", &dbf),
        ("__MACOSX/a/._z.shp", b"of a Mac"),
    ];
    let (table, findings) = of_archive(&one, None);
    let table = table.expect("reads");
    assert_eq!((&*table.file, table.records.len()), ("z.zip", 2));
    assert!(
        findings
            .iter()
            .any(|finding| finding.code == "rows-deleted")
    );
    let two = [
        ("y.shp", shp.as_slice()),
        ("y.dbf", &dbf),
        ("z.shp", &shp),
        ("z.dbf", &dbf),
    ];
    let code = |layer| of_archive(&two, layer).0.expect_err("refused").code;
    assert_eq!(
        (code(None), code(Some("x"))),
        ("several-layers", "no-such-layer")
    );
    let named = of_archive(&two, Some("Z")).0.expect("reads");
    assert_eq!(&*named.file, "z.zip[z]");
}

#[test]
fn what_is_missing_cut_off_or_of_another_file_is_told() {
    let (shp, dbf) = (shapes(), rows(b"A", false));
    let told = |files: &[(&str, &[u8])]| {
        of_archive(files, None)
            .0
            .map(|_| ())
            .map_err(|fault| fault.code)
    };
    assert_eq!(told(&[("z.shp", &shp)]), Err("shapefile-part-missing"));
    assert_eq!(
        told(&[("z.shp", &shp), ("z.dbf", &dbf[..dbf.len() - 20])]),
        Err("shapefile-corrupt")
    );
    assert_eq!(
        told(&[("z.shp", &shp[..shp.len() - 12]), ("z.dbf", &dbf)]),
        Err("shapefile-corrupt")
    );
    let alone = read_bytes(
        shp,
        "z.shp",
        &TableOptions::default(),
        &mut Vec::new(),
        &mut Vec::new(),
    );
    assert_eq!(alone.expect_err("refused").code, "shapefile-part-missing");
}

#[test]
fn whatever_is_cut_off_or_altered_a_shapefile_is_read_or_refused() {
    let parts = |shp: &[u8], dbf: &[u8]| {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("z.shp"), shp).expect("writes");
        std::fs::write(folder.path().join("z.dbf"), dbf).expect("writes");
        let path = folder.path().join("z.shp");
        read_table(
            &path,
            "z.shp",
            &TableOptions::default(),
            &mut Vec::new(),
            &mut Vec::new(),
        )
        .map(|_| ())
    };
    let (shp, dbf) = (shapes(), rows(b"A", false));
    assert!(parts(&shp, &dbf).is_ok());
    for at in 0..shp.len().max(dbf.len()) {
        if at < shp.len() {
            let _ = parts(&shp[..at], &dbf);
            for value in [0, 0x7f, 0xff] {
                let mut altered = shp.clone();
                altered[at] = value;
                let _ = parts(&altered, &dbf);
            }
        }
        if at < dbf.len() {
            let _ = parts(&shp, &dbf[..at]);
            for value in [0, 0x0d, 0xff] {
                let mut altered = dbf.clone();
                altered[at] = value;
                let _ = parts(&shp, &altered);
            }
        }
    }
}
