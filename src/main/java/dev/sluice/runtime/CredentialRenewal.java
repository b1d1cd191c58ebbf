package dev.sluice.runtime;

import dev.sluice.spi.ConnectorContext;
import java.util.Optional;

/** Looks up the credentials again after the source has refused those of the invocation. */
public interface CredentialRenewal {

  CredentialRenewal NONE = Optional::empty;

  /**
   * Returns the new context for a connector; empty when nothing has changed. Called once at most.
   */
  Optional<ConnectorContext> renew();
}
