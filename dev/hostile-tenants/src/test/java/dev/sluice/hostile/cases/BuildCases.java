package dev.sluice.hostile.cases;

import dev.sluice.hostile.arena.Attack;
import dev.sluice.hostile.arena.HostileCase;
import dev.sluice.hostile.arena.Kind;
import dev.sluice.hostile.arena.Spec;
import dev.sluice.hostile.arena.TarBytes;
import dev.sluice.hostile.arena.Tenant;
import dev.sluice.hostile.arena.Told;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Generators whose build is much larger than their text. */
final class BuildCases {

    private BuildCases() {}

    static List<HostileCase> all() {
        return List.of(
                build(
                        "generators with two thousand copies of sixty thousand files",
                        BuildCases::manyCopies,
                        Told.that("copy")),
                build("twenty thousand copies over half a million entries", BuildCases::manyOperations, Told.nothing()),
                build("patterns that backtrack", BuildCases::patterns, Told.nothing()),
                build("excludes that backtrack", BuildCases::excludes, Told.nothing()),
                build(
                        "a hundred thousand directories times a hundred templates",
                        BuildCases::pathPattern,
                        Told.that("--generator-max-artifacts").later()),
                build(
                        "seven thousand artifacts, more than a status holds",
                        BuildCases::manyArtifacts,
                        Told.that("--generator-max-artifacts")),
                build("artifacts with long names and much metadata", BuildCases::heavyArtifacts, Told.nothing()),
                build(
                        "more than a gigabyte of output",
                        BuildCases::muchOutput,
                        Told.that("--run-max-output-bytes").later()),
                build("generators that use each other's output", BuildCases::cycles, Told.that("cycle")),
                build("generators with a thousand sources each", BuildCases::graph, Told.nothing()),
                build("copies that move a tree onto itself", BuildCases::nested, Told.nothing()));
    }

    private static HostileCase build(String name, Attack attack, Told told) {
        return new HostileCase("builds", name, attack, told);
    }

    private static void manyCopies(Tenant tenant) {
        tenant.source("app", Bombs.emptyFiles(tenant.size(60_000)));
        List<Map<String, Object>> copy = copies(2_000, "@app/**");
        int generators = tenant.howMany(1, 10);
        for (int i = 0; i < generators; i++) {
            tenant.newGenerator("copies-" + i, Spec.from("app").artifact("copies-" + i, copy));
        }
        // what the definition still allows, in more artifacts
        for (int i = 0; i < generators; i++) {
            Spec spec = Spec.from("app");
            for (int j = 0; j < 20; j++) {
                spec.artifact("less-%d-%d".formatted(i, j), copy.subList(0, 100));
            }
            tenant.newGenerator("less-" + i, spec);
        }
    }

    private static List<Map<String, Object>> copies(int count, String from) {
        List<Map<String, Object>> copy = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            copy.add(Spec.copy(from, "@artifact/c%d/".formatted(i)));
        }
        return copy;
    }

    private static void manyOperations(Tenant tenant) {
        tenant.source("app", Bombs.emptyFiles(tenant.size(499_000)));
        for (int i = 0; i < tenant.howMany(1, 10); i++) {
            Spec spec = Spec.from("app");
            for (int j = 0; j < 200; j++) {
                spec.artifact("many-%d-%d".formatted(i, j), copies(100, "@app/**/nothing-" + j + "*"));
            }
            spec.artifact("sure-" + i, "@app/d1/**");
            tenant.newGenerator("many-" + i, spec);
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
            tenant.generator("glob-" + i, Spec.from("app").artifact("glob-" + i, "@app/" + patterns.get(i)));
        }
    }

    /** Long names of one letter, for which patterns have many ways to fail. */
    private static byte[] names() {
        TarBytes tar = TarBytes.create();
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
        Map<String, Object> copy = new LinkedHashMap<>(Spec.copy("@app/**", "@artifact/"));
        copy.put("exclude", excludes);
        for (int i = 0; i < tenant.howMany(1, 10); i++) {
            tenant.generator("exclude-" + i, Spec.from("app").artifact("exclude-" + i, List.of(copy, copy, copy)));
        }
    }

    private static void pathPattern(Tenant tenant) {
        tenant.source("app", Bombs.directories(tenant.size(100_000)));
        Spec spec = Spec.from("app").with("pathPattern", "@app/apps/{dir}");
        for (int i = 0; i < 100; i++) {
            spec.artifact("t%d-{dir}".formatted(i), copies(100, "@app/apps/{dir}/**"));
        }
        for (int i = 0; i < tenant.howMany(1, 5); i++) {
            tenant.newGenerator("expand-" + i, spec);
        }
    }

    private static void manyArtifacts(Tenant tenant) {
        tenant.source("app", Bombs.directories(tenant.size(7_000)));
        Spec spec = Spec.from("app").with("pathPattern", "@app/apps/{dir}");
        spec.artifact("one-{dir}", "@app/apps/{dir}/**");
        tenant.generator("many", spec);
    }

    private static void heavyArtifacts(Tenant tenant) {
        tenant.source("app", TarBytes.of("a.yaml", "a: 1"));
        Spec spec = Spec.from("app");
        for (int i = 0; i < tenant.howMany(20, 300); i++) {
            spec.artifact("n".repeat(248) + i, "@app/**");
        }
        spec.with("commonMetadata", Map.of("annotations", Map.of("a", "x".repeat(200_000))));
        tenant.generator("heavy", spec);
    }

    private static void muchOutput(Tenant tenant) {
        byte[] random = new byte[tenant.size(16 << 20)];
        new java.util.Random(3).nextBytes(random);
        tenant.source("app", TarBytes.create().file("random", random).bytes());
        Spec spec = Spec.from("app");
        for (int i = 0; i < 9; i++) {
            List<Map<String, Object>> copy = new ArrayList<>();
            for (int j = 0; j < 8; j++) {
                copy.add(Spec.copy("@app/random", "@artifact/%d/%d".formatted(i, j)));
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
                    Spec.from().source("next", Kind.EXTERNAL_ARTIFACT, next).artifact("ring-" + i, "@next/**"));
        }
    }

    private static void graph(Tenant tenant) {
        int generators = tenant.howMany(15, 300);
        for (int i = 0; i < generators; i++) {
            Spec spec = Spec.from();
            for (int j = 0; j < 1_000; j++) {
                spec.source("s" + j, Kind.EXTERNAL_ARTIFACT, "out-" + (i + 1 + j) % generators + "-" + j % 3);
            }
            for (int j = 0; j < 3; j++) {
                spec.artifact("out-%d-%d".formatted(i, j), "@s0/**");
            }
            tenant.newGenerator("node-" + i, spec);
        }
    }

    private static void nested(Tenant tenant) {
        tenant.source("app", Bombs.emptyFiles(1_000));
        List<Map<String, Object>> copy = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            copy.add(Spec.copy("@app/**", "@artifact/" + "d/".repeat(i)));
            copy.add(Spec.copy("@app/d0", "@artifact/" + "d/".repeat(i) + "d0/f1"));
        }
        tenant.generator("nested", Spec.from("app").artifact("nested", copy));
    }
}
