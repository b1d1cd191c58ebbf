package dev.sluice.testkit.reference;

/** A planted bug, and the check that is meant to find it. */
enum Bug {
  /** The connector as it should be. */
  NONE("", ""),
  /** Reads on behind the cursor instead of from it. */
  EXCLUSIVE_LOWER_BOUND("Reads", "everyCapAndPageSizeDeliversTheSameRecords"),
  /** Stops among records of one cursor value without remembering which it had. */
  CUT_INSIDE_TIES("Reads", "everyCapAndPageSizeDeliversTheSameRecords"),
  /** Marks a record as delivered before it is. */
  MARK_AHEAD("Reads", "restArrivesFromEveryOffset"),
  /** Uses an offset whatever server the run asks. */
  IGNORED_READING("Reads", "everyOptionIsObeyedInMidPassOrRefused"),
  /** Goes on with the size of pages that a read began with. */
  OLD_OPTION_KEPT("Reads", "everyOptionIsObeyedInMidPassOrRefused"),
  /** Puts a cursor beyond the start of the invocation back to that start. */
  CURSOR_CLIPPED_TO_START("Reads", "readEndsAlthoughRecordsLieAhead"),
  /** Takes a server error for an empty page. */
  SWALLOWED_500("Failures", "outageIsSaidAndMadeGood"),
  /** Compares the tag of the first page and no other. */
  FIRST_PAGE_COMPARED_ALONE("Unchanged", "changedSnapshotIsNotTakenForUnchanged"),
  /** Takes a source that does not answer for one that has nothing new to say. */
  OUTAGE_TAKEN_FOR_UNCHANGED("Unchanged", "outageIsNotTakenForUnchanged"),
  /** Does not ask for the third page. */
  LOST_PAGE("Reads", "everyCapAndPageSizeDeliversTheSameRecords"),
  /** The same for deletes. */
  SWALLOWED_500_IN_DELETES("Deletes", "outageInDeletesIsSaidAndMadeGood"),
  /** Moves the deletes' cursor to the start of the invocation after any batch. */
  JUMPING_DELETE_CURSOR("Deletes", "noDeleteIsLostWhateverTheCut"),
  /** Saves the cursor with the lookback subtracted. */
  LOOKBACK_STORED("Reads", "everyCapAndPageSizeDeliversTheSameRecords"),
  /** Compares cursors only: a record behind the cursor is no news. */
  LATE_RECORD_DROPPED("Time", "lateRecordInsideTheLookbackArrives"),
  /** Believes a record dated 2099. */
  FAR_FUTURE_BELIEVED("Time", "recordOfTheFarFutureDoesNotStopTheTable"),
  /** Counts pages although records move between them. */
  PAGE_SHIFT_IGNORED("Changes", "nothingIsLostWhenTheSourceChangesWhileItIsRead"),
  /** The same in a snapshot. */
  PAGE_SHIFT_IGNORED_IN_SNAPSHOT("Changes", "nothingIsLostWhenTheSourceChangesWhileItIsRead"),
  /** Takes the start of the invocation for the cursor once it has read everything. */
  RUN_TIME_AS_CURSOR("Time", "quietRunCostsNothing"),
  /** Takes the end of a window, a settling time before our clock, for the cursor. */
  WINDOW_AT_OUR_CLOCK("Time", "recordOfTheSourcesPresentArrivesWhateverOurClockShows"),
  /** Remembers whole records in its offset. */
  OFFSET_WITHOUT_BOUND("Reads", "manyTiesFitAnOffset"),
  /** Gives up at the first failure. */
  NO_RETRY("Failures", "passingFaultIsSurvived"),
  /** Waits, or gives up, without saying when to come back. */
  NO_RESUME_AT("Failures", "waitBeyondTheDeadlineIsHandedOn"),
  /** Follows a link to the page that it is on. */
  REPEATED_PAGE_TAKEN("Failures", "repeatedPageIsRefused"),
  /** Passes over what is no record. */
  ELEMENT_DROPPED("Failures", "elementThatIsNoRecordIsRefused"),
  /** Takes a list for whole that says it is longer. */
  TOTAL_IGNORED("Failures", "totalThatIsNotReachedIsSaid"),
  /** Puts what the source answered into its message. */
  SECRET_REPEATED("Failures", "secretsStaySecret");

  private final String theme;
  private final String check;

  Bug(String theme, String check) {
    this.theme = theme;
    this.check = check;
  }

  /** Returns the name of the contract's nested class. */
  String theme() {
    return theme;
  }

  /** Returns the name of the nested class's method. */
  String check() {
    return check;
  }
}
