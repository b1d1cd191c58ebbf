/** Obtains the credentials that requests carry: fixed ones, OAuth 2 grants, app installations. */
@NullMarked
package dev.sluice.rest.auth;

import org.jspecify.annotations.NullMarked;
