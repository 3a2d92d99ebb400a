//! Pictures for where SVG is not taken: drawn by resvg from the standalone SVG, on our fonts alone.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{FontResolver, Options, Tree, fontdb};

use crate::measure::{DASH, FONTS, MINUS};

/// Why a picture could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// The SVG was not understood.
    #[error("the drawing was not understood: {0}")]
    Svg(#[from] resvg::usvg::Error),
    /// There is no memory for so many pixels.
    #[error("no room for {0} × {1} pixels")]
    Size(u32, u32),
    /// The PNG could not be written.
    #[error("the picture could not be encoded: {0}")]
    Encoding(String),
}

/// The picture of an SVG, `width` pixels wide.
pub(crate) fn png(svg: &str, width: u32) -> Result<Vec<u8>, PngError> {
    let options = Options {
        font_family: "Noto Sans".to_owned(),
        fontdb: fonts(),
        font_resolver: FontResolver { select_fallback: Box::new(fallback), ..FontResolver::default() },
        ..Options::default()
    };
    let svg = svg.replace(MINUS, DASH);
    let tree = Tree::from_str(&svg, &options)?;
    let scale = width as f32 / tree.size().width();
    let drawn = tree.size().to_int_size().scale_to_width(width).ok_or(PngError::Size(width, 0))?;
    let (width, height) = (drawn.width(), drawn.height());
    let mut pixels = Pixmap::new(width, height).ok_or(PngError::Size(width, height))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|problem| PngError::Encoding(problem.to_string()))
}

/// The font of the same weight as the one that lacks a character.
fn fallback(_: char, tried: &[fontdb::ID], fonts: &mut Arc<fontdb::Database>) -> Option<fontdb::ID> {
    let weight = fonts.face(*tried.first()?)?.weight;
    let same = |face: &&fontdb::FaceInfo| face.weight == weight && !tried.contains(&face.id);
    fonts.faces().find(same).map(|face| face.id)
}

/// The shipped fonts and no other: a picture is the same on every machine.
fn fonts() -> Arc<fontdb::Database> {
    static KEPT: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    Arc::clone(KEPT.get_or_init(|| {
        let mut fonts = fontdb::Database::new();
        for font in FONTS {
            fonts.load_font_source(fontdb::Source::Binary(Arc::new(font)));
        }
        fonts.set_sans_serif_family("Noto Sans");
        Arc::new(fonts)
    }))
}
