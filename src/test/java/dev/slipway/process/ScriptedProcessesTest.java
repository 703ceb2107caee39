package dev.slipway.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.process.ScriptedProcesses.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScriptedProcessesTest extends ProcessesContract {
  private final ScriptedProcesses processes = new ScriptedProcesses(ScriptedProcessesTest::script);

  private static Script script(Launch launch) {
    return switch (launch.words().getFirst()) {
      case "print" ->
          Script.exits(0).printing("one").printing("two").printing(Output.Stream.STDERR, "three");
      case "exit" -> Script.exits(Integer.parseInt(launch.words().getLast()));
      case "last" -> Script.lasts().printing("begun");
      default -> Script.missing(launch.words().getFirst() + " not found");
    };
  }

  private static Launch launch(Duration timeout, String... words) {
    return new Launch(List.of(words), Path.of("/"), Map.of(), timeout);
  }

  @Override
  Processes processes() {
    return processes;
  }

  @Override
  Launch printing() {
    return launch(Duration.ofSeconds(10), "print");
  }

  @Override
  Launch exiting(int code) {
    return launch(Duration.ofSeconds(10), "exit", Integer.toString(code));
  }

  @Override
  Launch missing() {
    return launch(Duration.ofSeconds(10), "nothing");
  }

  @Override
  Launch lasting(Duration timeout) {
    return launch(timeout, "last");
  }

  @Test
  void aBlockedRunEndsWhenItIsReleased() throws Exception {
    processes.release();
    Launch launch = lasting(Duration.ofSeconds(10));
    assertEquals(new Exit.Code(0), processes.run(launch, (stream, text) -> {}, new Cancellation()));
    assertEquals(List.of(launch), processes.launches());
  }
}
