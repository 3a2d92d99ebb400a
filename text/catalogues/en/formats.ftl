# How dates and lists are written. Number rules (separators) are in Rust: numbers.rs.

date-day = { $day } { $month } { $year }
date-month = { $month } { $year }

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

# A list is joined from the left: all but the last with list-more, the last with one of the others.
list-more = { $head }, { $next }
list-and = { $head } and { $next }
list-or = { $head } or { $next }
