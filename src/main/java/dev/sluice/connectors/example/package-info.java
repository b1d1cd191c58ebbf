/**
 * The connector to copy: every ingestion type and every reading strategy, on a simulated source.
 */
@NullMarked
package dev.sluice.connectors.example;

import org.jspecify.annotations.NullMarked;
