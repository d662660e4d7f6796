//! What the page may do: run its own script, show its own styles, and fetch nothing.

use sha2::{Digest, Sha256};

/// The policy of a page with this script and these styles, for its `meta` tag. Whatever else stands in
/// the page, from the data or anywhere, cannot run.
pub(super) fn policy(script: &str, styles: &[&str]) -> String {
    let styles: Vec<String> = styles.iter().map(|one| hash(one)).collect();
    format!(
        "default-src 'none'; script-src {}; style-src {}; img-src data:; font-src data:; base-uri 'none'; form-action 'none'",
        hash(script),
        styles.join(" ")
    )
}

fn hash(text: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(text.as_bytes())))
}

/// Bytes in base 64, padded (RFC 4648).
pub(super) fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let word = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let letter = LETTERS[(word >> (18 - 6 * at) & 63) as usize];
            text.push(if at <= three.len() {
                letter as char
            } else {
                '='
            });
        }
    }
    text
}

/// JSON that may stand between `script` tags: nothing in it ends them or begins markup.
pub(super) fn in_a_script(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => text.push_str("\\u003c"),
            '>' => text.push_str("\\u003e"),
            '&' => text.push_str("\\u0026"),
            '\u{2028}' => text.push_str("\\u2028"),
            '\u{2029}' => text.push_str("\\u2029"),
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_is_that_of_the_standard() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn a_script_is_allowed_by_its_own_hash() {
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        let told = policy("alert(1)", &[]);
        assert!(
            told.contains("'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='"),
            "{told}"
        );
        assert!(told.starts_with("default-src 'none'"));
    }

    #[test]
    fn no_word_of_the_data_ends_the_block_it_stands_in() {
        let json = serde_json::to_string("</script><!--\u{2028}&").expect("text");
        let safe = in_a_script(&json);
        assert!(!safe.contains('<') && !safe.contains('&'));
        assert_eq!(
            serde_json::from_str::<String>(&safe).expect("the same"),
            "</script><!--\u{2028}&"
        );
    }
}
