package dev.sluice.testkit.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.sluice.spi.ConnectorProvider;
import dev.sluice.testkit.ConnectorContract;
import dev.sluice.testkit.StandIn;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The kit is worth what it finds. */
class PlantedBugTest {
  private static final String BUG = "sluice.planted.bug";

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void checkFindsTheBugThatItIsMeantFor(Bug bug) {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter(BUG, bug.name())
            .selectors(selectMethod(PlantedContract.class, bug.check()))
            .execute()
            .testEvents();

    assertThat(tests.failed().count()).as("failures in %s", bug.check()).isPositive();
  }

  /** Run by the tests above only. */
  @ExtendWith({BugResolver.class, FirstFailure.class})
  static final class PlantedContract extends ConnectorContract {
    private final Bug bug;

    PlantedContract(Bug bug) {
      this.bug = bug;
    }

    @Override
    protected ConnectorProvider connector() {
      return new ReferenceProvider(bug);
    }

    @Override
    protected StandIn standIn() {
      return new ReferenceStandIn();
    }
  }

  /** Hands the bug of a run to its test class. */
  static final class BugResolver implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Bug.class;
    }

    @Override
    public Bug resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context.getConfigurationParameter(BUG).map(Bug::valueOf).orElse(Bug.NONE);
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
