package dev.sluice.testkit;

/** What is special about a value that a check varies; the simplest value has nothing. */
enum Trait {
  SEVERAL_RECORDS,
  NEAR_NEIGHBOURS,
  TIES,
  SEVERAL_PAGES,
  CAP,
  LOOKBACK,
  LATER_MOMENT
}
