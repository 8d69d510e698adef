package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryLimitTest {

    @TempDir
    Path directory;

    @Test
    void warnsOfALimitWithWhichTheKernelKillsTheProcess() throws IOException {
        assertThat(MemoryLimit.warning(List.of(directory.resolve("missing"), limit("100663296\n"))))
                .hasValue("the memory limit is 96 MiB: below 160 MiB, the kernel can kill the process without a message"
                        + " (OOMKilled); raise the limit");
    }

    @Test
    void isSilentWithEnoughMemoryOrWithoutALimit() throws IOException {
        assertThat(MemoryLimit.warning(List.of(limit("402653184\n")))).isEmpty();
        assertThat(MemoryLimit.warning(List.of(limit("max\n")))).isEmpty();
        assertThat(MemoryLimit.warning(List.of(directory.resolve("missing")))).isEmpty();
    }

    private Path limit(String text) throws IOException {
        return Files.writeString(directory.resolve("memory.max"), text);
    }
}
