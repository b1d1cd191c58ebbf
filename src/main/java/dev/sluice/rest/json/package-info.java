/** Reads the JSON of responses: finds the records, the next link and reported errors. */
@NullMarked
package dev.sluice.rest.json;

import org.jspecify.annotations.NullMarked;
