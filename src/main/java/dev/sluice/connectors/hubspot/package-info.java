/** Reads HubSpot's CRM. */
@NullMarked
package dev.sluice.connectors.hubspot;

import org.jspecify.annotations.NullMarked;
