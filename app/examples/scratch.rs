use app::islands::{Autosave, AutosaveWords};
use leptos::prelude::*;
fn main() {
    let words = AutosaveWords { saving: "Saving".into(), saved_at: "Saved at {time}".into(), offline: "OFFLINE".into(), signed_out: "SIGNED OUT".into(), conflict: "CONFLICT".into(), mine: "Yours".into(), theirs: "Theirs".into(), refused: "REFUSED".into() };
    let body = app::render::render(|| view! {
        <main><h1>"Case"</h1>
        <Autosave action="/autosave".into() revision=7 words=words>
            <form method="post" action="/save">
                <input type="hidden" name="revision" value="7" autocomplete="off" />
                <label for="t">"Title"</label><input id="t" name="title" value="a <b>" />
                <label>"Story"<textarea name="narrative">"one"</textarea></label>
                <fieldset><legend>"Services"</legend>
                <label><input type="checkbox" name="services" value="whatsapp" checked />"WhatsApp"</label>
                <label><input type="checkbox" name="services" value="signal" />"Signal"</label></fieldset>
                <select name="kind"><option value="">"choose"</option><option value="x">"X"</option></select>
                <input type="file" name="file" />
                <button name="action" value="submit">"Submit"</button>
            </form>
        </Autosave></main>
    });
    let (js, wasm) = (std::env::args().nth(1).unwrap(), std::env::args().nth(2).unwrap());
    println!("{}", app::render::start_script_hash(&js, &wasm));
    println!("<!doctype html><html lang=en><head><title>t</title>{}</head><body>{body}</body></html>", app::render::island_scripts(&js, &wasm));
}
