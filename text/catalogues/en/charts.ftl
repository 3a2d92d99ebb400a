# What charts say: titles, the sentence that states what a picture shows, axes, feet, tables.

## Titles

chart-title-one = { $indicator } in { $countries }, { $first } to { $last }
chart-title-one-year = { $indicator } in { $countries }, { $year }
chart-title-plain = { $indicator } in { $countries }
chart-title-many = { $count ->
    [one] { $count } country
   *[other] { $count } countries
}
chart-timeline-title = Treaty actions and incidents in { $country }

## The sentence of an indicator

chart-fell = { $indicator } in { $country } fell from { $from } in { $from-year } to { $to } in { $to-year }
chart-rose = { $indicator } in { $country } rose from { $from } in { $from-year } to { $to } in { $to-year }
chart-then-stood = { $move } and stood at { $value } in { $year }
chart-moved-within = { $indicator } in { $country } moved between { $low } and { $high } from { $first } to { $last }
chart-stayed = { $indicator } in { $country } stayed at { $value } from { $first } to { $last }
chart-one-value = { $indicator } in { $country } stood at { $value } in { $year }, the only year available
chart-no-value = No value of “{ $indicator }” is available for { $countries }
chart-intervals-overlap = { $sentence } (the uncertainty intervals of { $from-year } and { $to-year } overlap)
chart-compared = { $count ->
    [2] { $indicator } in { $year } stood at { $high } in { $highest } and at { $low } in { $lowest }
   *[other] { $indicator } in { $year } was highest in { $highest } ({ $high }) and lowest in { $lowest } ({ $low }), of { $count } countries
}
chart-compared-same = { $indicator } in { $year } stood at { $value } in all { $count } countries
chart-no-common-year = { $indicator } has no year with a value for every country shown: { $countries }
chart-none-for = { $sentence }; no value is available for { $countries }

## The sentence of a timeline

chart-timeline-nothing = No treaty action and no incident is recorded for { $country }
chart-timeline-both = { $actions }; { $incidents }
chart-timeline-actions = { $count ->
    [0] No treaty action recorded
    [one] One treaty action, { $first }
   *[other] { $count } treaty actions, from { $first } to { $last }
}
chart-timeline-incidents = { $count ->
    [0] no incident recorded
    [one] one incident recorded, { $first }
   *[other] { $count } incidents recorded, from { $first } to { $last }
}
chart-examples = { $sentence }: examples, not a full count

## Axes and marks

chart-axis = { $unit }; { $direction }
chart-scale = { $unit }, { $low } to { $high }; { $direction }
chart-lane-actions = Treaty actions
chart-lane-incidents = Incidents
chart-lane-more = { $lane }: { $named } named here, and { $more } more
chart-lane-outside = { $lane }; { $count } outside these years
chart-break = { $year }: { $name }
chart-label-ended = { $name } ({ $year })
chart-others-grey = { $count ->
    [one] In grey: one other country
   *[other] In grey: { $count } other countries
}
chart-ongoing = ongoing when last reported ({ $day })
chart-between = between { $first } and { $last }
chart-until = { $from } to { $until }
chart-mark-title = { $kind }: { $label }, { $when }

## Foot

chart-source = Source: { $publisher }
chart-source-release = Source: { $publisher }, { $release }
chart-source-newer = Source: { $publisher }, { $release } (a newer release exists: { $newer })
chart-licence = Licence: { $licence }
chart-edition = Edition { $number }
chart-foot-no-interval = The data used give no uncertainty interval
chart-foot-intervals = Shaded: uncertainty interval
chart-foot-intervals-in-table = Uncertainty intervals are in the table
chart-foot-imprecise = Hollow mark with a bracket: day not known exactly
chart-foot-ongoing = Arrow: ongoing when last reported

## Tables

chart-head-country = Country
chart-head-year = Year
chart-head-value = Value ({ $unit })
chart-head-low = Lower bound
chart-head-high = Upper bound
chart-head-note = Note
chart-head-when = When
chart-head-group = Record
chart-head-kind = Kind
chart-head-what = What
chart-group-action = Treaty action
chart-group-incident = Incident
chart-not-available = not available
chart-not-given = not given
chart-break-here = Break in the series: { $name }
