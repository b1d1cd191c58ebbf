/** The HubSpot connector's test, and a server that behaves as HubSpot's. */
@NullMarked
package dev.sluice.connectors.hubspot;

import org.jspecify.annotations.NullMarked;
