/** The simulated source that the example connector reads: a small REST API with five tables. */
@NullMarked
package dev.sluice.connectors.example.api;

import org.jspecify.annotations.NullMarked;
