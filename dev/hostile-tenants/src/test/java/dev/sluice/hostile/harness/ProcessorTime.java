package dev.sluice.hostile.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processor time of this JVM and of the processes that it started, by program. A build pays for all of it. */
record ProcessorTime(Map<String, Duration> byProgram) {

    static ProcessorTime now() {
        ProcessHandle current = ProcessHandle.current();
        return new ProcessorTime(Stream.concat(Stream.of(current), current.descendants())
                .collect(Collectors.toMap(ProcessorTime::program, ProcessorTime::used, Duration::plus, TreeMap::new)));
    }

    private static Duration used(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** The name of the service or program. */
    private static String program(ProcessHandle process) {
        if (process.pid() == ProcessHandle.current().pid()) {
            return "tests";
        }
        return process.info().arguments().stream()
                .flatMap(Arrays::stream)
                .filter(argument -> argument.endsWith("-exec.jar"))
                .findFirst()
                .or(process.info()::command)
                .map(path -> String.valueOf(Path.of(path).getFileName()))
                .orElse("others");
    }

    /** Describes the time since an earlier measurement. */
    String since(ProcessorTime earlier) {
        return byProgram.entrySet().stream()
                .map(entry -> Map.entry(
                        entry.getKey(),
                        entry.getValue()
                                .minus(earlier.byProgram.getOrDefault(entry.getKey(), Duration.ZERO))
                                .toSeconds()))
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> "%s %d s".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
