/** Reads FHIR servers of release 4. */
@NullMarked
package dev.sluice.connectors.fhir;

import org.jspecify.annotations.NullMarked;
