/**
 * The contract kit: what every connector must do, checked against a source that the kit controls.
 * {@link dev.sluice.testkit.ConnectorContract} has the checks, {@link dev.sluice.testkit.StandIn}
 * is the source.
 */
@NullMarked
package dev.sluice.testkit;

import org.jspecify.annotations.NullMarked;
