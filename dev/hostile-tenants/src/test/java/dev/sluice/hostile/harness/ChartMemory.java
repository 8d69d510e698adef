package dev.sluice.hostile.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The memory that the chart grants a service.
 *
 * @param limitBytes memory limit of the container
 * @param heapBytes heap size that the image derives from the limit
 */
record ChartMemory(long limitBytes, long heapBytes) {

    private static final Pattern HEAP = Pattern.compile("(?m)^-XX:MaxRAMPercentage=(\\d+)$");
    private static final Pattern SIZE = Pattern.compile("(\\d+)([MG])i");

    /** Reads the memory of a service, given its key in the chart's values. */
    static ChartMemory of(Path root, String service) throws IOException {
        Map<String, Object> values = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(root.resolve("charts/sluice/values.yaml")));
        Object limit = at(at(at(at(values, service), "resources"), "limits"), "memory");
        Matcher heap = HEAP.matcher(Files.readString(root.resolve("deploy/jvm.options")));
        if (!heap.find()) {
            throw new IllegalStateException("deploy/jvm.options has no MaxRAMPercentage");
        }
        long bytes = bytes(String.valueOf(limit));
        return new ChartMemory(bytes, bytes / 100 * Long.parseLong(heap.group(1)));
    }

    private static Object at(Object map, String key) {
        return Objects.requireNonNull(((Map<?, ?>) map).get(key), key);
    }

    private static long bytes(String text) {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw new IllegalStateException("cannot parse memory limit \"" + text + "\" of the chart");
        }
        return Long.parseLong(size.group(1)) << (size.group(2).equals("G") ? 30 : 20);
    }

    /** Returns the memory with another heap size; the non-heap part stays the same. */
    ChartMemory withHeap(long bytes) {
        return new ChartMemory(limitBytes - heapBytes + bytes, bytes);
    }
}
