//! From `.osm.pbf` files to ways and points: what any of the modes can travel, and nothing else.
//!
//! A file is looked through three times: its frame, so that a cut or foreign file is known before
//! anything is unpacked; its ways; and the nodes of these ways. Blocks are unpacked side by side, a
//! few at a time.

use super::fault::RoadsFault;
use super::profile::{Passage, Speeds, is_barred, passage};
use super::tags::Tags;
use crate::place::{Location, RoadMode};
use osmpbf::{Blob, BlobDecode, BlobReader, BlobType, Element, PrimitiveBlock};
use rayon::prelude::*;
use std::cmp::Ordering;
use std::collections::HashSet;
use std::io::SeekFrom;
use std::path::{Path, PathBuf};

/// Blocks in memory at a time.
const BATCH: usize = 32;
/// The format's own limit on a block.
const LARGEST_BLOCK: i32 = 32 * 1024 * 1024;

/// The ways of some extracts.
pub(super) struct Extract {
    /// Every way that some mode may travel, with positions in `points` for its nodes.
    pub(super) ways: Vec<Way>,
    /// Where the nodes of the ways are; `None` where the extract was cut at its edge.
    pub(super) points: Vec<Option<Location>>,
    /// For each node the modes it stops: bit 0 walk, 1 cycle, 2 drive.
    pub(super) barred: Vec<u8>,
}

/// One way.
pub(super) struct Way {
    pub(super) nodes: Vec<u32>,
    /// How each of [`RoadMode::ALL`] may travel it.
    pub(super) passages: [Option<Passage>; 3],
}

/// A way whose nodes are still those of OpenStreetMap.
struct Read {
    id: i64,
    nodes: Vec<i64>,
    passages: [Option<Passage>; 3],
}

/// Reads all of the files as one; a way that stands in several counts once.
pub(super) fn read(paths: &[PathBuf], speeds: Speeds) -> Result<Extract, RoadsFault> {
    let mut ways: Vec<Read> = Vec::new();
    let mut known = HashSet::new();
    for path in paths {
        frame(path)?;
        let before = ways.len();
        each_block(
            path,
            |block| ways_of(block, speeds),
            |read: Vec<Read>| {
                ways.extend(read.into_iter().filter(|way| known.insert(way.id)));
            },
        )?;
        if ways.len() == before && known.is_empty() {
            return Err(RoadsFault::NoRoads { path: path.clone() });
        }
    }
    let mut ids: Vec<i64> = ways
        .iter()
        .flat_map(|way| way.nodes.iter().copied())
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let mut points = vec![None; ids.len()];
    let mut barred = vec![0; ids.len()];
    for path in paths {
        each_block(
            path,
            |block| nodes_of(block, &ids),
            |read: Vec<Node>| {
                for node in read {
                    points[node.at] = node.point;
                    barred[node.at] = node.barred;
                }
            },
        )?;
    }
    let position = |id: &i64| ids.binary_search(id).unwrap_or_default() as u32;
    let ways = ways.iter().map(|way| Way {
        nodes: way.nodes.iter().map(position).collect(),
        passages: way.passages,
    });
    Ok(Extract {
        ways: ways.collect(),
        points,
        barred,
    })
}

fn ways_of(block: &PrimitiveBlock, speeds: Speeds) -> Vec<Read> {
    let mut found = Vec::new();
    for way in block.groups().flat_map(|group| group.ways()) {
        let tags = Tags::new(way.tags());
        let passages = RoadMode::ALL.map(|mode| passage(mode, &tags, speeds));
        let nodes: Vec<i64> = way.refs().collect();
        if nodes.len() > 1 && passages.iter().any(Option::is_some) {
            found.push(Read {
                id: way.id(),
                nodes,
                passages,
            });
        }
    }
    found
}

struct Node {
    at: usize,
    point: Option<Location>,
    barred: u8,
}

impl Node {
    fn new<'a>(
        at: usize,
        (lon, lat): (f64, f64),
        tags: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let tags = Tags::new(tags);
        let bit = |(at, mode)| u8::from(is_barred(mode, &tags)) << at;
        Self {
            at,
            point: Location::new(lon, lat),
            barred: RoadMode::ALL.into_iter().enumerate().map(bit).sum(),
        }
    }
}

