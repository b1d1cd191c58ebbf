package dev.sluice.runtime;

import dev.sluice.spi.ConnectorContext;
import java.util.Optional;

/** Looks the credentials up again after the source has refused those that the invocation had. */
public interface CredentialRenewal {

  CredentialRenewal NONE = Optional::empty;

  /** What a connector gets instead; empty when nothing has changed. Called once at most. */
  Optional<ConnectorContext> renew();
}
