/** How a connection to a source is made: through which proxy, trusting whom, read how. */
@NullMarked
package dev.sluice.rest.connection;

import org.jspecify.annotations.NullMarked;
