package dev.sluice.testkit.reference;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedMethod;

import dev.sluice.spi.ConnectorProvider;
import dev.sluice.testkit.ConnectorContract;
import dev.sluice.testkit.Sampling;
import dev.sluice.testkit.StandIn;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;

/** A connector with a bug under the kit, with a sampling of its own. */
record Planted(Bug bug, Sampling sampling) {
  private static final String BUG = "sluice.planted.bug";
  private static final String SEED = "sluice.planted.seed";
  private static final String EXTENT = "sluice.planted.extent";

  /** Runs the check that is meant for the bug; returns the first failure. */
  Optional<String> found() {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
        .configurationParameter(BUG, bug.name())
        .configurationParameter(SEED, String.valueOf(sampling.seed()))
        .configurationParameter(EXTENT, sampling.extent().name())
        .selectors(
            selectNestedMethod(
                List.of(Contract.class.getName()),
                ConnectorContract.class.getName() + "$" + bug.theme(),
                bug.check()))
        .execute()
        .testEvents()
        .failed()
        .stream()
        .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
        .flatMap(result -> result.getThrowable().stream())
        .map(Throwable::getMessage)
        .findFirst();
  }

  /** Run by the method above only. */
  @ExtendWith({PlantedResolver.class, FirstFailure.class})
  static final class Contract extends ConnectorContract {
    private final Planted planted;

    Contract(Planted planted) {
      this.planted = planted;
    }

    @Override
    protected ConnectorProvider connector() {
      return new ReferenceProvider(planted.bug());
    }

    @Override
    protected StandIn standIn() {
      return new ReferenceStandIn();
    }

    @Override
    protected Sampling sampling(int tables) {
      return planted.sampling();
    }
  }

  /** Hands the bug and the sampling of a run to its test class. */
  static final class PlantedResolver implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Planted.class;
    }

    @Override
    public Planted resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return new Planted(
          context.getConfigurationParameter(BUG).map(Bug::valueOf).orElse(Bug.NONE),
          new Sampling(
              context.getConfigurationParameter(SEED).map(Long::valueOf).orElse(1L),
              context
                  .getConfigurationParameter(EXTENT)
                  .map(Sampling.Extent::valueOf)
                  .orElse(Sampling.Extent.EVERY_PAIR)));
    }
  }

  /** One failure says enough. */
  static final class FirstFailure implements InvocationInterceptor {
    private boolean failed;

    @Override
    public void interceptDynamicTest(
        Invocation<@Nullable Void> invocation,
        DynamicTestInvocationContext dynamicTest,
        ExtensionContext context)
        throws Throwable {
      if (failed) {
        invocation.skip();
        return;
      }
      try {
        invocation.proceed();
      } catch (AssertionError e) {
        failed = true;
        throw e;
      }
    }
  }
}
