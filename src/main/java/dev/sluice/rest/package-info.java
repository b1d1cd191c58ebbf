/** Building blocks for connectors that read JSON over HTTP: client, retry, auth, pagination. */
@NullMarked
package dev.sluice.rest;

import org.jspecify.annotations.NullMarked;
