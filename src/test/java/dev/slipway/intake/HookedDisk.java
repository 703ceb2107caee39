package dev.slipway.intake;

import dev.slipway.disk.Disk;
import dev.slipway.disk.RealDisk;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** The real disk, with something in front of each act on it. */
final class HookedDisk {
  /** What happens before an act; the name is the method's. */
  @FunctionalInterface
  interface Hook {
    void before(String act) throws Exception;
  }

  private HookedDisk() {}

  static Disk with(Hook hook) {
    Disk real = new RealDisk();
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) -> {
              hook.before(method.getName());
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }
}
