/** GitHub's tables: what each one is and how it is read. */
@NullMarked
package dev.sluice.connectors.github.table;

import org.jspecify.annotations.NullMarked;
