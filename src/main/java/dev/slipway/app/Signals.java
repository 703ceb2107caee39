package dev.slipway.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Signals, which the JDK offers in {@code sun.misc} alone (module jdk.unsupported). Reached by
 * reflection: javac warns of the package and offers no way to be told that it is meant.
 */
final class Signals {
  private Signals() {}

  /** Has {@code action} run, on a thread of its own, at each signal of this name, such as HUP. */
  static void on(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler run =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              action.run();
            }
            return null;
          };
      Object proxy =
          Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, run);
      Method handle = signal.getMethod("handle", signal, handler);
      handle.invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException unsupported) {
      throw new IllegalStateException("this Java runtime has no signals", unsupported);
    }
  }
}
