package dev.sluice.hostile.cases;

import dev.sluice.hostile.harness.Attack;
import dev.sluice.hostile.harness.ExpectedMessage;
import dev.sluice.hostile.harness.GeneratorSpec;
import dev.sluice.hostile.harness.HostileCase;
import dev.sluice.hostile.harness.ResourceKind;
import dev.sluice.hostile.harness.TarGzBuilder;
import dev.sluice.hostile.harness.Tenant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small generators with an expensive build. */
final class BuildCases {

    private BuildCases() {}

    static List<HostileCase> all() {
        return List.of(
                build(
                        "generators with two thousand copies of sixty thousand files",
                        BuildCases::manyCopies,
                        ExpectedMessage.containing("copy")),
                build(
                        "twenty thousand copies over half a million entries",
                        BuildCases::manyOperations,
                        ExpectedMessage.none()),
                build("patterns that backtrack", BuildCases::patterns, ExpectedMessage.none()),
                build("excludes that backtrack", BuildCases::excludes, ExpectedMessage.none()),
                build(
                        "a hundred thousand directories times a hundred templates",
                        BuildCases::pathPattern,
                        ExpectedMessage.containing("--generator-max-artifacts").inLongRuns()),
                build(
                        "seven thousand artifacts, which exceed the size of a status",
                        BuildCases::manyArtifacts,
                        ExpectedMessage.containing("--generator-max-artifacts")),
                build(
                        "artifacts with long names and much metadata",
                        BuildCases::heavyArtifacts,
                        ExpectedMessage.none()),
                build(
                        "more than a gigabyte of output",
                        BuildCases::muchOutput,
                        ExpectedMessage.containing("--run-max-output-bytes").inLongRuns()),
                build(
                        "generators that use each other's artifacts",
                        BuildCases::cycles,
                        ExpectedMessage.containing("cycle")),
                build("generators with a thousand sources each", BuildCases::graph, ExpectedMessage.none()),
                build("copies of a tree into its own subdirectories", BuildCases::nested, ExpectedMessage.none()));
    }

    private static HostileCase build(String name, Attack attack, ExpectedMessage expected) {
        return new HostileCase("builds", name, attack, expected);
    }

    private static void manyCopies(Tenant tenant) {
        tenant.source("app", HostileArchives.emptyFiles(tenant.size(60_000)));
        List<Map<String, Object>> copy = copies(2_000, "@app/**");
        int generators = tenant.count(1, 10);
        for (int i = 0; i < generators; i++) {
            tenant.createGenerator("copies-" + i, GeneratorSpec.from("app").artifact("copies-" + i, copy));
        }
        // the largest number of operations that the CRD allows per artifact, in more artifacts
        for (int i = 0; i < generators; i++) {
            GeneratorSpec spec = GeneratorSpec.from("app");
            for (int j = 0; j < 20; j++) {
                spec.artifact("less-%d-%d".formatted(i, j), copy.subList(0, 100));
            }
            tenant.createGenerator("less-" + i, spec);
        }
    }

