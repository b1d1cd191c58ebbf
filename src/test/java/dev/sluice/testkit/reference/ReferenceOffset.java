package dev.sluice.testkit.reference;

import java.util.List;
import java.util.Map;

/**
 * Where an incremental read is: the cursor, and what was delivered from the lookback's begin on, by
 * cursor value.
 */
record ReferenceOffset(String cursor, Map<String, List<String>> seen) {}
