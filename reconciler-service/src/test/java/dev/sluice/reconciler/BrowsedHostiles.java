package dev.sluice.reconciler;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.StorageOptions;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.GitRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Names, contents and status fields of a tenant who attacks users of the console. */
final class BrowsedHostiles {

    static final String NAMESPACE = "hostile";

    /** An archive beside that of {@link #store}. */
    static final String NOT_UTF8 = "not-utf8.tar.gz";

    /** A file with all texts; another file has a NUL. */
    static final String ALL_TEXTS = "texts";

    /** Every text sets {@code window.pwned}, opens a dialog or requests another host if a browser executes it. */
    static final List<String> TEXTS = List.of(
            "<script>window.pwned=1</script>",
            "</textarea></title></style></pre><script>window.pwned=1</script>",
            "<img src=x onerror=window.pwned=1>",
            "\" autofocus onfocus=window.pwned=1 x=\"",
            "' onmouseover='window.pwned=1",
            "<svg onload=window.pwned=1><animate onbegin=window.pwned=1 attributeName=x dur=1s>",
            "<iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
            "<meta http-equiv=refresh content=0;url=http://evil.test/>",
            "<link rel=stylesheet href=http://evil.test/a.css><base href=http://evil.test/>",
            "<a href=javascript:window.pwned=1 autofocus>x</a>",
            "<style>*{display:none}</style><form action=http://evil.test/><input name=q>",
            "--><![CDATA[<script>alert(1)</script>]]>",
            "{{constructor.constructor('window.pwned=1')()}}${window.pwned=1}#{7*7}<%= 7*7 %>@if(true)",
            "\u202egnp.exe\u2066\u200b\u200d\ufeff\u00ad\u2028\u0085",
            "\u001b]0;title\u0007\u001b[31mred\u001b[2J\u0000\b",
            "javascript:window.pwned=1",
            "%3Cscript%3Ewindow.pwned=1%3C/script%3E&lt;script&gt;alert(1)&lt;/script&gt;",
            "Z\u0351\u036f\u0321".repeat(300),
            "W".repeat(4_000));

    private final Scenario scenario;

    BrowsedHostiles(Scenario any) {
        this.scenario = any.in(NAMESPACE);
    }

    /** Hostile files in a generator, hostile conditions, and an artifact that the tenant has written. */
    void create() throws IOException {
        scenario.publish("app", "main@sha1:" + TEXTS.get(0), files());
        scenario.generator("gen", "    - {name: files, copy: [{from: \"@app/**\", to: \"@artifact/\"}]}\n");
        scenario.annotate("gen", "note", ToolkitJson.gson().toJson(String.join("\n", TEXTS)));
        scenario.generator(
                "failing",
                "    - {name: failing, copy: [{from: \"@app/<img src=x onerror=alert(1)>\", to: \"@artifact/\"}]}\n");
        scenario.generator("unknown", "GitRepository", "liar", Scenario.artifact("unknown", "**"));
        scenario.publish("liar", "x", Map.of("a", "b"));
        scenario.cluster().apply("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: Bucket
                metadata: {name: bucket, namespace: hostile}
                spec:
                  interval: 1m
                  endpoint: "javascript:window.pwned=1//"
                  bucketName: "<img src=x onerror=window.pwned=1>"
                """);
        scenario.generator("bucket", "Bucket", "bucket", Scenario.artifact("bucket", "**"));
        scenario.editStatus(GitRepository.TYPE.kind(), "liar", status("liar"));
        scenario.cluster().apply("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: ExternalArtifact
                metadata: {name: written, namespace: hostile, labels: {"%s": "00000000-0000-0000-0000-000000000000"}}
                spec: {sourceRef: {apiVersion: source.extensions.fluxcd.io/v1beta1, kind: ArtifactGenerator, name: gen}}
                """.formatted(Ownership.GENERATOR_LABEL));
        scenario.editStatus(ExternalArtifact.TYPE.kind(), "written", status("written"));
    }

    void awaitAll() {
        scenario.awaitReady("gen");
        scenario.awaitCondition("failing", "Ready", "False", "BuildFailed", "onerror");
    }

