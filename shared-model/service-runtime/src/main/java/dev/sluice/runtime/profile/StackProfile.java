package dev.sluice.runtime.profile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import one.proto.Proto;

/**
 * Counted stacks as gzipped {@code profile.proto}, for data without a converter: the current threads, and where threads
 * were started. See perftools.profiles in github.com/google/pprof.
 */
final class StackProfile {

    private static final int INITIAL = 4096;

    private final String unit;
    private final Map<List<String>, Integer> counts = new LinkedHashMap<>();

    /** @param unit unit of the counts, such as {@code threads} */
    StackProfile(String unit) {
        this.unit = unit;
    }

    /** Counts a stack, innermost frame first. */
    void add(List<String> frames) {
        counts.merge(List.copyOf(frames), 1, Integer::sum);
    }

    byte[] toGzip() {
        Map<String, Integer> strings = new LinkedHashMap<>();
        strings.put("", 0);
        Proto profile = new Proto(INITIAL);
        Proto type = new Proto(16).field(1, index(strings, unit)).field(2, index(strings, "count"));
        profile.field(1, type);
        Map<String, Integer> functions = new LinkedHashMap<>();
        counts.forEach((frames, count) -> profile.field(2, sample(frames, count, functions)));
        functions.forEach((name, id) -> {
            profile.field(4, new Proto(32).field(1, id).field(4, new Proto(16).field(1, id)));
            profile.field(5, new Proto(32).field(1, id).field(2, index(strings, name)));
        });
        strings.keySet().forEach(text -> profile.field(6, text));
        return gzip(profile);
    }

    private static Proto sample(List<String> frames, int count, Map<String, Integer> functions) {
        Proto sample = new Proto(128);
        frames.forEach(frame -> sample.field(1, functions.computeIfAbsent(frame, name -> functions.size() + 1)));
        return sample.field(2, count);
    }

    private static int index(Map<String, Integer> strings, String text) {
        return strings.computeIfAbsent(text, unknown -> strings.size());
    }

    private static byte[] gzip(Proto profile) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(profile.buffer(), 0, profile.size());
        } catch (IOException e) {
            throw new UncheckedIOException("write to memory", e);
        }
        return out.toByteArray();
    }
}
