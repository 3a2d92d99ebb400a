-- Nothing that only SQLite needs; the number is taken so that both engines share one number space.
SELECT 1;
