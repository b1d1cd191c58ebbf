/** A FHIR server to play with, and what the connector makes of it. */
@NullMarked
package dev.sluice.connectors.fhir;

import org.jspecify.annotations.NullMarked;
