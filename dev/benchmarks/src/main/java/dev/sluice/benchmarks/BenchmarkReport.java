package dev.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks and writes a table of the results. Accepts the command line of JMH. */
public final class BenchmarkReport {

    private static final Path REPORT = Path.of("benchmarks.md");

    private BenchmarkReport() {}

    /**
     * Runs the selected benchmarks, or all without arguments, and writes {@code benchmarks.md} to the working
     * directory.
     *
     * @throws CommandLineOptionException if JMH does not support an argument
     * @throws RunnerException if a benchmark fails
     * @throws IOException if the report cannot be written
     */
    public static void main(String[] arguments) throws CommandLineOptionException, RunnerException, IOException {
        CommandLineOptions given = new CommandLineOptions(arguments);
        Options options = new OptionsBuilder()
                .parent(given)
                .forks(given.getForkCount().orElse(1))
                .warmupIterations(given.getWarmupIterations().orElse(3))
                .warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(2)))
                .measurementIterations(given.getMeasurementIterations().orElse(5))
                .measurementTime(given.getMeasurementTime().orElse(TimeValue.seconds(3)))
                .shouldFailOnError(true)
                .build();
        Collection<RunResult> results = new Runner(options).run();
        String table = ResultTable.of(results);
        Files.writeString(REPORT, table);
        System.out.println(table);
    }
}
