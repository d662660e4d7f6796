//! A QML document: what QGIS writes when a layer's style is saved, as far as it matters here.

use super::super::draw::Ink;

/// A style in the making.
#[derive(Clone, Debug)]
pub(super) struct Document {
    renderer: String,
    labels: String,
    fields: String,
    aliases: String,
    display: &'static str,
}

impl Document {
    pub(super) fn new(renderer: String, display: &'static str) -> Self {
        Self {
            renderer,
            labels: String::new(),
            fields: String::new(),
            aliases: String::new(),
            display,
        }
    }

    /// Names features where there is room, from this scale on.
    pub(super) fn labelled(mut self, expression: &str, scale: u32) -> Self {
        let expression = escaped(expression);
        self.labels = format!(
            r#" <labeling type="simple">
  <settings calloutType="simple">
   <text-style fieldName="{expression}" isExpression="1" fontFamily="Open Sans" fontSize="9" fontSizeUnit="Point" fontWeight="50" textColor="31,31,31,255" textOpacity="1" namedStyle="Regular">
    <text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255" bufferOpacity="0.9"/>
   </text-style>
   <placement placement="6" dist="1.2" distUnits="MM" predefinedPositionOrder="TR,R,BR,TL,L,BL,T,B"/>
   <rendering scaleVisibility="1" scaleMin="{scale}" scaleMax="1" obstacle="1" drawLabels="1" displayAll="0" mergeLines="0"/>
  </settings>
 </labeling>
"#
        );
        self
    }

    /// How each field is edited.
    pub(super) fn edited(mut self, fields: String) -> Self {
        self.fields = fields;
        self
    }

    /// What people call each field.
    pub(super) fn named(mut self, names: &[(String, String)]) -> Self {
        let list: String = names
            .iter()
            .map(|(field, alias)| {
                format!(
                    "  <alias field=\"{}\" name=\"{}\"/>\n",
                    escaped(field),
                    escaped(alias)
                )
            })
            .collect();
        self.aliases = format!(" <aliases>\n{list} </aliases>\n");
        self
    }

    pub(super) fn finish(self) -> String {
        let labels = u8::from(!self.labels.is_empty());
        format!(
            "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n<qgis version=\"3.22.16\" styleCategories=\"Symbology|Labeling|Fields|Forms|AttributeTable\" labelsEnabled=\"{labels}\" readOnly=\"0\">\n{}{}{}{} <previewExpression>{}</previewExpression>\n</qgis>\n",
            self.renderer,
            self.labels,
            self.fields,
            self.aliases,
            escaped(self.display)
        )
    }
}

/// Text inside XML, attributes included; what XML cannot hold is left out.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&apos;"),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => safe.push(c),
        }
    }
    safe
}

/// A colour as QML writes it.
pub(super) fn colour(ink: Ink, opacity: u8) -> String {
    format!("{},{},{},{opacity}", ink.0, ink.1, ink.2)
}

/// Options of a symbol layer, in the form that every version of QGIS 3 reads.
pub(super) fn options(pairs: &[(&str, &str)]) -> String {
    pairs
        .iter()
        .map(|(name, value)| format!("    <prop k=\"{name}\" v=\"{}\"/>\n", escaped(value)))
        .collect()
}
