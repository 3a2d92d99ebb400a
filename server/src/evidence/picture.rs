//! The copy of a picture: decoded within limits and encoded anew, so that nothing comes along but what can be seen. No
//! place, no camera, no hidden second file.

use std::io::Cursor;

use domain::evidence::THUMBNAIL_SIDE;
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use store::StoreError;
use store::desk::PictureCopy;

use crate::state::App;

/// The longer side of the copy, in pixels.
const COPY: u32 = 1600;
/// The most pixels to a side, and the most memory, that decoding may take.
const MOST_SIDE: u32 = 20_000;
const MOST_MEMORY: u64 = 400 << 20;
/// The most pixels in all.
const MOST_PIXELS: u64 = 80_000_000;

/// Whether these first bytes are of a picture that a copy is made of.
pub(super) fn is_picture(head: &[u8]) -> bool {
    format(head).is_some()
}

/// The copy and the thumbnail, off the async threads and in turn; `None` for what cannot be decoded.
pub(super) async fn copy(app: &App, bytes: Vec<u8>) -> Result<Option<PictureCopy>, StoreError> {
    let turn = app.drawing().acquire_owned().await.map_err(|_| StoreError::NotFound)?;
    let made = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        copy_of(&bytes)
    });
    // A decoder that panics made no copy; the original is kept either way.
    Ok(made.await.ok().flatten())
}

fn format(head: &[u8]) -> Option<ImageFormat> {
    let format = image::guess_format(head).ok()?;
    matches!(format, ImageFormat::Jpeg | ImageFormat::Png | ImageFormat::WebP).then_some(format)
}

fn copy_of(bytes: &[u8]) -> Option<PictureCopy> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format(bytes)?);
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_SIDE);
    limits.max_image_height = Some(MOST_SIDE);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return None;
    }
    // How the camera was held stands beside the pixels; it has to be turned now, for the copy will not say.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).ok()?;
    picture.apply_orientation(orientation);
    let picture = fit(&picture, COPY);
    let thumbnail = fit(&picture, THUMBNAIL_SIDE);
    // Photographs have no holes; what has is drawn, and stays sharp as PNG.
    let is_drawn = picture.color().has_alpha();
    let encode = |picture: &DynamicImage| if is_drawn { png(picture) } else { jpeg(picture) };
    Some(PictureCopy {
        media_type: if is_drawn { "image/png" } else { "image/jpeg" },
        width: picture.width(),
        height: picture.height(),
        copy: encode(&picture)?,
        thumbnail: encode(&thumbnail)?,
    })
}

/// Within a square of `side`; never larger than it was.
fn fit(picture: &DynamicImage, side: u32) -> DynamicImage {
    if picture.width().max(picture.height()) <= side {
        picture.clone()
    } else {
        picture.thumbnail(side, side)
    }
}

fn jpeg(picture: &DynamicImage) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut out, 82);
    picture.to_rgb8().write_with_encoder(encoder).ok()?;
    Some(out)
}

fn png(picture: &DynamicImage) -> Option<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    picture.to_rgba8().write_to(&mut out, ImageFormat::Png).ok()?;
    Some(out.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage, Rgba, RgbaImage};

    fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut out = Cursor::new(Vec::new());
        picture.write_to(&mut out, format).unwrap();
        out.into_inner()
    }

    fn photo(width: u32, height: u32) -> DynamicImage {
        DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| {
            Rgb([(x % 256) as u8, (y % 256) as u8, if y < height / 2 { 255 } else { 0 }])
        }))
    }

    /// A JPEG with a block of EXIF: the camera was held on its side, and stood at a place.
    fn with_exif(jpeg: &[u8]) -> Vec<u8> {
        let mut exif: Vec<u8> = b"Exif\0\0MM\0\x2a\0\0\0\x08".to_vec();
        // One entry: orientation, turned by a quarter.
        exif.extend_from_slice(&[0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0]);
        exif.extend_from_slice(b"GPS 52.5163 N 13.3777 E of a made-up camera");
        let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
        [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat()
    }

    #[test]
    fn a_copy_says_nothing_but_what_can_be_seen() {
        let original = with_exif(&encoded(&photo(400, 200), ImageFormat::Jpeg));
        assert!(original.windows(3).any(|w| w == b"GPS"));
        let copy = copy_of(&original).unwrap();
        assert_eq!((copy.media_type, copy.width, copy.height), ("image/jpeg", 200, 400), "it was turned");
        for bytes in [&copy.copy, &copy.thumbnail] {
            for secret in [&b"GPS"[..], b"Exif", b"camera"] {
                assert!(!bytes.windows(secret.len()).any(|w| w == secret));
            }
        }
    }

    #[test]
    fn a_second_file_behind_the_picture_does_not_come_along() {
        let mut polyglot = encoded(&photo(64, 64), ImageFormat::Png);
        polyglot.extend_from_slice(b"PK\x03\x04<script>alert(1)</script>");
        let copy = copy_of(&polyglot).unwrap();
        assert!(!copy.copy.windows(7).any(|w| w == b"<script"));
    }

    #[test]
    fn large_pictures_become_smaller_and_small_ones_stay() {
        let large = copy_of(&encoded(&photo(3200, 1000), ImageFormat::Png)).unwrap();
        assert_eq!((large.width, large.height), (1600, 500));
        let thumbnail = image::load_from_memory(&large.thumbnail).unwrap();
        assert_eq!((thumbnail.width(), thumbnail.height()), (320, 100));
        let drawn = DynamicImage::ImageRgba8(RgbaImage::from_pixel(30, 20, Rgba([1, 2, 3, 100])));
        let small = copy_of(&encoded(&drawn, ImageFormat::WebP)).unwrap();
        assert_eq!((small.media_type, small.width, small.height), ("image/png", 30, 20));
    }

    #[test]
    fn a_picture_that_unpacks_to_too_much_has_no_copy() {
        // The head of a PNG of 60,000 by 60,000 pixels.
        let mut bomb = encoded(&photo(8, 8), ImageFormat::Png);
        bomb[16..24].copy_from_slice(&[0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60]);
        assert!(copy_of(&bomb).is_none());
        assert!(copy_of(b"\x89PNG\r\n\x1a\n and nothing").is_none());
        assert!(!is_picture(b"GIF89a") && !is_picture(b"<svg xmlns='http://www.w3.org/2000/svg'>"));
    }
}
