/** URLs as text: origins, addresses that are never a source, and percent-encoding. */
@NullMarked
package dev.sluice.rest.url;

import org.jspecify.annotations.NullMarked;