    /** An archive that no generator would publish, at the place of an object that a tenant has written. */
    Artifact store(int entries) throws IOException {
        FileTree.Builder tree = FileTree.builder();
        byte[] none = {};
        for (int i = 0; i < entries; i++) {
            tree.putFile(TreePath.of("f%06d".formatted(i)), FileEntry.of(false, none));
        }
        ArtifactStorage storage =
                new ArtifactStorage(StorageOptions.of(scenario.storage(), "artifacts.test"), Clock.systemUTC());
        Artifact artifact = storage.newArtifact("ExternalArtifact", NAMESPACE, "written", "x", "entries.tar.gz");
        Artifact archive = storage.archive(artifact, tree.build());
        Files.write(scenario.file(archive).resolveSibling(NOT_UTF8), notUtf8());
        return archive;
    }

    /** A tar archive with an empty file whose name is not UTF-8. */
    private static byte[] notUtf8() throws IOException {
        ByteBuffer tar = ByteBuffer.allocate(1_536);
        tar.put("<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8)).put((byte) 0xff);
        tar.put(100, "0000644\0".getBytes(StandardCharsets.UTF_8));
        tar.put(124, "00000000000\0".getBytes(StandardCharsets.UTF_8));
        tar.put(148, "        0".getBytes(StandardCharsets.UTF_8));
        tar.put(257, ("ustar\0" + "00").getBytes(StandardCharsets.UTF_8));
        int sum = 0;
        for (int i = 0; i < 512; i++) {
            sum += tar.get(i) & 0xff;
        }
        tar.put(148, "%06o\0 ".formatted(sum).getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(archive)) {
            gzip.write(tar.array());
        }
        return archive.toByteArray();
    }

    private static FileTree files() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < TEXTS.size(); i++) {
            files.put("n%d-%s".formatted(i, name(TEXTS.get(i))), new byte[] {'x'});
        }
        String all = String.join("\n", TEXTS);
        files.put("not-text", all.getBytes(StandardCharsets.UTF_8));
        files.put(ALL_TEXTS, all.replace("\0", "").getBytes(StandardCharsets.UTF_8));
        files.put("page.html", "<!doctype html><script>window.pwned=1</script>".getBytes(StandardCharsets.UTF_8));
        files.put(
                "picture.svg",
                "<svg xmlns='http://www.w3.org/2000/svg' onload='window.pwned=1'/>".getBytes(StandardCharsets.UTF_8));
        files.put("latin1", new byte[] {'a', (byte) 0xe4, (byte) 0xff, (byte) 0xc0, (byte) 0x80, '<', 'b', '>'});
        files.put("one-line", "<b>x".repeat(500_000).getBytes(StandardCharsets.UTF_8));
        files.put("many-lines", "<i>\n".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        files.put("d/".repeat(200) + "deep", new byte[] {'x'});
        FileTree.Builder tree = FileTree.builder();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            tree.putFile(TreePath.of(file.getKey()), FileEntry.of(false, file.getValue()));
        }
        return tree.build();
    }

    /** The text as a component of a path. */
    private static String name(String text) {
        String plain =
                text.replace('/', '_').replace('\\', '_').replace("\0", "").replace("..", "__");
        return plain.substring(0, Math.min(60, plain.length()));
    }

    /** All short texts, several in each string, which is as long as the console accepts in an address. */
    static List<String> parameters() {
        List<String> parameters = new ArrayList<>(List.of(""));
        for (String text : TEXTS.subList(0, 16)) {
            String last = parameters.get(parameters.size() - 1);
            if (last.length() + text.length() > 200) {
                parameters.add(text);
            } else {
                parameters.set(parameters.size() - 1, last + text);
            }
        }
        return parameters;
    }

    /** A status with a false value in every field. */
    private static String status(String name) {
        String all = String.join(" ", TEXTS);
        Map<String, Object> condition = Map.of(
                "type", "Ready",
                "status", "False",
                "reason", "Hostile",
                "message", all.substring(0, Math.min(30_000, all.length())),
                "lastTransitionTime", "2026-01-01T00:00:00Z");
        Map<String, String> metadata = new LinkedHashMap<>();
        TEXTS.forEach(text -> metadata.put(text, text));
        Map<String, Object> artifact = Map.of(
                "path",
                "externalartifact/%s/%s/entries.tar.gz".formatted(NAMESPACE, name),
                "url",
                "javascript:window.pwned=1//\"><script>window.pwned=1</script>",
                "revision",
                "main@sha1:" + String.join("", TEXTS.subList(0, 16)),
                "digest",
                "sha256:" + "0".repeat(64),
                "lastUpdateTime",
                "2026-01-01T00:00:00Z",
                "size",
                1,
                "metadata",
                metadata);
        return ToolkitJson.gson().toJson(Map.of("conditions", List.of(condition), "artifact", artifact));
    }
}