    private static List<Map<String, Object>> copies(int count, String from) {
        List<Map<String, Object>> copy = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            copy.add(GeneratorSpec.copy(from, "@artifact/c%d/".formatted(i)));
        }
        return copy;
    }

    private static void manyOperations(Tenant tenant) {
        tenant.source("app", HostileArchives.emptyFiles(tenant.size(499_000)));
        for (int i = 0; i < tenant.count(1, 10); i++) {
            GeneratorSpec spec = GeneratorSpec.from("app");
            for (int j = 0; j < 200; j++) {
                spec.artifact("many-%d-%d".formatted(i, j), copies(100, "@app/**/nothing-" + j + "*"));
            }
            spec.artifact("sure-" + i, "@app/d1/**");
            tenant.createGenerator("many-" + i, spec);
        }
    }

    private static void patterns(Tenant tenant) {
        tenant.source("app", names());
        List<String> patterns = List.of(
                "**/*a*a*a*a*a*a*a*a*a*a*a*a*a*b",
                "**/" + "*a".repeat(500) + "b",
                "**/**/**/**/**/**/**/**/**/**/**/**/x",
                "{a,aa,aaa}".repeat(100),
                "**/" + "{a,b}*".repeat(160),
                "**/" + "[a-z]*".repeat(150) + "!",
                "{".repeat(500),
                "[" + "a-z".repeat(300) + "]*",
                "**/" + "?*".repeat(500));
        for (int i = 0; i < patterns.size(); i++) {
            tenant.generator("glob-" + i, GeneratorSpec.from("app").artifact("glob-" + i, "@app/" + patterns.get(i)));
        }
    }

    /** Long names of one repeated letter, which make backtracking expensive. */
    private static byte[] names() {
        TarGzBuilder tar = TarGzBuilder.create();
        for (int i = 0; i < 20_000; i++) {
            tar.file("a/aaaa/aaaaaaaa/" + "a".repeat(60) + i, "");
        }
        return tar.bytes();
    }

    private static void excludes(Tenant tenant) {
        tenant.source("app", names());
        List<String> excludes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            excludes.add("**/" + "*a".repeat(30 + i) + "b" + i);
        }
        Map<String, Object> copy = new LinkedHashMap<>(GeneratorSpec.copy("@app/**", "@artifact/"));
        copy.put("exclude", excludes);
        for (int i = 0; i < tenant.count(1, 10); i++) {
            tenant.generator(
                    "exclude-" + i, GeneratorSpec.from("app").artifact("exclude-" + i, List.of(copy, copy, copy)));
        }
    }

    private static void pathPattern(Tenant tenant) {
        tenant.source("app", HostileArchives.directories(tenant.size(100_000)));
        GeneratorSpec spec = GeneratorSpec.from("app").with("pathPattern", "@app/apps/{dir}");
        for (int i = 0; i < 100; i++) {
            spec.artifact("t%d-{dir}".formatted(i), copies(100, "@app/apps/{dir}/**"));
        }
        for (int i = 0; i < tenant.count(1, 5); i++) {
            tenant.createGenerator("expand-" + i, spec);
        }
    }

    private static void manyArtifacts(Tenant tenant) {
        tenant.source("app", HostileArchives.directories(tenant.size(7_000)));
        GeneratorSpec spec = GeneratorSpec.from("app").with("pathPattern", "@app/apps/{dir}");
        spec.artifact("one-{dir}", "@app/apps/{dir}/**");
        tenant.generator("many", spec);
    }

    private static void heavyArtifacts(Tenant tenant) {
        tenant.source("app", TarGzBuilder.of("a.yaml", "a: 1"));
        GeneratorSpec spec = GeneratorSpec.from("app");
        for (int i = 0; i < tenant.count(8, 300); i++) {
            spec.artifact("n".repeat(248) + i, "@app/**");
        }
        spec.with("commonMetadata", Map.of("annotations", Map.of("a", "x".repeat(200_000))));
        tenant.generator("heavy", spec);
    }

    private static void muchOutput(Tenant tenant) {
        byte[] random = new byte[tenant.size(16 << 20)];
        new java.util.Random(3).nextBytes(random);
        tenant.source("app", TarGzBuilder.create().file("random", random).bytes());
        GeneratorSpec spec = GeneratorSpec.from("app");
        for (int i = 0; i < 9; i++) {
            List<Map<String, Object>> copy = new ArrayList<>();
            for (int j = 0; j < 8; j++) {
                copy.add(GeneratorSpec.copy("@app/random", "@artifact/%d/%d".formatted(i, j)));
            }
            spec.artifact("much-" + i, copy);
        }
        tenant.generator("much", spec);
    }

    private static void cycles(Tenant tenant) {
        for (int i = 0; i < 20; i++) {
            String next = "ring-" + (i + 1) % 20;
            tenant.generator(
                    "ring-" + i,
                    GeneratorSpec.from()
                            .source("next", ResourceKind.EXTERNAL_ARTIFACT, next)
                            .artifact("ring-" + i, "@next/**"));
        }
    }

    private static void graph(Tenant tenant) {
        int generators = tenant.count(6, 300);
        for (int i = 0; i < generators; i++) {
            GeneratorSpec spec = GeneratorSpec.from();
            for (int j = 0; j < 1_000; j++) {
                spec.source("s" + j, ResourceKind.EXTERNAL_ARTIFACT, "out-" + (i + 1 + j) % generators + "-" + j % 3);
            }
            for (int j = 0; j < 3; j++) {
                spec.artifact("out-%d-%d".formatted(i, j), "@s0/**");
            }
            tenant.createGenerator("node-" + i, spec);
        }
    }

    private static void nested(Tenant tenant) {
        tenant.source("app", HostileArchives.emptyFiles(1_000));
        List<Map<String, Object>> copy = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            copy.add(GeneratorSpec.copy("@app/**", "@artifact/" + "d/".repeat(i)));
            copy.add(GeneratorSpec.copy("@app/d0", "@artifact/" + "d/".repeat(i) + "d0/f1"));
        }
        tenant.generator("nested", GeneratorSpec.from("app").artifact("nested", copy));
    }
}
