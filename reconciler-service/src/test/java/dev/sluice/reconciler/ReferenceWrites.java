package dev.sluice.reconciler;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.zip.Adler32;
import java.util.zip.GZIPOutputStream;

/** Writes the files, objects, status and locks of the reference into the cluster and the volume. */
final class ReferenceWrites {

    private static final String MANAGER = "source-watcher";
    private static final String TIME = "2026-11-01T10:00:00Z";
    private static final int BLOCK = 512;

    private final Scenario scenario;

    ReferenceWrites(Scenario scenario) {
        this.scenario = scenario;
    }

    /** Publishes one artifact of an existing generator, and the status of a successful run. */
    Artifact publish(String generator, String name, Artifact source, Map<String, String> files) throws IOException {
        Artifact artifact = store(name, files);
        addFinalizer(generator);
        applyObject(generator, name);
        apply(ExternalArtifact.TYPE.kind(), scenario.key(name), "status", """
                {"artifact":%s,"conditions":[{"type":"Ready","status":"True","reason":"Succeeded","message":"Artifact is ready",
                "observedGeneration":1,"lastTransitionTime":"%s"}]}""".formatted(
                        ToolkitJson.gson().toJson(artifact), TIME));
        ObjectKey key = scenario.key(name);
        String file = artifact.path().substring(artifact.path().lastIndexOf('/') + 1);
        String status = """
                {"observedSourcesDigest":"%s","inventory":[{"name":"%s","namespace":"%s","digest":"%s","filename":"%s"}],
                "conditions":[{"type":"Ready","status":"True","reason":"Succeeded",
                "message":"reconciliation succeeded, generated 1 artifact(s)","observedGeneration":1,
                "lastTransitionTime":"%s"}]}""".formatted(observed(source), key.name(), key.namespace(), artifact.digest(), file, TIME);
        scenario.editStatus(ArtifactGenerator.TYPE.kind(), generator, status);
        return artifact;
    }

    private static String observed(Artifact source) {
        String text = "app=[digest=%s,revision=%s,url=%s]".formatted(source.digest(), source.revision(), source.url());
        return "sha256:"
                + Digest.ofBytes(DigestAlgorithm.SHA256, text.getBytes(StandardCharsets.UTF_8))
                        .hex();
    }

    private Artifact store(String name, Map<String, String> files) throws IOException {
        byte[] archive = archive(files);
        Adler32 hash = new Adler32();
        hash.update(archive);
        String file = hash.getValue() + ".tar.gz";
        Path directory = Files.createDirectories(scenario.directory(name));
        Files.write(directory.resolve(file), archive);
        Files.createFile(directory.resolve(file + ".lock"));
        String digest =
                "sha256:" + Digest.ofBytes(DigestAlgorithm.SHA256, archive).hex();
        String path = scenario.storage().relativize(directory.resolve(file)).toString();
        return Artifact.of(path, "http://artifacts.test/" + path, "latest@" + digest)
                .withFile(digest, archive.length, java.time.Instant.parse(TIME));
    }

    /** An archive of the same tree with other bytes than ours: other order of entries, headers and compression. */
    private static byte[] archive(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes) {
            {
                def.setLevel(1);
            }
        }) {
            for (String path : files.keySet().stream()
                    .sorted(java.util.Comparator.reverseOrder())
                    .toList()) {
                byte[] content = Objects.requireNonNull(files.get(path)).getBytes(StandardCharsets.UTF_8);
                gzip.write(header(path, content.length));
                gzip.write(content);
                gzip.write(new byte[Math.floorMod(-content.length, BLOCK)]);
            }
            gzip.write(new byte[2 * BLOCK]);
        }
        return bytes.toByteArray();
    }

    private static byte[] header(String path, int size) {
        byte[] header = new byte[BLOCK];
        put(header, 0, path);
        put(header, 100, "0000600\0");
        put(header, 124, "%011o\0".formatted(size));
        put(header, 136, "14000000000\0");
        put(header, 148, "        ");
        put(header, 156, "0ustar\0" + "00");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xFF;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private void addFinalizer(String generator) throws IOException {
        scenario.cluster()
                .edit(
                        ArtifactGenerator.TYPE.kind(),
                        scenario.key(generator),
                        "{\"metadata\":{\"finalizers\":[\"source.extensions.fluxcd.io/finalizer\"]}}");
    }

    private void applyObject(String generator, String name) throws IOException {
        ObjectKey key = scenario.key(name);
        String uid = scenario.generator(generator).metadata().getUid();
        JsonObject object = JsonParser.parseString("""
                {"apiVersion":"source.toolkit.fluxcd.io/v1","kind":"ExternalArtifact",
                 "metadata":{"name":"%1$s","namespace":"%2$s","labels":{"app.kubernetes.io/managed-by":"source-watcher",
                 "source.extensions.fluxcd.io/generator":"%3$s"}},
                 "spec":{"sourceRef":{"apiVersion":"source.extensions.fluxcd.io/v1beta1","kind":"ArtifactGenerator",
                 "name":"%4$s","namespace":"%2$s"}}}""".formatted(name, key.namespace(), uid, generator))
                .getAsJsonObject();
        scenario.cluster()
                .requests()
                .apply(ResourcePath.of(ExternalArtifact.TYPE.kind(), key), MANAGER, object, JsonObject.class);
    }

    private void apply(ApiKind kind, ObjectKey key, String subresource, String json) throws IOException {
        JsonObject object = JsonParser.parseString("""
                {"apiVersion":"source.toolkit.fluxcd.io/v1","kind":"ExternalArtifact",
                 "metadata":{"name":"%s","namespace":"%s"},"%s":%s}""".formatted(key.name(), key.namespace(), subresource, json))
                .getAsJsonObject();
        ResourcePath path = ResourcePath.of(kind, key).subresource(subresource);
        scenario.cluster().requests().apply(path, MANAGER, object, JsonObject.class);
    }
}
