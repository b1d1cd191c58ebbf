package dev.sluice.testkit.reference;

/** A planted bug, and the check that is meant to find it. */
enum Bug {
  /** The connector as it should be. */
  NONE(""),
  /** Reads on behind the cursor instead of from it. */
  EXCLUSIVE_LOWER_BOUND("everyCapAndPageSizeDeliversTheSameRecords"),
  /** Stops among records of one cursor value without remembering which it had. */
  CUT_INSIDE_TIES("everyCapAndPageSizeDeliversTheSameRecords"),
  /** Puts a cursor beyond the start of the invocation back to that start. */
  CURSOR_CLIPPED_TO_START("readEndsAlthoughRecordsLieAhead"),
  /** Takes a server error for an empty page. */
  SWALLOWED_500("outageIsSaidAndMadeGood"),
  /** Compares the tag of the first page and no other. */
  FIRST_PAGE_COMPARED_ALONE("changedSnapshotIsNotTakenForUnchanged"),
  /** Takes a source that does not answer for one that has nothing new to say. */
  OUTAGE_TAKEN_FOR_UNCHANGED("outageIsNotTakenForUnchanged"),
  /** Does not ask for the third page. */
  LOST_PAGE("everyCapAndPageSizeDeliversTheSameRecords"),
  /** The same for deletes. */
  SWALLOWED_500_IN_DELETES("outageInDeletesIsSaidAndMadeGood"),
  /** Moves the deletes' cursor to the start of the invocation after any batch. */
  JUMPING_DELETE_CURSOR("noDeleteIsLostWhateverTheCut"),
  /** Saves the cursor with the lookback subtracted. */
  LOOKBACK_STORED("everyCapAndPageSizeDeliversTheSameRecords"),
  /** Compares cursors only: a record behind the cursor is no news. */
  LATE_RECORD_DROPPED("lateRecordInsideTheLookbackArrives"),
  /** Believes a record dated 2099. */
  FAR_FUTURE_BELIEVED("recordOfTheFarFutureDoesNotStopTheTable"),
  /** Counts pages although records move between them. */
  PAGE_SHIFT_IGNORED("nothingIsLostWhenTheSourceChangesWhileItIsRead"),
  /** The same in a snapshot. */
  PAGE_SHIFT_IGNORED_IN_SNAPSHOT("nothingIsLostWhenTheSourceChangesWhileItIsRead"),
  /** Takes the start of the invocation for the cursor once it has read everything. */
  RUN_TIME_AS_CURSOR("quietRunCostsNothing"),
  /** Remembers whole records in its offset. */
  OFFSET_WITHOUT_BOUND("manyTiesFitAnOffset"),
  /** Gives up at the first failure. */
  NO_RETRY("passingFaultIsSurvived"),
  /** Waits, or gives up, without saying when to come back. */
  NO_RESUME_AT("waitBeyondTheDeadlineIsHandedOn"),
  /** Follows a link to the page that it is on. */
  REPEATED_PAGE_TAKEN("repeatedPageIsRefused"),
  /** Puts what the source answered into its message. */
  SECRET_REPEATED("secretsStaySecret");

  private final String check;

  Bug(String check) {
    this.check = check;
  }

  /** The name of the method of the contract. */
  String check() {
    return check;
  }
}
