/** Describes paged lists and finds the request for the next page. */
@NullMarked
package dev.sluice.rest.page;

import org.jspecify.annotations.NullMarked;
