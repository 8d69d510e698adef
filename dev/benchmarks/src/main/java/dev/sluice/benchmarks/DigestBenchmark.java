package dev.sluice.benchmarks;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Digests of 16 MiB. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class DigestBenchmark {

    private final byte[] content = new byte[16 << 20];

    @Param
    private DigestAlgorithm algorithm = DigestAlgorithm.SHA256;

    /** Generates random content. */
    @Setup
    public void setUp() {
        new Random(1).nextBytes(content);
    }

    /** Hashes the content in memory. */
    @Benchmark
    public Digest digest() {
        return Digest.ofBytes(algorithm, content);
    }
}
