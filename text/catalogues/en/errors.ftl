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
problem-too-many = At most { $most } fit here.
problem-named-by-one-source = A private person or company is named, and there is one source only. A second source is needed, or the name has to go.
problem-naming-not-checked = Say whether anybody is named, and by which rule.
problem-not-less-exact = This is as exact as what it is to hide. Say something wider, or nothing.
problem-still-says-it = This still says what was blurred. Change it, or say on the page “Made less exact” why it may stay.
problem-named-against-check = A name stands here, and the naming check says that nobody is named. Take the name out, or choose the rule by which it may stand.
problem-intent-needs-basis = “Intent to silence” needs a finding, an official statement or two independent analyses; otherwise it is alleged by somebody.

password-too-short = The password is too short: 12 characters at least.
password-too-common = This password is among those tried first. Take another.

error-cross-site = This request did not come from a page of this site, so nothing was changed.

bad-query-too-long = This address is longer than any address of this site.
bad-query-not-an-edition = An edition is a number, such as ?edition=1. /changes lists every edition.
bad-query-no-country = No country or area is known as “{ $value }”. Use its three-letter code, such as country=BRA.
bad-query-chart-needs-country = This chart needs a country, such as ?country=BRA.
bad-query-chart-needs-indicator = This chart needs an indicator; /indicators lists them.