fn nodes_of(block: &PrimitiveBlock, wanted: &[i64]) -> Vec<Node> {
    let mut found = Vec::new();
    block.for_each_element(|element| match element {
        Element::DenseNode(node) => {
            if let Ok(at) = wanted.binary_search(&node.id()) {
                found.push(Node::new(at, (node.lon(), node.lat()), node.tags()));
            }
        }
        Element::Node(node) => {
            if let Ok(at) = wanted.binary_search(&node.id()) {
                found.push(Node::new(at, (node.lon(), node.lat()), node.tags()));
            }
        }
        Element::Way(_) | Element::Relation(_) => {}
    });
    found
}

/// Looks at the heads of all blocks: whether it is such a file, and whole.
fn frame(path: &Path) -> Result<(), RoadsFault> {
    let unreadable = |source| RoadsFault::Unreadable {
        path: path.to_path_buf(),
        source,
    };
    let foreign = |cause: String| RoadsFault::NotAnExtract {
        path: path.to_path_buf(),
        cause,
    };
    let length = std::fs::metadata(path).map_err(unreadable)?.len();
    let mut blobs =
        BlobReader::seekable_from_path(path).map_err(|fault| unreadable(fault.into()))?;
    let (mut end, mut count) = (0_u64, 0_usize);
    while let Some(head) = blobs.next_header_skip_blob() {
        let (head, _) = head.map_err(|fault| match count {
            0 => foreign(fault.to_string()),
            _ => damaged(path, count + 1, fault.to_string()),
        })?;
        count += 1;
        let size = head.get_blob_size();
        if count == 1 && head.blob_type() != BlobType::OsmHeader {
            return Err(foreign("its first block is no header".into()));
        }
        if !(0..=LARGEST_BLOCK).contains(&size) {
            let cause = format!("{size} bytes are no size of a block");
            return Err(damaged(path, count, cause));
        }
        end = blobs
            .seek_raw(SeekFrom::Current(0))
            .map_err(|fault| unreadable(fault.into()))?;
    }
    match (count, end.cmp(&length)) {
        (0, _) => Err(foreign("it has no block".into())),
        (_, Ordering::Equal) => Ok(()),
        (_, Ordering::Greater) => Err(cut_short(path, end - length)),
        // Fewer bytes are left than say how long a head is.
        (_, Ordering::Less) => Err(cut_short(path, 4_u64.saturating_sub(length - end))),
    }
}

fn cut_short(path: &Path, missing: u64) -> RoadsFault {
    RoadsFault::CutShort {
        path: path.to_path_buf(),
        missing,
    }
}

fn damaged(path: &Path, block: usize, cause: String) -> RoadsFault {
    RoadsFault::Damaged {
        path: path.to_path_buf(),
        block,
        cause,
    }
}

/// Unpacks every block and takes what it gives, in the order of the file.
fn each_block<T: Send>(
    path: &Path,
    look: impl Fn(&PrimitiveBlock) -> T + Sync,
    mut take: impl FnMut(T),
) -> Result<(), RoadsFault> {
    let blobs = BlobReader::from_path(path).map_err(|fault| RoadsFault::Unreadable {
        path: path.to_path_buf(),
        source: fault.into(),
    })?;
    let unpack = |(at, blob): (usize, osmpbf::Result<Blob>)| -> Result<Option<T>, RoadsFault> {
        let fault = |fault: osmpbf::Error| damaged(path, at + 1, fault.to_string());
        match blob.map_err(fault)?.decode().map_err(fault)? {
            BlobDecode::OsmData(block) => Ok(Some(look(&block))),
            BlobDecode::OsmHeader(head) => match unknown_feature(head.required_features()) {
                Some(feature) => Err(damaged(
                    path,
                    at + 1,
                    format!("it asks for `{feature}`, which is not known here"),
                )),
                None => Ok(None),
            },
            BlobDecode::Unknown(_) => Ok(None),
        }
    };
    let mut blobs = blobs.enumerate();
    loop {
        let batch: Vec<_> = blobs.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(());
        }
        let read: Vec<_> = batch.into_par_iter().map(unpack).collect();
        for one in read {
            if let Some(one) = one? {
                take(one);
            }
        }
    }
}

/// A feature that a reader must have and we do not.
fn unknown_feature(required: &[String]) -> Option<&String> {
    let known = ["OsmSchema-V0.6", "DenseNodes"];
    required
        .iter()
        .find(|feature| !known.contains(&feature.as_str()))
}
