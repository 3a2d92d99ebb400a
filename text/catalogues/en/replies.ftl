# Replies to published incidents: the public form, the private link, the desk's answer, what stands on the incident.

## The form

reply-title = Reply or ask for a correction
reply-about = About
reply-retracted = This incident was retracted. You can still reply to it.
reply-danger-title = If somebody is in danger
reply-danger = Name nobody here who is in danger, and nothing that leads to them. Use a device and a connection that you trust; Tor Browser hides from this site where you are.
reply-not-a-drop-box = This is not an anonymous drop box. Who has to stay unknown should use SecureDrop or GlobaLeaks.
reply-what-happens-title = What happens with it
reply-who-reads = The reviewers of the organisation that published this incident read it, and nobody else.
reply-how-kept = It is kept encrypted. Contact details are erased as soon as you are answered, after { $contact } days at the latest; what you wrote, { $words } days after the answer.
reply-how-answered = Two reviewers decide. What came of it stands on the incident’s page: your words only as far as they are chosen to be shown, your name only if you agree. A request for somebody’s safety is answered to you alone.
reply-how-told = You get a private link under which you can read the answer. There is no account and no mail, and nothing follows you. For an hour or two the server remembers from which network replies came, so that nobody floods it.
reply-kind = What it is
reply-kind-reply = A reply
reply-kind-reply-hint = The incident names you or speaks of you, and you want to answer.
reply-kind-correction = A correction
reply-kind-correction-hint = Something in it is wrong, or missing.
reply-kind-removal = A request for somebody’s safety
reply-kind-removal-hint = Something in it puts a person at risk and should go. Reviewers can hide an incident at once.
reply-text = What you want to say
reply-text-hint = At most { $most } characters.
reply-source = Where this can be checked
reply-source-hint = A web address, if there is one.
reply-name = Who says so
reply-name-hint = You, or the organisation you speak for. You may leave this empty.
reply-may-name = This name may stand beside my words on the incident’s page.
reply-contact = How you can be reached
reply-contact-hint = Only if you want to be asked back. It is kept apart, is never public, and each look at it is logged.
reply-trap = Leave this empty. It is here for machines that fill in everything.
reply-trap-filled = This field has to stay empty: it is how machines are told from people. Empty it and send again; nothing you wrote is lost.
reply-send = Send
reply-nobody-reads = Nobody reads replies to this incident yet: no organisation has taken it up. So nothing can be sent from here.
reply-nobody-reads-contact = Write to those who run this copy:
reply-not-public = This incident is not public any more, so a reply cannot be taken. Copy what you wrote if you want to keep it.
reply-full = Too many replies to this incident wait to be read. Copy what you wrote and try again in some days.
reply-wait = Too many replies came in a short time. Wait { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
} and send it again; what you wrote is still here.
reply-only-https = This form opens on a safe connection (https) only.
reply-too-large-title = Too large
reply-too-large = This was more than a reply can hold, so nothing was sent. Go back in your browser: what you wrote is still there.
reply-not-a-form-title = Not a form
reply-not-a-form = This address takes forms only.

## The private link

receipt-title = Your reply to { $reference }
receipt-received = It was received.
receipt-keep = Keep the address of this page: it is the only way to read the answer, and nobody can send it to you again. Whoever has it can read the answer, and not what you wrote.
receipt-waiting = It waits to be read. Come back in some days.
receipt-outcome-published = It was answered: words of it stand on the incident’s page.
receipt-outcome-corrected = It was answered: the incident was changed.
receipt-outcome-declined = It was answered: nothing is changed.
receipt-outcome-done = It was answered: something was done.
receipt-outcome-spam = It was not taken as a reply, and what you wrote is erased.
receipt-taken-back = It was answered. The answer was later withheld.
receipt-reason = What the reviewers say
receipt-incident = The incident’s page

## On the incident

incident-replies = Replies
incident-reply-ask = Reply or ask for a correction
incident-reply-note = Whoever is named here, knows better or is put at risk can write to the reviewers, without an account.
incident-reply-kind-reply = Reply
incident-reply-kind-correction = Request for a correction
incident-reply-answered = { $kind }, answered on { $day }
incident-reply-from = { $kind } by { $party }, answered on { $day }
incident-reply-published = Words of the reply:
incident-reply-corrected = The incident was changed by it:
incident-reply-declined = Nothing was changed.
incident-reply-reason = The reviewers:
incident-reply-withheld = Its words are withheld for safety since { $day }.

## At the desk

replies-waiting = Replies waiting
replies-line = { $kind }, about { $reference }
replies-kind-reply = A reply
replies-kind-correction = A request for a correction
replies-kind-removal = A request for somebody’s safety
replies-state-waiting = waits to be read
replies-state-prepared = an answer is prepared; another reviewer has to publish it
replies-state-prepared-by-you = you prepared an answer; another reviewer has to publish it
replies-state-answered = answered
replies-received = received { $when }
replies-title = Reply from outside
replies-case = The case
replies-said = What was written
replies-words-gone = It is erased.
replies-source = Where this can be checked
replies-name = Who says so
replies-may-name = agrees to be named
replies-may-not-name = does not agree to be named
replies-contact = Contact
replies-contact-none = None was given, or it is erased.
replies-contact-explained = Contact details never leave your organisation. Each look is logged.
replies-contact-reveal = Show the contact
replies-answer = Answer
replies-answer-explained = What is to be shown on the incident’s page is published by another reviewer than the one who prepared it. Everything else is the answer at once, and only the sender reads it, by their private link. Contact details are erased with the answer.
replies-outcome = What comes of it
replies-outcome-published = Show words of it on the incident’s page
replies-outcome-corrected = The incident was corrected or retracted
replies-outcome-corrected-hint = Open a correction from the case, publish it, and choose its edition here.
replies-outcome-declined = Nothing is changed
replies-outcome-declined-hint = The reason is told; of a reply and a request for a correction it is public.
replies-outcome-done = Something was done for safety
replies-outcome-done-hint = Hide, correct or redact first. Say here what was done; only the sender reads it.
replies-outcome-spam = Not a reply
replies-outcome-spam-hint = Spam or abuse. What was written is erased at once, and nothing is shown.
replies-field-words = Words to be shown
replies-field-words-hint = Of what was written; shorten, and take out what would put somebody at risk.
replies-field-party = Name to be shown
replies-field-party-hint = Only if the sender agreed. Empty for nobody.
replies-field-edition = Edition that changed it
replies-field-edition-none = None since this reply came
replies-field-edition-one = Edition { $edition }, { $day }
replies-field-reason = Why, or what was done
replies-prepare = Keep this answer
replies-prepared = The prepared answer
replies-publish = Publish this answer
replies-publish-explained = It becomes public at once, in a new edition that stays.
replies-yours = You prepared it, so another reviewer has to publish it.
replies-take-back = Take it back
replies-changed-since = The answer was changed after you opened this page. Read it again before you publish it.
replies-wrong-state = This reply is not in a state for this step any more.
done-reply-prepared = The answer is prepared. Another reviewer has to publish it.
done-reply-answered = Answered. The sender reads it by their private link.
done-reply-taken-back = Taken back. The reply waits again.
done-reply-published = Published. It stands on the incident’s page.
cause-reply = A reply was answered
problem-not-agreed = The sender did not agree to be named.
