/** The contract that a connector implements: small types, no framework, no cloud. */
@NullMarked
package dev.sluice.spi;

import org.jspecify.annotations.NullMarked;
