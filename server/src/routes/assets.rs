//! The files that the program carries.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use crate::assets::{Asset, get};
use crate::cache::Ready;
use crate::http::headers::Policy;
use crate::routes::pages::send;

/// `/assets/…`: names change with the content, so browsers keep them for good.
pub(super) async fn asset(Path(file): Path<String>, headers: HeaderMap) -> Response {
    get(&file).filter(|asset| asset.immutable).map_or_else(missing, |asset| answer(&headers, &file, asset))
}

/// Files with a place of their own: `/favicon.svg`, `/robots.txt`.
pub(super) async fn public_file(uri: Uri, headers: HeaderMap) -> Response {
    let name = uri.path().trim_start_matches('/');
    get(name).map_or_else(missing, |asset| answer(&headers, name, asset))
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, "not found\n").into_response()
}

fn answer(headers: &HeaderMap, name: &str, asset: Asset) -> Response {
    let ready = compressed(name, asset);
    let mut response = send(headers, &ready, Policy::Public);
    let keep = if asset.immutable { "public, max-age=31536000, immutable" } else { "public, max-age=3600" };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    response
}

/// Each file is compressed once, when it is first asked for.
fn compressed(name: &str, asset: Asset) -> std::sync::Arc<Ready> {
    use std::collections::HashMap;
    use std::sync::{Arc, LazyLock, RwLock};
    static KEPT: LazyLock<RwLock<HashMap<String, Arc<Ready>>>> = LazyLock::new(RwLock::default);
    if let Some(ready) = KEPT.read().ok().and_then(|kept| kept.get(name).cloned()) {
        return ready;
    }
    let ready = Arc::new(Ready::new(200, asset.content_type, asset.bytes.to_vec(), true));
    if let Ok(mut kept) = KEPT.write() {
        kept.insert(name.to_owned(), ready.clone());
    }
    ready
}
