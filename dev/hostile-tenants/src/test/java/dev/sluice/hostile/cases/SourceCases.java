package dev.sluice.hostile.cases;

import dev.sluice.hostile.harness.Attack;
import dev.sluice.hostile.harness.ExpectedMessage;
import dev.sluice.hostile.harness.GeneratorSpec;
import dev.sluice.hostile.harness.HostileCase;
import dev.sluice.hostile.harness.ResourceKind;
import dev.sluice.hostile.harness.SourceObjects;
import dev.sluice.hostile.harness.TarGzBuilder;
import dev.sluice.hostile.harness.Tenant;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Small archives that are expensive to unpack. */
final class SourceCases {

    private static final String ANY_DIGEST = "sha256:" + "1".repeat(64);

    private SourceCases() {}

    static List<HostileCase> all() {
        return List.of(
                source(
                        "twenty gigabytes of zeros",
                        tenant -> used(tenant, HostileArchives.zeros(5)),
                        inTurn("--source-max-unpacked-bytes")),
                source("an endless download", SourceCases::endless, inTurn("--source-max-download-bytes")),
                source(
                        "endless gzip members",
                        tenant -> streamed(tenant, emptyMembers()),
                        inTurn("--source-max-download-bytes")),
                source(
                        "an endless gzip header",
                        tenant -> streamed(tenant, gzipHeader()),
                        inTurn("--source-max-download-bytes")),
                source(
                        "half a million empty files",
                        tenant -> used(tenant, HostileArchives.emptyFiles(tenant.size(499_000))),
                        ExpectedMessage.none()),
                source(
                        "more entries than allowed",
                        tenant -> used(tenant, HostileArchives.emptyFiles(tenant.size(510_000))),
                        inTurn("--source-max-entries")),
                source("many sources of half a million empty files", SourceCases::manyTrees, ExpectedMessage.none()),
                source(
                        "a path with fifty thousand directories",
                        tenant -> used(tenant, HostileArchives.deep(tenant.size(50_000))),
                        ExpectedMessage.none()),
                source(
                        "a file name of two hundred megabytes",
                        tenant -> used(tenant, HostileArchives.longName(tenant.size(200))),
                        ExpectedMessage.containing("app")),
                source(
                        "tarballs of half a million files to extract",
                        SourceCases::extracts,
                        inTurn("--run-max-copied-entries")),
                source(
                        "a source that is not an archive",
                        tenant -> used(tenant, random()),
                        ExpectedMessage.containing("app")),
                source("a truncated archive", SourceCases::cutOff, ExpectedMessage.containing("app")),
                source("file names with the same hash", SourceCases::collisions, ExpectedMessage.none()));
    }

    /** Large runs execute one at a time, so the last of many tenants receives its message late. */
    private static ExpectedMessage inTurn(String flag) {
        return ExpectedMessage.containing(flag).inLongRuns();
    }

    private static HostileCase source(String name, Attack attack, ExpectedMessage expected) {
        return new HostileCase("sources", name, attack, expected);
    }

    private static void used(Tenant tenant, byte[] tarGz) {
        tenant.source("app", tarGz);
        for (int i = 0; i < tenant.count(2, 10); i++) {
            tenant.generator("all-" + i, GeneratorSpec.from("app").artifact("all-" + i, "@app/**"));
        }
    }

    private static void endless(Tenant tenant) {
        for (int i = 0; i < 3; i++) {
            String url = tenant.host()
                    .offer(
                            "/gitrepository/%s/%d.tar.gz".formatted(tenant.namespace(), i),
                            HostileResponses.endless(tenant));
            tenant.source(ResourceKind.GIT_REPOSITORY, "app-" + i, SourceObjects.artifact(url, ANY_DIGEST, "r"));
            tenant.generator("all-" + i, GeneratorSpec.from("app-" + i).artifact("all-" + i, "@app-" + i + "/**"));
        }
    }

    private static void streamed(Tenant tenant, byte[] chunk) {
        String url = tenant.host()
                .offer(
                        "/gitrepository/%s/s.tar.gz".formatted(tenant.namespace()),
                        HostileResponses.stream(tenant, chunk));
        tenant.source(ResourceKind.GIT_REPOSITORY, "app", SourceObjects.artifact(url, ANY_DIGEST, "r"));
        tenant.generator("all", GeneratorSpec.from("app").artifact("all", "@app/**"));
    }

    private static byte[] emptyMembers() {
        byte[] member = HostileArchives.gzip(new byte[0]);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (out.size() < 1 << 16) {
            out.writeBytes(member);
        }
        return out.toByteArray();
    }

    private static byte[] gzipHeader() {
        byte[] bytes = new byte[1 << 16];
        java.util.Arrays.fill(bytes, (byte) 'n');
        System.arraycopy(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 3}, 0, bytes, 0, 10);
        return bytes;
    }

    /** Adds a different first entry to the same archive, so that each source has a different digest. */
    private static void manyTrees(Tenant tenant) {
        String[] names = new String[tenant.count(6, 20)];
        byte[] empties = HostileArchives.emptyFiles(tenant.size(499_000));
        for (int i = 0; i < names.length; i++) {
            names[i] = "tree-" + i;
            ByteArrayOutputStream other = new ByteArrayOutputStream();
            other.writeBytes(HostileArchives.gzip(header(i)));
            other.writeBytes(empties);
            tenant.source(names[i], other.toByteArray());
            tenant.generator("one-" + i, GeneratorSpec.from(names[i]).artifact("one-" + i, "@" + names[i] + "/own"));
        }
        GeneratorSpec all = GeneratorSpec.from(names);
        for (String name : names) {
            all.artifact("all-" + name, "@" + name + "/**");
        }
        tenant.generator("all", all);
    }

    private static byte[] header(int number) {
        byte[] entry = new byte[1024];
        System.arraycopy(TarGzBuilder.header("own", '0', 4), 0, entry, 0, 512);
        entry[512] = (byte) number;
        return entry;
    }

    private static void extracts(Tenant tenant) {
        TarGzBuilder tar = TarGzBuilder.create();
        byte[] inner = HostileArchives.emptyFiles(tenant.size(499_000));
        for (int i = 0; i < tenant.count(4, 40); i++) {
            ByteArrayOutputStream one = new ByteArrayOutputStream();
            one.writeBytes(HostileArchives.gzip(header(i)));
            one.writeBytes(inner);
            tar.file("inner-%d.tar.gz".formatted(i), one.toByteArray());
        }
        tenant.source("app", tar.bytes());
        tenant.generator(
                "extract",
                GeneratorSpec.from("app")
                        .artifact("extracted", List.of(GeneratorSpec.copy("@app/*.tar.gz", "@artifact/", "Extract"))));
    }

    private static byte[] random() {
        byte[] bytes = new byte[1 << 20];
        new Random(2).nextBytes(bytes);
        return bytes;
    }

    private static void cutOff(Tenant tenant) {
        byte[] whole = HostileArchives.emptyFiles(tenant.size(60_000));
        used(tenant, java.util.Arrays.copyOf(whole, whole.length / 2));
    }

    private static void collisions(Tenant tenant) {
        TarGzBuilder tar = TarGzBuilder.create();
        for (int i = 0; i < 1 << 15; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 15; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            tar.file(name.toString(), "");
        }
        used(tenant, tar.bytes());
    }
}
