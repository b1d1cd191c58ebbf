/** The GitHub connector's test, and a server that behaves as GitHub's. */
@NullMarked
package dev.sluice.connectors.github;

import org.jspecify.annotations.NullMarked;
