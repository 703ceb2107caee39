package dev.slipway.disk;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;

/** The real disk, counting what it is asked for: each act, and each name that a listing shows. */
public final class CountingDisk {
  private final AtomicLong work = new AtomicLong();

  /** The disk that is counted. */
  public Disk disk() {
    Disk real = new RealDisk();
    return (Disk)
        Proxy.newProxyInstance(
            Disk.class.getClassLoader(),
            new Class<?>[] {Disk.class},
            (proxy, method, arguments) -> {
              work.incrementAndGet();
              try {
                Object answer = method.invoke(real, arguments);
                if (answer instanceof Collection<?> names) {
                  work.addAndGet(names.size());
                }
                return answer;
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  /** What was asked for since the last time this was. */
  public long work() {
    return work.getAndSet(0);
  }
}
