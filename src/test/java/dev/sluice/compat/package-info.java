/**
 * Shows that what an earlier release has written is read on: lakes with their checkpoints, items
 * and objects on AWS, pipeline files. What was written is below {@code
 * src/test/resources/dev/sluice/compat}, and its README says by which commit.
 */
@NullMarked
package dev.sluice.compat;

import org.jspecify.annotations.NullMarked;
