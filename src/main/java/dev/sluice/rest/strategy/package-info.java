/**
 * The read strategies that connectors choose from: incremental, snapshot, change log and others.
 */
@NullMarked
package dev.sluice.rest.strategy;

import org.jspecify.annotations.NullMarked;
