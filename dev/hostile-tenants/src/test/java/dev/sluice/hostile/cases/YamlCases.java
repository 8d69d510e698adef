package dev.sluice.hostile.cases;

import dev.sluice.hostile.harness.ExpectedMessage;
import dev.sluice.hostile.harness.GeneratorSpec;
import dev.sluice.hostile.harness.HostileCase;
import dev.sluice.hostile.harness.TarGzBuilder;
import dev.sluice.hostile.harness.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Small YAML files that are expensive to merge. */
final class YamlCases {

    private static final int MEGABYTE = 1 << 20;

    private YamlCases() {}

    static List<HostileCase> all() {
        return List.of(
                merging(
                        "two hundred aliases of a text of five megabytes",
                        YamlCases::aliases,
                        ExpectedMessage.containing("--merge-max-yaml-bytes")),
                merging(
                        "aliases of aliases of aliases",
                        YamlCases::laughs,
                        ExpectedMessage.containing("aliases", "use fewer").or("--merge-max-yaml-bytes")),
                merging(
                        "a flow list of eight megabytes",
                        megabyte -> "b: [" + "1,".repeat(4 * megabyte - 8) + "]",
                        ExpectedMessage.none()),
                merging(
                        "a number with a million digits",
                        megabyte -> "b: " + "7".repeat(megabyte),
                        ExpectedMessage.none()),
                merging("numbers with enormous exponents", YamlCases::exponents, ExpectedMessage.none()),
                merging(
                        "lists nested a hundred thousand levels deep",
                        megabyte -> "b: " + "[".repeat(megabyte / 10) + "]".repeat(megabyte / 10),
                        ExpectedMessage.containing("merge", "reduce the nesting")),
                merging(
                        "a million documents in a file",
                        megabyte -> "---\na: 1\n".repeat(megabyte - 1),
                        ExpectedMessage.none()),
                merging("keys with the same hash", YamlCases::sameHashes, ExpectedMessage.none()),
                merging("merge keys that repeat a map", YamlCases::mergeKeys, ExpectedMessage.none()),
                new HostileCase(
                        "yaml",
                        "a hundred merged files of seven megabytes in one artifact",
                        YamlCases::manyFiles,
                        ExpectedMessage.none()));
    }

    /**
     * Merges the file into a small one, in several generators at the same time.
     *
     * @param yaml creates the file, given the number of bytes of a megabyte, scaled down with the limits
     */
    private static HostileCase merging(String name, IntFunction<String> yaml, ExpectedMessage expected) {
        return new HostileCase(
                "yaml",
                name,
                tenant -> {
                    tenant.source(
                            "app",
                            TarGzBuilder.create()
                                    .file("base.yaml", "a: 1\n")
                                    .file("bomb.yaml", yaml.apply(tenant.size(MEGABYTE)))
                                    .bytes());
                    for (int i = 0; i < tenant.count(2, 5); i++) {
                        List<Map<String, Object>> copy = List.of(
                                GeneratorSpec.copy("@app/base.yaml", "@artifact/v.yaml"),
                                GeneratorSpec.copy("@app/bomb.yaml", "@artifact/v.yaml", "Merge"));
                        tenant.generator("merge-" + i, GeneratorSpec.from("app").artifact("merged-" + i, copy));
                    }
                },
                expected);
    }

    private static String aliases(int megabyte) {
        return "a: &a \"" + "x".repeat(5 * megabyte) + "\"\nb: [" + "*a,".repeat(200) + "]\n";
    }

    private static String laughs(int megabyte) {
        return laughs();
    }

    /** A small text that expands to gigabytes. */
    static String laughs() {
        StringBuilder yaml = new StringBuilder("a0: &a0 [\"" + "ha".repeat(50) + "\"]\n");
        for (int i = 1; i < 12; i++) {
            yaml.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
        }
        return yaml.toString();
    }

    private static String exponents(int megabyte) {
        return """
            a: 1e999999999
            b: -1e-999999999
            c: 1.0e+2147483648
            d: 0x%s
            e: 0o%s
            f: 1:59:59:59:59:59:59:59:59:59
            g: 0b%s
            h: .%s
            """.formatted(
                "f".repeat(megabyte / 2), "7".repeat(megabyte / 2), "1".repeat(megabyte / 2), "3".repeat(megabyte / 2));
    }

    /** The strings Aa and BB have the same hash code, and so do all concatenations of equal length. */
    private static String sameHashes(int megabyte) {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < megabyte / 8; i++) {
            for (int bit = 0; bit < 17; bit++) {
                yaml.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            yaml.append(": 1\n");
        }
        return yaml.toString();
    }

    private static String mergeKeys(int megabyte) {
        StringBuilder yaml = new StringBuilder("base: &base {");
        for (int i = 0; i < megabyte / 200; i++) {
            yaml.append("k%d: v,".formatted(i));
        }
        yaml.append("}\n");
        for (int i = 0; i < megabyte / 500; i++) {
            yaml.append("m%d: {<<: *base, own: %d}\n".formatted(i, i));
        }
        return yaml.toString();
    }

    private static void manyFiles(Tenant tenant) {
        String large = "b: \"" + "y".repeat(7 * tenant.size(MEGABYTE)) + "\"\n";
        TarGzBuilder tar = TarGzBuilder.create().file("base.yaml", "a: 1\n");
        List<Map<String, Object>> copy = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            tar.file("large-%d.yaml".formatted(i), large + "c: " + i + "\n");
            copy.add(GeneratorSpec.copy("@app/base.yaml", "@artifact/v%d.yaml".formatted(i)));
            copy.add(GeneratorSpec.copy("@app/large-%d.yaml".formatted(i), "@artifact/v%d.yaml".formatted(i), "Merge"));
        }
        tenant.source("app", tar.bytes());
        tenant.generator("merge", GeneratorSpec.from("app").artifact("merged", copy));
    }
}
