package dev.slipway.system;

import java.io.IOException;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a {@link Host} to whoever has a parameter of that type: to a test one of its own, unless
 * its class asked for one before all tests, which they then share. When a test fails, what its
 * daemons said is shown; with {@code -Dslipway.tell=true} always.
 */
final class Hosts
    implements ParameterResolver,
        AfterTestExecutionCallback,
        LifecycleMethodExecutionExceptionHandler {
  private static final Namespace NAMESPACE = Namespace.create(Hosts.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Host.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(
            Host.class,
            any -> {
              try {
                return Host.create();
              } catch (IOException failed) {
                throw new IllegalStateException(failed);
              }
            },
            Host.class);
  }

  @Override
  public void afterTestExecution(ExtensionContext context) throws IOException {
    if (Boolean.getBoolean("slipway.tell") || context.getExecutionException().isPresent()) {
      tell(context);
    }
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    tell(context);
    throw failure;
  }

  private static void tell(ExtensionContext context) throws IOException {
    Host host = context.getStore(NAMESPACE).get(Host.class, Host.class);
    if (host != null) {
      host.tell();
    }
  }
}
