package dev.sluice.hostile.fuzz;

import dev.sluice.hostile.harness.ResourceKind;
import dev.sluice.hostile.harness.Tenant;
import dev.sluice.hostile.harness.Victim;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Random values from small pools, so that objects refer to each other: names, existing digests, and hostile texts. */
final class RandomValues {

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "..",
            "../../victim/victim-app",
            "/",
            "\u0000",
            "a\nb\r\u001b[2J\u2028",
            "\ud83d\ude00",
            "%s%n%d{}${jndi:x}",
            "null",
            "-1",
            "9".repeat(400),
            "x".repeat(70_000),
            "sha256:" + "0".repeat(64),
            "latest@sha256:" + "0".repeat(64),
            ".sluice-volume",
            "@artifact/",
            "@app/**");

    private static final List<String> TIMES = List.of(
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00+19:00",
            "2026-01-01T00:00:00.0123456789Z",
            "9999-12-31T23:59:59-23:59",
            "0000-01-01t00:00:00z",
            "2026-02-29T12:00:00Z");

    private static final List<String> PATHS = List.of(
            "**", "*", "a.yaml", "d/**", "{a,b}/**", "**/[a-z]*", "../x", "", "{dir}/**", "d/", "*a*a*a*b", "[", "\\");

    private final Random random;
    private final Tenant tenant;

    RandomValues(Random random, Tenant tenant) {
        this.random = random;
        this.tenant = tenant;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    String text() {
        return one(TEXTS);
    }

    String time() {
        return one(TIMES);
    }

    String name(String start) {
        return start + "-" + random.nextInt(8);
    }

    ResourceKind kind() {
        return one(ResourceKind.SOURCES);
    }

    String namespace() {
        return chance(70) ? tenant.namespace() : one(List.of(Victim.NAMESPACE, "flux-system", "nowhere"));
    }

    String from() {
        return "@s" + random.nextInt(3) + "/" + one(PATHS);
    }

    String to() {
        return "@artifact/" + one(PATHS);
    }

    String digest() {
        return chance(50)
                ? tenant.victim()
                        .artifact(Victim.QUIET)
                        .map(artifact -> artifact.get("digest").getAsString())
                        .orElse("sha256:1")
                : "sha256:" + "%064x".formatted(random.nextInt());
    }

    String url() {
        String host = "http://" + tenant.host().address();
        return one(List.of(
                host + "/gitrepository/%s/%d.tar.gz".formatted(tenant.namespace(), random.nextInt(4)),
                host + "/nothing",
                "https" + host.substring(4) + "/x",
                tenant.victim()
                        .artifact(Victim.QUIET)
                        .map(artifact -> artifact.get("url").getAsString())
                        .orElse(host),
                "http://127.0.0.1:1/x",
                "file:///etc/passwd",
                text()));
    }

    Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        if (chance(60)) {
            String uid = tenant.victim().uidOfGenerator(chance(50) ? "app" : "quiet");
            labels.put("source.extensions.fluxcd.io/generator", uid);
        }
        IntStream.range(0, random.nextInt(4)).forEach(i -> labels.put("l" + i, "v" + random.nextInt()));
        return labels;
    }
}
