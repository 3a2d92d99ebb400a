# What is wrong with a field, and what would be right. One sentence for each code of domain::Problem.
problem-missing = This is needed.
problem-too-long = This holds { $given } characters; { $most } fit here.
problem-too-short = This is too short: two sentences say what happened.
problem-not-a-date = “{ $value }” is not a date this form can read. Write 2016-07-19, or 2016-07, or 2016.
problem-no-such-day = There is no such day as { $value }: that month has { $last } days.
problem-not-a-time = “{ $value }” is not a time of day. Write 06:30 or 18:05.
problem-time-without-day = A time of day needs the day itself: give the date as 2016-07-19, or leave the time empty.
problem-not-a-number = “{ $value }” is not a whole number above zero. Leave it empty if it is not known.
problem-end-before-start = The end lies before the start.
problem-in-the-future = { $value } lies in the future.
problem-not-ahead = “{ $value }” is no time that lies ahead. Write the day as 2026-12-01 and the time as 09:30, both in UTC.
problem-not-in-list = “{ $value }” is not one of the answers of this list.
problem-unknown-country = No country or area is known as “{ $value }”. Its name in English or its three-letter code will do.
problem-unknown-country-near = No country or area is known as “{ $value }”. Did you mean { $near }?
problem-several-countries = Several are called “{ $value }”: { $near }. Say which.
problem-not-an-address = “{ $value }” is not a web address. It begins with https:// or http:// and has no spaces.
problem-bad-characters = This holds characters that cannot be kept, such as control characters.
problem-not-a-slug = “{ $value }” is not a short name. It is made of lower-case letters, digits and hyphens: example-watch.
problem-already-there = This stands on record already. Look for it in the list and change it there.
problem-unchanged = Nothing is different from what stands.
problem-in-use = { $count ->
    [one] One other part of the record still points to it. End that first.
   *[other] { $count } other parts of the record still point to it. End those first.
}
problem-said-twice = This says the same thing a second time. Fill in the one or the other.
problem-day-without-check = The day of a check is given. Say also that it was checked, or leave the day empty.
problem-too-many = At most { $most } fit here.
problem-named-by-one-source = A private person or company is named, and there is one source only. A second source is needed, or the name has to go.
problem-naming-not-checked = Say whether anybody is named, and by which rule.
problem-not-less-exact = This is as exact as what it is to hide. Say something wider, or nothing.
problem-still-says-it = This still says what was blurred. Change it, or say on the page “Made less exact” why it may stay.
problem-named-against-check = A name stands here, and the naming check says that nobody is named. Take the name out, or choose the rule by which it may stand.
problem-needs-official = “Relied on” needs an official text or an official statement. An inference fits “obligation at stake”, “same power” or “domestic law said to implement it”.
problem-unknown-treaty = No treaty on record is known as “{ $value }”. Its title, short name or number in a series will do.
problem-unknown-treaty-near = No treaty on record is known as “{ $value }”. Did you mean { $near }?
problem-several-treaties = Several treaties are known as “{ $value }”: { $near }.
problem-unknown-provision = This treaty has no provision “{ $value }” on record. Give its number as the treaty writes it, or its heading.
problem-unknown-provision-near = This treaty has no provision “{ $value }” on record. Did you mean { $near }?
problem-not-in-force = On no day of this was the treaty in force for { $states }. “Same power” or “domestic law said to implement it” can be right then.
problem-in-force = The treaty was in force for { $states } the whole time, and “same power” is for treaties that were not. “Relied on” or “obligation at stake” can be right then.
problem-not-a-part = The test of this right has no part “{ $part }”. Empty it, or choose the right whose test has it.
problem-intent-needs-basis = “Intent to silence” needs a finding, an official statement or two independent analyses; otherwise it is alleged by somebody.

password-too-short = The password is too short: 12 characters at least.
password-too-common = This password is among those tried first. Take another.

error-cross-site = This request did not come from a page of this site, so nothing was changed.

bad-query-too-long = This address is longer than any address of this site.
bad-query-not-an-edition = An edition is a number, such as ?edition=1. /changes lists every edition.
bad-query-no-country = No country or area is known as “{ $value }”. Use its three-letter code, such as country=BRA.
bad-query-chart-needs-country = This chart needs a country, such as ?country=BRA.
bad-query-chart-needs-indicator = This chart needs an indicator; /indicators lists them.

# Cells of imported files.
import-duplicate = Row { $row } says this already.
import-not-a-number = This is not a number. Write 0.5, with a point; an empty cell means that there is no figure.
import-out-of-range = This lies outside the indicator’s scale, or outside its own interval.
