package dev.sluice.hostile.cases;

import dev.sluice.hostile.arena.Attack;
import dev.sluice.hostile.arena.HostileCase;
import dev.sluice.hostile.arena.Kind;
import dev.sluice.hostile.arena.Sources;
import dev.sluice.hostile.arena.Spec;
import dev.sluice.hostile.arena.TarBytes;
import dev.sluice.hostile.arena.Tenant;
import dev.sluice.hostile.arena.Told;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Archives that cost more than they look like. */
final class SourceCases {

    private static final String ANY_DIGEST = "sha256:" + "1".repeat(64);

    private SourceCases() {}

    static List<HostileCase> all() {
        return List.of(
                source(
                        "twenty gigabytes of zeros",
                        tenant -> used(tenant, Bombs.zeros(5)),
                        inTurn("--source-max-unpacked-bytes")),
                source("a download without an end", SourceCases::endless, inTurn("--source-max-download-bytes")),
                source(
                        "gzip members without an end",
                        tenant -> streamed(tenant, emptyMembers()),
                        inTurn("--source-max-download-bytes")),
                source(
                        "a gzip header without an end",
                        tenant -> streamed(tenant, gzipHeader()),
                        inTurn("--source-max-download-bytes")),
                source(
                        "half a million empty files",
                        tenant -> used(tenant, Bombs.emptyFiles(tenant.size(499_000))),
                        Told.nothing()),
                source(
                        "more entries than are allowed",
                        tenant -> used(tenant, Bombs.emptyFiles(tenant.size(510_000))),
                        inTurn("--source-max-entries")),
                source("many sources of half a million empty files", SourceCases::manyTrees, Told.nothing()),
                source(
                        "a path of fifty thousand directories",
                        tenant -> used(tenant, Bombs.deep(tenant.size(50_000))),
                        Told.nothing()),
                source(
                        "a name of two hundred megabytes",
                        tenant -> used(tenant, Bombs.longName(tenant.size(200))),
                        Told.that("app")),
                source(
                        "tarballs of half a million files to extract",
                        SourceCases::extracts,
                        inTurn("--run-max-copied-entries")),
                source("an archive that is none", tenant -> used(tenant, random()), Told.that("app")),
                source("an archive that ends in the middle", SourceCases::cutOff, Told.that("app")),
                source("names that collide", SourceCases::collisions, Told.nothing()));
    }

    /** Large runs take turns, so that the last of many tenants gets its message late. */
    private static Told inTurn(String flag) {
        return Told.that(flag).later();
    }

    private static HostileCase source(String name, Attack attack, Told told) {
        return new HostileCase("sources", name, attack, told);
    }

    private static void used(Tenant tenant, byte[] tarGz) {
        tenant.source("app", tarGz);
        for (int i = 0; i < tenant.howMany(2, 10); i++) {
            tenant.generator("all-" + i, Spec.from("app").artifact("all-" + i, "@app/**"));
        }
    }

    private static void endless(Tenant tenant) {
        for (int i = 0; i < 3; i++) {
            String url = tenant.host()
                    .offer("/gitrepository/%s/%d.tar.gz".formatted(tenant.namespace(), i), Answers.endless(tenant));
            tenant.source(Kind.GIT_REPOSITORY, "app-" + i, Sources.artifact(url, ANY_DIGEST, "r"));
            tenant.generator("all-" + i, Spec.from("app-" + i).artifact("all-" + i, "@app-" + i + "/**"));
        }
    }

    private static void streamed(Tenant tenant, byte[] chunk) {
        String url = tenant.host()
                .offer("/gitrepository/%s/s.tar.gz".formatted(tenant.namespace()), Answers.stream(tenant, chunk));
        tenant.source(Kind.GIT_REPOSITORY, "app", Sources.artifact(url, ANY_DIGEST, "r"));
        tenant.generator("all", Spec.from("app").artifact("all", "@app/**"));
    }

    private static byte[] emptyMembers() {
        byte[] member = Bombs.gzip(new byte[0]);
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

    /** The same entries under other names, so that each is a source of its own. */
    private static void manyTrees(Tenant tenant) {
        String[] names = new String[tenant.howMany(6, 20)];
        byte[] empties = Bombs.emptyFiles(tenant.size(499_000));
        for (int i = 0; i < names.length; i++) {
            names[i] = "tree-" + i;
            ByteArrayOutputStream other = new ByteArrayOutputStream();
            other.writeBytes(Bombs.gzip(header(i)));
            other.writeBytes(empties);
            tenant.source(names[i], other.toByteArray());
            tenant.generator("one-" + i, Spec.from(names[i]).artifact("one-" + i, "@" + names[i] + "/own"));
        }
        Spec all = Spec.from(names);
        for (String name : names) {
            all.artifact("all-" + name, "@" + name + "/**");
        }
        tenant.generator("all", all);
    }

    private static byte[] header(int number) {
        byte[] entry = new byte[1024];
        System.arraycopy(TarBytes.header("own", '0', 4), 0, entry, 0, 512);
        entry[512] = (byte) number;
        return entry;
    }

    private static void extracts(Tenant tenant) {
        TarBytes tar = TarBytes.create();
        byte[] inner = Bombs.emptyFiles(tenant.size(499_000));
        for (int i = 0; i < tenant.howMany(4, 40); i++) {
            ByteArrayOutputStream one = new ByteArrayOutputStream();
            one.writeBytes(Bombs.gzip(header(i)));
            one.writeBytes(inner);
            tar.file("inner-%d.tar.gz".formatted(i), one.toByteArray());
        }
        tenant.source("app", tar.bytes());
        tenant.generator(
                "extract",
                Spec.from("app").artifact("extracted", List.of(Spec.copy("@app/*.tar.gz", "@artifact/", "Extract"))));
    }

    private static byte[] random() {
        byte[] bytes = new byte[1 << 20];
        new Random(2).nextBytes(bytes);
        return bytes;
    }

    private static void cutOff(Tenant tenant) {
        byte[] whole = Bombs.emptyFiles(tenant.size(60_000));
        used(tenant, java.util.Arrays.copyOf(whole, whole.length / 2));
    }

    private static void collisions(Tenant tenant) {
        TarBytes tar = TarBytes.create();
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
