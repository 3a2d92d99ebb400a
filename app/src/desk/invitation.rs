//! The page behind a link: joining an organisation, or choosing a new password.

use leptos::prelude::*;
use store::desk::Invitation;

use crate::components::form::{Control, Field, Weight, button, error_summary, field};
use crate::components::shell::{PageHead, shell};
use crate::context::PageContext;

/// The page. `token` is the link's; `error` is what was wrong with the password.
pub fn invitation(context: &PageContext, page: Invitation, token: &str, error: Option<String>) -> String {
    let text = context.text;
    let key = if page.link.is_recovery { "invitation-recovery" } else { "invitation-join" };
    let title = text.say(&format!("{key}-title"));
    let role = text.say(&format!("member-role-{}", page.link.role.slug()));
    let said = text.with(
        key,
        &[
            ("organisation", page.organisation_name.into()),
            ("role", role.into()),
            ("email", (&page.link.email).into()),
        ],
    );
    let head = PageHead { no_index: true, class: "narrow", ..PageHead::new(title.clone(), String::new()) };
    let action = format!("/invitations/{token}");
    let email = page.link.email;
    shell(context, head, move || {
        let errors: Vec<_> = error.iter().map(|said| ("password".to_owned(), said.clone())).collect();
        let password = Field::new("password", text.say("account-new-password"))
            .control(Control::Password("new-password"))
            .hint(text.say("account-password-hint"))
            .error(error);
        view! {
            <h1>{title}</h1>
            {error_summary(text, errors)}
            <p>{said}</p>
            <form method="post" action=action>
                // Password managers keep what they find beside the password.
                <input type="hidden" name="username" autocomplete="username" value=email />
                {field(text, password)}
                {button(text.say("invitation-button"), "", "", Weight::Main)}
            </form>
        }
    })
}
