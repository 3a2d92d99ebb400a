//! A member's second factor: setting up an authenticator app, recovery codes, dropping it.

use leptos::prelude::*;
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use store::desk::{Member, SecondFactor, SecondFactorSetup};
use text::Text;

use super::desk_page;
use crate::components::form::{Control, Field, Weight, button, error_of, error_summary, field, hidden};
use crate::context::PageContext;

const PATH: &str = "/desk/account/second-factor";

/// What the page shows.
#[derive(Clone, Debug)]
pub struct SecondFactorPage {
    /// Who asks.
    pub member: Member,
    /// How they stand.
    pub standing: SecondFactor,
    /// Which part of the way they are on.
    pub shown: Shown,
    /// What was wrong with the last try: field and sentence.
    pub errors: Vec<(String, String)>,
    /// What was just done.
    pub done: Option<String>,
}

/// The parts of the way.
#[derive(Clone, Debug)]
pub enum Shown {
    /// How it stands, and what can be done.
    Standing,
    /// A secret for the app, to be confirmed.
    Setup(SecondFactorSetup),
    /// New recovery codes, this once.
    Codes(Vec<String>),
}

/// The page.
pub fn second_factor(context: &PageContext, page: SecondFactorPage) -> String {
    let text = context.text;
    let title = text.say("second-factor-title");
    let (member, done) = (page.member.clone(), page.done.clone());
    desk_page(context, &member, title.clone(), done, None, move || {
        let body = match &page.shown {
            Shown::Standing => standing(text, &page),
            Shown::Setup(setup) => set_up(text, &page, setup),
            Shown::Codes(codes) => codes_once(text, codes),
        };
        view! {
            <h1>{title}</h1>
            {error_summary(text, page.errors.clone())}
            {body}
        }
    })
}

fn standing(text: Text, page: &SecondFactorPage) -> AnyView {
    if !page.standing.is_set_up {
        let key = if page.member.owes_second_factor() { "second-factor-owed" } else { "second-factor-none" };
        return view! {
            <p>{text.say(key)}</p>
            <p>{text.say("second-factor-explained")}</p>
            {form(text, page, false, "begin", Weight::Main)}
        }
        .into_any();
    }
    let left = text.with("second-factor-codes-left", &[("n", page.standing.codes_left.into())]);
    let more = |key: &str, what: &'static str, weight| {
        view! {
            <details class="card" open=error_of(&page.errors, &format!("code.{what}")).is_some()>
                <summary>{text.say(key)}</summary>
                <p>{text.say(&format!("{key}-explained"))}</p>
                {form(text, page, true, what, weight)}
            </details>
        }
    };
    let drop =
        (!page.member.role.needs_second_factor()).then(|| more("second-factor-drop", "drop", Weight::Grave));
    view! {
        <p>{text.say("second-factor-stands")} " " {left}</p>
        {more("second-factor-renew", "codes", Weight::Plain)}
        {more("second-factor-move", "begin", Weight::Plain)}
        {drop}
        <p class="meta">{text.say("second-factor-lost")}</p>
    }
    .into_any()
}

fn set_up(text: Text, page: &SecondFactorPage, setup: &SecondFactorSetup) -> AnyView {
    let secret: Vec<char> = setup.secret.chars().collect();
    let grouped = secret.chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ");
    view! {
        <ol class="way">
            <li>
                <p>{text.say("second-factor-scan")}</p>
                <div class="qr" role="img" aria-label=text.say("second-factor-qr") inner_html=qr(&setup.address)></div>
                <p>{text.say("second-factor-type")}</p>
                <p>
                    <code dir="ltr">{grouped}</code>
                </p>
            </li>
            <li>
                <p>{text.say("second-factor-confirm-explained")}</p>
                {form(text, page, true, "confirm", Weight::Main)}
            </li>
        </ol>
    }
    .into_any()
}

fn codes_once(text: Text, codes: &[String]) -> AnyView {
    let items =
        codes.iter().map(|code| view! { <li><code dir="ltr">{code.clone()}</code></li> }).collect_view();
    view! {
        <section class="status" role="status">
            <h2>{text.say("second-factor-codes")}</h2>
            <p>{text.say("second-factor-codes-explained")}</p>
            <ul class="codes">{items}</ul>
        </section>
        <p>
            <a class="button main" href="/desk">
                {text.say("second-factor-codes-kept")}
            </a>
        </p>
    }
    .into_any()
}

/// The form for one step.
fn form(text: Text, page: &SecondFactorPage, asks_code: bool, what: &'static str, weight: Weight) -> AnyView {
    let code = asks_code.then(|| {
        let key = if what == "confirm" { "second-factor-app-code" } else { "second-factor-code" };
        // Each form's field has a name of its own on the page.
        let name = format!("code.{what}");
        let error = error_of(&page.errors, &name);
        let code = Field::new(name, text.say(key)).error(error);
        field(text, code.control(Control::Short(20)).autocomplete("one-time-code"))
    });
    view! {
        <form method="post" action=PATH>
            {hidden("member", &page.member.id)} {code}
            {button(text.say(&format!("second-factor-{what}-button")), "do", what, weight)}
        </form>
    }
    .into_any()
}

/// The address as a QR code: dark on light with a quiet margin in every theme, as cameras need it.
fn qr(address: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(address, EcLevel::M) else { return String::new() };
    let mut drawn = code.render::<svg::Color<'_>>();
    drawn.min_dimensions(240, 240).dark_color(svg::Color("#000")).light_color(svg::Color("#fff"));
    let svg = drawn.build();
    // Inside a page, an image has no XML declaration.
    svg.split_once("?>").map_or(svg.clone(), |(_, rest)| rest.to_owned())
}
