/** Object store and checkpoint store on the file system, the embedded default. */
@NullMarked
package dev.sluice.local;

import org.jspecify.annotations.NullMarked;
